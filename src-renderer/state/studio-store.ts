/**
 * Holds the window's copy of the studio.
 * @module
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LinkState, LinkTimer } from '../bridge/studio-link.ts';
import type { PlatformPreset } from '../../src-shared/model/platform-preset.ts';
import type { Update } from '../../src-shared/bridge/contract.ts';
import { applyFigures, NO_FIGURES, type Figures } from './figures.ts';
import { apply, EMPTY_VIEW, type StudioView } from './studio-view.ts';

export type Studio = {
  readonly view: StudioView;
  readonly figures: Figures;
  readonly link: LinkState;
  /** Null until asked for. */
  readonly presets: readonly PlatformPreset[] | null;
};

export type StudioStore = StoreApi<Studio>;

export function createStudioStore(): StudioStore {
  return createStore<Studio>(() => ({
    view: EMPTY_VIEW,
    figures: NO_FIGURES,
    link: { type: 'connecting' },
    presets: null,
  }));
}

/** How long updates are gathered, ms: twenty targets change in the same moment once a second, and are drawn once. */
const TOGETHER_MS = 20;

/** Takes updates in the order they come, those that come together at once. */
export function updateTaker(store: StudioStore, timer: LinkTimer): (update: Update) => void {
  let waiting: Update[] = [];
  const takeAll = (): void => {
    const updates = waiting;
    waiting = [];
    const nowMs = timer.now();
    store.setState(({ view, figures }) => ({
      view: updates.reduce(apply, view),
      figures: updates.reduce((sum, update) => applyFigures(sum, update, nowMs), figures),
    }));
  };
  return (update) => {
    waiting.push(update);
    if (waiting.length === 1) timer.after(TOGETHER_MS, takeAll);
  };
}
