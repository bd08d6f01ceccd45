/**
 * Selectors of more than one room of the window.
 * @module
 */
import type { Ingest } from '../../src-shared/model/ingest.ts';
import type { StudioView } from './studio-view.ts';

/** The ingest the middle shows: the chosen one, else the first that is fed, else the first. */
export function selectedIngest(view: StudioView, chosenId: string | null): Ingest | null {
  const { ingests } = view;
  return (
    ingests.find(({ id }) => id === chosenId) ??
    ingests.find(({ state }) => state !== 'waiting') ??
    ingests[0] ??
    null
  );
}

/** First start: nothing arrives and nothing is set up to go anywhere. */
export function isFirstStart({ ingests, targets }: StudioView): boolean {
  return targets.length === 0 && ingests.every(({ state }) => state === 'waiting');
}
