import { beforeEach, describe, expect, it } from 'vitest';
import {
  createWindowStore,
  dismissToast,
  offerUndo,
  say,
  sayNotice,
  undoNewest,
  type WindowStore,
} from './window-store.ts';

let own: WindowStore;
let undone: string[];

beforeEach(() => {
  own = createWindowStore({
    theme: 'dark',
    language: 'system',
    drawerOpen: false,
    letterKeys: true,
    livePictures: true,
    nowMs: 0,
  });
  undone = [];
});

const offer = (text: string, kind: string | null = null, way = text): void => {
  offerUndo(own, text, { kind, run: () => undone.push(way) });
};
const texts = (): readonly string[] => own.getState().toasts.map(({ text }) => text);

describe('toasts', () => {
  it('say the same thing once, whoever says it', () => {
    say(own, 'error', 'Lost.');
    sayNotice(own, { level: 'error', title: 'Twitch', text: 'Lost.' });
    expect(texts()).toEqual(['Lost.']);
  });

  it('keep a way back while mere words come and go', () => {
    offer('Deleted A.');
    for (const text of ['one', 'two', 'three', 'four']) say(own, 'info', text);
    expect(texts()).toEqual(['Deleted A.', 'three', 'four']);
  });

  it('keep two deletions of the same name apart', () => {
    offer('Deleted A.', null, 'first');
    offer('Deleted A.', null, 'second');
    expect(undoNewest(own)).toBe(true);
    expect(undoNewest(own)).toBe(true);
    expect(undone).toEqual(['second', 'first']);
  });
});

describe('undo', () => {
  it('takes back the newest that is still offered, and says so when there is none', () => {
    offer('Deleted A.');
    offer('Deleted B.');
    say(own, 'info', 'Something else.');
    dismissToast(own, own.getState().toasts[1]?.id ?? -1);
    expect(undoNewest(own)).toBe(true);
    expect(undone).toEqual(['Deleted A.']);
    expect(texts()).toEqual(['Something else.']);
    expect(undoNewest(own)).toBe(false);
  });

  it('takes back several steps of one kind as one', () => {
    offer('New order.', 'order', 'to the first order');
    offer('New order.', 'order', 'to the second order');
    expect(texts()).toEqual(['New order.']);
    undoNewest(own);
    expect(undone).toEqual(['to the first order']);
    offer('New order.', 'order', 'from here');
    undoNewest(own);
    expect(undone).toEqual(['to the first order', 'from here']);
  });
});
