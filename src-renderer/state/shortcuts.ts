/**
 * The keyboard map: one table, which the window obeys and the dialog of the map shows.
 * @module
 */
import { t } from '../language/translate.ts';

export type ShortcutId =
  | 'keys'
  | 'master'
  | 'add-target'
  | 'add-ingest'
  | 'ingest'
  | 'delay'
  | 'mute'
  | 'log'
  | 'search-log'
  | 'discreet'
  | 'settings'
  | 'undo'
  | 'close';

export type Shortcut = {
  readonly id: ShortcutId;
  /** As `tinykeys` writes them; empty: the parts of the window see to it themselves. */
  readonly presses: readonly string[];
  /** As they are drawn, pressed together; `$mod` is Ctrl, on a Mac Cmd. */
  readonly caps: readonly string[];
  readonly words: () => string;
  /** A letter, digit or sign alone: it may be a word somebody dictates, and can be switched off. */
  readonly isCharacter: boolean;
};

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** A sign that some keyboards have on a shifted key and others do not. */
const shiftedOrNot = (sign: string): readonly string[] => [sign, `Shift+${sign}`];

const character = (id: ShortcutId, cap: string, words: () => string): Shortcut => ({
  id,
  presses: /[a-z]/i.test(cap) ? [cap.toLowerCase()] : shiftedOrNot(cap),
  caps: [cap],
  words,
  isCharacter: true,
});

export const SHORTCUTS: readonly Shortcut[] = [
  character('keys', '?', () => t('Show this map')),
  character('master', 'G', () => t('Go to the button that goes live or ends the show, without pressing it')),
  character('add-target', 'A', () => t('Add a target')),
  character('add-ingest', 'I', () => t('Add an ingest')),
  {
    id: 'ingest',
    presses: DIGITS.flatMap(shiftedOrNot),
    caps: ['1', '9'],
    words: () => t('Select the first to ninth ingest'),
    isCharacter: true,
  },
  character('delay', 'D', () => t('Go to the show delay of the selected ingest')),
  character('mute', 'M', () => t('Hear the picture, or mute it')),
  character('log', 'L', () => t('Open or close the event log')),
  character('search-log', '/', () => t('Search the event log')),
  character('discreet', 'H', () => t('Hide keys and addresses, or show them again')),
  {
    id: 'settings',
    presses: ['$mod+,'],
    caps: ['$mod', ','],
    words: () => t('Open the settings'),
    isCharacter: false,
  },
  {
    id: 'undo',
    presses: ['$mod+z'],
    caps: ['$mod', 'Z'],
    words: () => t('Take back what was done last, while “Undo” is offered'),
    isCharacter: false,
  },
  {
    id: 'close',
    presses: [],
    caps: ['Esc'],
    words: () => t('Close a dialog or a menu, leave the search'),
    isCharacter: false,
  },
];

/** What the window is busy with when a key is pressed. */
export type Situation = {
  readonly letterKeys: boolean;
  readonly dialogOpen: boolean;
  /** The key goes into a field or a menu. */
  readonly typing: boolean;
};

/** Whether the shortcut is obeyed: never while somebody types, nor behind a dialog. */
export function mayFire({ isCharacter }: Shortcut, { letterKeys, dialogOpen, typing }: Situation): boolean {
  return !typing && !dialogOpen && (letterKeys || !isCharacter);
}

/** A key as it is printed on the keyboards of that system. */
export function capWords(cap: string, isMac: boolean): string {
  if (cap === '$mod') return isMac ? '⌘' : t('Ctrl');
  if (cap === 'Alt') return isMac ? '⌥' : 'Alt';
  return cap;
}
