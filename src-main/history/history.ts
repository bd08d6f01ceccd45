/**
 * The history as the studio sees it: it never waits for the disk.
 * @module
 */
import type { ShowReport, ShowSummary } from '../../src-shared/model/show-report.ts';
import type { Clock } from '../platform/clock.ts';
import { BatchQueue } from './batch-queue.ts';
import type { HistoryBatch } from './history-batch.ts';
import { whyNotWritten } from './history-error.ts';
import type { HistoryStore } from './history-store.ts';

/** Past shows and the ones that go on. Questions reject with `HistoryError` while nobody is there to answer. */
export type History = {
  /** Takes the rows and returns at once. Trouble is told through `onTrouble`, never thrown. */
  readonly write: (batch: HistoryBatch) => void;
  /** Newest first. */
  readonly shows: () => Promise<readonly ShowSummary[]>;
  /** Undefined: there is no such show. */
  readonly report: (id: string) => Promise<ShowReport | undefined>;
  /** See `HistoryStore.forget`. */
  readonly forget: (olderThanDays: number, maxBytes?: number) => Promise<number>;
  /** Settles when all that was given is written, or one more try has failed. Never rejects. */
  readonly flush: () => Promise<void>;
  /** Writes what is left, for a moment at most, and lets go of the file. Never rejects. */
  readonly close: () => Promise<void>;
};

/** What a history needs around it. */
export type HistorySurroundings = {
  readonly clock: Clock;
  /** A sentence for the streamer; once per trouble, not once per failed try. */
  readonly onTrouble: (words: string) => void;
};

/** The history in this very thread: for tests, and where there is no thread to be had. */
export function directHistory(store: HistoryStore, { clock, onTrouble }: HistorySurroundings): History {
  const queue = new BatchQueue({
    clock,
    save: async (batch) => {
      store.write(batch);
      await Promise.resolve();
    },
    onFailed: (error) => {
      onTrouble(notRecorded(store.path, error));
    },
    onLost: () => {
      onTrouble(ROWS_LOST);
    },
  });
  return {
    write: (batch) => {
      queue.offer(batch);
    },
    shows: () => asked(() => store.shows()),
    report: (id) => asked(() => store.report(id)),
    forget: (olderThanDays, maxBytes) => asked(() => store.forget(olderThanDays, maxBytes)),
    flush: () => queue.flush(),
    close: async () => {
      await queue.close();
      store.close();
    },
  };
}

/** What throws rejects. */
async function asked<T>(work: () => T): Promise<T> {
  await Promise.resolve();
  return work();
}

/** A sentence on a write that failed. */
export function notRecorded(path: string, error: unknown): string {
  return `The show is not being recorded in ${path}: ${whyNotWritten(path, error)} The stream goes on; what is missing is written as soon as that works.`;
}

/** Said once when so much waits for the disk that the oldest is let go. */
export const ROWS_LOST =
  'The disk has not taken the records of this show for so long that the oldest minutes are lost. The stream goes on.';
