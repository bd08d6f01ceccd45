/**
 * One batch under way at a time; what comes meanwhile is merged into one that waits.
 * @module
 */
import type { Clock, Timer } from '../platform/clock.ts';
import { EMPTY_BATCH, mergeBatches, rowsOf, type HistoryBatch } from './history-batch.ts';

/** Rows of one kind that may wait, the newest: a day of minutes of ten targets. About 3 MB. */
const MOST_WAITING = 15_000;

/** Pause after a failed save, ms: short enough to lose little, long enough not to trouble a sick disk. */
const RETRY_AFTER_MS = 10_000;

/** What a queue needs around it. */
export type BatchQueueOptions = {
  readonly clock: Clock;
  readonly save: (batch: HistoryBatch) => Promise<void>;
  /** For the first failure in a row only. */
  readonly onFailed: (error: unknown) => void;
  /** Once in a row of failures: rows were given up. */
  readonly onLost: () => void;
  /** Rows of one kind. */
  readonly mostWaiting?: number;
};

/** Hands batches to `save` and keeps those that it refused. */
export class BatchQueue {
  readonly #options: BatchQueueOptions;
  #waiting = EMPTY_BATCH;
  #running: Promise<void> | undefined;
  #retry: Timer | undefined;
  #failing = false;
  #toldLost = false;
  #closed = false;

  constructor(options: BatchQueueOptions) {
    this.#options = options;
  }

  /** Rows that wait for the save under way or the next try. */
  get waitingRows(): number {
    return rowsOf(this.#waiting);
  }

  /** Takes a batch; nothing after `close`. */
  offer(batch: HistoryBatch): void {
    if (this.#closed || rowsOf(batch) === 0) return;
    this.#keep(this.#waiting, batch);
    if (this.#retry === undefined) this.#running ??= this.#run();
  }

  /** Tries now what has failed. */
  retryNow(): void {
    this.#retry?.cancel();
    this.#retry = undefined;
    if (rowsOf(this.#waiting) > 0) this.#running ??= this.#run();
  }

  /** Settles when all is saved, or one more try has failed. */
  async flush(): Promise<void> {
    this.retryNow();
    await this.#running;
  }

  /** As `flush`, and takes nothing any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
    this.#retry?.cancel();
    this.#retry = undefined;
  }

  async #run(): Promise<void> {
    // One turn later, so that batches of the same turn are one, and `#running` is set before it ends.
    await Promise.resolve();
    while (rowsOf(this.#waiting) > 0) {
      const batch = this.#waiting;
      this.#waiting = EMPTY_BATCH;
      try {
        await this.#options.save(batch);
        this.#failing = false;
        this.#toldLost = false;
      } catch (error) {
        // Rows replace the ones of the same key: those that came through after all do no harm.
        this.#keep(batch, this.#waiting);
        this.#running = undefined;
        this.#retryLater();
        if (!this.#failing) this.#options.onFailed(error);
        this.#failing = true;
        return;
      }
    }
    this.#running = undefined;
  }

  #keep(older: HistoryBatch, newer: HistoryBatch): void {
    const { mostWaiting = MOST_WAITING } = this.#options;
    const { batch, lost } = mergeBatches(older, newer, mostWaiting);
    this.#waiting = batch;
    if (lost === 0 || this.#toldLost) return;
    this.#toldLost = true;
    this.#options.onLost();
  }

  #retryLater(): void {
    this.#retry?.cancel();
    this.#retry = this.#options.clock.after(RETRY_AFTER_MS, () => {
      this.retryNow();
    });
  }
}
