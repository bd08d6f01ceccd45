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
  | { readonly type: 'sent'; readonly targetId: string }
  | { readonly type: 'rehearsal' }
  | { readonly type: 'shows' }
  | { readonly type: 'webhooks' }
  | { readonly type: 'diagnosis' }
  | { readonly type: 'export' }
  | { readonly type: 'import' }
  | { readonly type: 'dock' }
  | { readonly type: 'keys' }
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
  /** Takes back what the toast tells of; null: there is nothing to take back. */
  readonly undo: Undo | null;
};

/** The way back from what was just done. */
export type Undo = {
  /** Steps of one kind that follow each other are taken back as one; null: each by itself. */
  readonly kind: string | null;
  readonly run: () => void;
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
  /** Whether single letters, digits and signs are shortcuts. */
  readonly letterKeys: boolean;
  /** Whether ingests and targets are shown as live pictures. */
  readonly livePictures: boolean;
  readonly dialog: OpenDialog | null;
  readonly toasts: readonly Toast[];
  /** Epoch ms, moved once a second: all clocks of the window turn together. */
  readonly nowMs: number;
};

export type WindowStore = StoreApi<WindowState>;

/** Toasts shown at once; older ones give way. */
const MAX_TOASTS = 3;

export function createWindowStore(
  start: Pick<WindowState, 'theme' | 'language' | 'drawerOpen' | 'letterKeys' | 'livePictures' | 'nowMs'>,
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

/** Shows a notice of the studio. */
export function sayNotice(store: WindowStore, notice: Pick<Notice, 'level' | 'title' | 'text'>): void {
  show(store, { tone: notice.level, title: tStudio(notice.title), text: tStudio(notice.text), undo: null });
}

/** Says what was done, with the way back. */
export function offerUndo(
  store: WindowStore,
  text: string,
  { kind = null, run }: Partial<Undo> & Pick<Undo, 'run'>,
): void {
  const before = kind === null ? undefined : store.getState().toasts.find(({ undo }) => undo?.kind === kind);
  if (before !== undefined) dismissToast(store, before.id);
  // Of several steps of one kind the first one knows the way back to where they began.
  show(store, { tone: 'info', title: null, text, undo: before?.undo ?? { kind, run } });
}

/** Takes back the newest thing that can still be taken back; false: there is none. */
export function undoNewest(store: WindowStore): boolean {
  const newest = store.getState().toasts.findLast(({ undo }) => undo !== null);
  if (newest === undefined) return false;
  takeBack(store, newest);
  return true;
}

/** Takes back what the toast tells of. */
export function takeBack(store: WindowStore, { id, undo }: Toast): void {
  dismissToast(store, id);
  undo?.run();
}

/** The same text twice is one toast: an answer and a notice may tell of the same. Two ways back are two. */
function show(store: WindowStore, words: Omit<Toast, 'id'>): void {
  const toast: Toast = { id: ++lastToastId, ...words };
  const isSame = ({ text, undo }: Toast): boolean =>
    undo === null && toast.undo === null && text === toast.text;
  store.setState(({ toasts }) => ({ toasts: fewEnough([...toasts.filter((one) => !isSame(one)), toast]) }));
}

/** A way back is the last to give way. */
function fewEnough(toasts: readonly Toast[]): readonly Toast[] {
  const over = toasts.length - MAX_TOASTS;
  if (over <= 0) return toasts;
  const oldestFirst = [...toasts.slice(0, -1)].sort(
    (one, other) => Number(one.undo !== null) - Number(other.undo !== null),
  );
  const leaves = new Set(oldestFirst.slice(0, over));
  return toasts.filter((toast) => !leaves.has(toast));
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
