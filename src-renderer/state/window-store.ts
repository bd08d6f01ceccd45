/**
 * What is the window's own: what is selected, open, or being said.
 * @module
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Notice } from '../../src-shared/model/notice.ts';
import { tStudio } from '../language/translate-studio.ts';
import type { Language } from '../language/translate.ts';

export type ThemeChoice = 'system' | 'dark' | 'light' | 'contrast';
export type LanguageChoice = 'system' | Language;

/** The parts of the settings, in the order they are listed. */
export const SETTINGS_SECTIONS = [
  'network',
  'keys',
  'hold',
  'delay',
  'upload',
  'notifications',
  'appearance',
  'history',
] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

/** A question before something that cannot be taken back. */
export type Question = {
  readonly title: string;
  /** What will happen, for the viewers first. */
  readonly text: string;
  readonly confirm: string;
  readonly onConfirm: () => void;
};

export type OpenDialog =
  | { readonly type: 'target'; readonly id: string | null }
  | { readonly type: 'ingest'; readonly id: string | null }
  | { readonly type: 'qr'; readonly ingestId: string }
  | { readonly type: 'watch'; readonly ingestId: string }
  | { readonly type: 'settings'; readonly section: SettingsSection }
  | { readonly type: 'rehearsal' }
  | { readonly type: 'shows' }
  | { readonly type: 'webhooks' }
  | { readonly type: 'diagnosis' }
  | { readonly type: 'export' }
  | { readonly type: 'import' }
  | QuestionOver;

/** A question, and the dialog it was asked from, which stays open below it. */
export type QuestionOver = {
  readonly type: 'question';
  readonly question: Question;
  readonly over: Exclude<OpenDialog, { readonly type: 'question' }> | null;
};

export type Toast = {
  readonly id: number;
  readonly tone: 'info' | 'warning' | 'error';
  /** Of a notice; null: an answer to what was just done here. */
  readonly title: string | null;
  readonly text: string;
  /** The way to take back what was just done; null: there is none, or no need of one. */
  readonly undo: (() => void) | null;
};

export type WindowState = {
  readonly selectedIngestId: string | null;
  /** Whether the guide was asked for, or put away; null: shown by itself on first start. */
  readonly guideOpen: boolean | null;
  readonly drawerOpen: boolean;
  readonly theme: ThemeChoice;
  readonly language: LanguageChoice;
  /** What the choice comes to: whoever draws words depends on it. */
  readonly spoken: Language;
  /** Hides addresses and keys altogether, for screenshots and screen sharing. */
  readonly discreet: boolean;
  readonly dialog: OpenDialog | null;
  readonly toasts: readonly Toast[];
  /** Epoch ms, moved once a second: all clocks of the window turn together. */
  readonly nowMs: number;
};

export type WindowStore = StoreApi<WindowState>;

/** Toasts shown at once; older ones give way. */
const MAX_TOASTS = 3;

export function createWindowStore(
  start: Pick<WindowState, 'theme' | 'language' | 'drawerOpen' | 'nowMs'>,
): WindowStore {
  return createStore<WindowState>(() => ({
    ...start,
    spoken: 'en',
    selectedIngestId: null,
    guideOpen: null,
    discreet: false,
    dialog: null,
    toasts: [],
  }));
}

let lastToastId = 0;

/** Says something that needs no answer. */
export function say(store: WindowStore, tone: Toast['tone'], text: string): void {
  show(store, { tone, title: null, text, undo: null });
}

/** Says what was done, with the way to take it back. */
export function sayDone(store: WindowStore, text: string, undo: () => void): void {
  show(store, { tone: 'info', title: null, text, undo });
}

/** Shows a notice of the studio. */
export function sayNotice(store: WindowStore, notice: Pick<Notice, 'level' | 'title' | 'text'>): void {
  show(store, { tone: notice.level, title: tStudio(notice.title), text: tStudio(notice.text), undo: null });
}

/** The same text twice is one toast: an answer and a notice may tell of the same. */
function show(store: WindowStore, words: Omit<Toast, 'id'>): void {
  const toast: Toast = { id: ++lastToastId, ...words };
  store.setState(({ toasts }) => ({
    toasts: [...toasts.filter(({ text }) => text !== toast.text), toast].slice(-MAX_TOASTS),
  }));
}

export function dismissToast(store: WindowStore, id: number): void {
  store.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

/** Asks before `question.onConfirm` is carried out. */
export function ask(store: WindowStore, question: Question): void {
  store.setState(({ dialog }) => {
    const over = dialog?.type === 'question' ? dialog.over : dialog;
    return { dialog: { type: 'question', question, over } };
  });
}

/** Closes the dialog on top: below a question may be the one it was asked from. */
export function closeDialog(store: WindowStore): void {
  store.setState(({ dialog }) => ({ dialog: dialog?.type === 'question' ? dialog.over : null }));
}
