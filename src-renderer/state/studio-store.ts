/**
 * Holds the window's copy of the studio.
 * @module
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LinkState } from '../bridge/studio-link.ts';
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

/** Takes an update that arrived at `nowMs`. */
export function receive(store: StudioStore, update: Update, nowMs: number): void {
  store.setState(({ view, figures }) => ({
    view: apply(view, update),
    figures: applyFigures(figures, update, nowMs),
  }));
}
