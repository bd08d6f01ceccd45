/**
 * What is written to the history: rows that replace the ones of the same key, so that writing twice does no harm.
 * All of it can cross to a thread. Times are wall time, ms since 1970.
 * @module
 */
import type { LogEvent } from '../../src-shared/model/log-event.ts';

/** Stands for the encoder where the id of a target would be. */
export const ENCODER = '';

/** A show. `endedAt` null: it goes on. `encoder` is what it sent last, in words. */
export type KeptShow = {
  readonly id: string;
  readonly ingestId: string;
  readonly ingestName: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly lastSeenAt: number;
  readonly encoder: string;
};

/** One target in one show, summed up so far. `bits` were counted over `ratedMs`, `bytes` over all of the show. */
export type KeptTarget = {
  readonly showId: string;
  readonly targetId: string;
  readonly name: string;
  readonly platform: string;
  readonly firstLiveAt: number | null;
  readonly liveMs: number;
  readonly bytes: number;
  readonly bits: number;
  readonly ratedMs: number;
  readonly droppedFrames: number;
  readonly reconnects: number;
};

/** One minute, counted from the start of the show, of a target or of the encoder. */
export type KeptMinute = {
  readonly showId: string;
  /** {@link ENCODER} for the encoder. */
  readonly targetId: string;
  readonly minute: number;
  readonly at: number;
  readonly liveMs: number;
  /** How long it was meant to be live. */
  readonly wantedMs: number;
  readonly bits: number;
  readonly ratedMs: number;
  readonly fps: number | null;
  readonly droppedFrames: number;
  /** Highest of the minute. */
  readonly queueMs: number | null;
  readonly jitterMs: number | null;
};

/** One outage. `endedAt` null: it goes on. */
export type KeptOutage = {
  readonly showId: string;
  /** {@link ENCODER} for the encoder. */
  readonly targetId: string;
  readonly at: number;
  readonly endedAt: number | null;
  readonly code: string;
  readonly cause: string;
};

/** One event of a show. */
export type KeptEvent = { readonly showId: string; readonly event: LogEvent };

/** Rows that are written together or not at all. */
export type HistoryBatch = {
  readonly shows: readonly KeptShow[];
  readonly targets: readonly KeptTarget[];
  readonly minutes: readonly KeptMinute[];
  readonly outages: readonly KeptOutage[];
  readonly events: readonly KeptEvent[];
};

/** Nothing to write. */
export const EMPTY_BATCH: HistoryBatch = { shows: [], targets: [], minutes: [], outages: [], events: [] };

/** How many rows a batch has. */
export const rowsOf = (batch: HistoryBatch): number =>
  batch.shows.length +
  batch.targets.length +
  batch.minutes.length +
  batch.outages.length +
  batch.events.length;

/** Both as one: of rows of the same key the newer one. Of each kind the newest `mostRows` are kept, the rest is `lost`. */
export function mergeBatches(
  older: HistoryBatch,
  newer: HistoryBatch,
  mostRows: number,
): { readonly batch: HistoryBatch; readonly lost: number } {
  const whole: HistoryBatch = {
    shows: merge([...older.shows, ...newer.shows], ({ id }) => id),
    targets: merge([...older.targets, ...newer.targets], (row) => keyOf(row)),
    minutes: merge([...older.minutes, ...newer.minutes], (row) => keyOf(row, row.minute)),
    outages: merge([...older.outages, ...newer.outages], (row) => keyOf(row, row.at)),
    events: merge([...older.events, ...newer.events], ({ showId, event }) => `${showId}\n${event.seq}`),
  };
  const batch: HistoryBatch = {
    shows: whole.shows.slice(-mostRows),
    targets: whole.targets.slice(-mostRows),
    minutes: whole.minutes.slice(-mostRows),
    outages: whole.outages.slice(-mostRows),
    events: whole.events.slice(-mostRows),
  };
  return { batch, lost: rowsOf(whole) - rowsOf(batch) };
}

const keyOf = (row: { readonly showId: string; readonly targetId: string }, at = 0): string =>
  `${row.showId}\n${row.targetId}\n${at}`;

function merge<T>(rows: readonly T[], key: (row: T) => string): readonly T[] {
  const byKey = new Map<string, T>();
  for (const row of rows) {
    // Taken out first: the order is that of the last change, and what is oldest goes first.
    byKey.delete(key(row));
    byKey.set(key(row), row);
  }
  return [...byKey.values()];
}
