/**
 * What the studio's thread and the history's thread say to each other.
 * @module
 */
import type { HistoryBatch } from './history-batch.ts';
import type { HistoryError } from './history-error.ts';

/** Handed to the thread at its start. */
export type HistoryThreadData = { readonly dir: string };

/** To the history; each is answered, in order, under its `id`. */
export type HistoryQuestion = {
  readonly id: number;
  readonly ask:
    | { readonly call: 'write'; readonly batch: HistoryBatch }
    | { readonly call: 'shows' }
    | { readonly call: 'report'; readonly showId: string }
    | { readonly call: 'forget'; readonly olderThanDays: number; readonly maxBytes: number | undefined }
    /** The thread ends after the answer. */
    | { readonly call: 'close' };
};

/** Why something was not done. */
type Refused = { readonly code: HistoryError['code']; readonly message: string };

/** From the history. First `opened`, or `not-opened` and the end; `notice` at any time. */
export type HistoryAnswer =
  | { readonly type: 'opened' }
  | ({ readonly type: 'not-opened' } & Refused)
  | { readonly type: 'notice'; readonly words: string }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | ({ readonly type: 'refusal'; readonly id: number } & Refused);
