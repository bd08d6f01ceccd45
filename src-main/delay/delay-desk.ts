/**
 * All delays of one ingest.
 * @module
 */
import type { Stream } from '../hub/stream.ts';
import type { Clock } from '../platform/clock.ts';
import type { OpenSpill } from '../platform/spill.ts';
import { DelayLine, type DelayLineReport } from './delay-line.ts';
import { DelayedStream } from './delayed-stream.ts';
import { MAX_DELAY_MS } from './limits.ts';

/** What a desk works with. */
export type DelayDeskOptions = {
  /** The ingest's own stream. */
  readonly stream: Stream;
  readonly clock: Clock;
  /** Called at first need, and again after everything was released; never while the spill before is still open. */
  readonly openSpill: OpenSpill;
  /** Bytes in memory before the disk is used. */
  readonly memoryBytes?: number | undefined;
  /** A delayed stream has begun to play a show, or has come to its end. */
  readonly onLive: (delayMs: number, live: boolean) => void;
  /** Told in words for streamers, once per trouble; may be called while a message is published, and must not throw. */
  readonly onTrouble: (words: string) => void;
};

const NOTHING: DelayLineReport = { heldMs: 0, memoryBytes: 0, diskBytes: 0, lostMessages: 0 };

/** Lends out the ingest's stream at any delay; streams of one delay are shared, all share what is held. */
export class DelayDesk {
  readonly #options: DelayDeskOptions;
  readonly #lent = new Map<number, { readonly delayed: DelayedStream; users: number }>();
  #line: DelayLine | undefined;
  /** Lines that are being removed: their folder must be gone before the next one opens it. */
  #removing: Promise<void> = Promise.resolve();

  constructor(options: DelayDeskOptions) {
    this.#options = options;
  }

  /**
   * The stream `delayMs` behind, for as long as `release` has not been called as often. 0 is the source itself.
   * @throws {RangeError} When the delay is not a whole number of ms from 0 to 600 000.
   */
  use(delayMs: number): Stream {
    if (delayMs === 0) return this.#options.stream;
    if (!Number.isInteger(delayMs) || delayMs < 0 || delayMs > MAX_DELAY_MS)
      throw new RangeError(`A delay of ${delayMs} ms cannot be kept.`);
    const lent = this.#lent.get(delayMs);
    if (lent !== undefined) {
      lent.users++;
      return lent.delayed.stream;
    }
    const { clock } = this.#options;
    this.#line ??= this.#newLine();
    const onLive = (live: boolean): void => {
      this.#options.onLive(delayMs, live);
    };
    const delayed = new DelayedStream(this.#line, { clock, delayMs, onLive });
    this.#lent.set(delayMs, { delayed, users: 1 });
    return delayed.stream;
  }

  /** Gives a stream back. With the last user it ends, and what only it needed is let go; `onLive` is not called. */
  release(delayMs: number): void {
    const lent = this.#lent.get(delayMs);
    if (lent === undefined || --lent.users > 0) return;
    this.#lent.delete(delayMs);
    lent.delayed.close();
    if (this.#lent.size === 0) this.#removeLine();
  }

  /** Whether the stream of that delay plays a show. The source itself is always ready. */
  isReady(delayMs: number): boolean {
    return delayMs === 0 || this.#lent.get(delayMs)?.delayed.isLive === true;
  }

  /** What is held now. */
  report(): DelayLineReport {
    return this.#line?.report ?? NOTHING;
  }

  /** Ends all delayed streams; kept when nothing of them is left on the disk. Never rejects. */
  async close(): Promise<void> {
    const all = [...this.#lent.values()];
    this.#lent.clear();
    for (const { delayed } of all) delayed.close();
    this.#removeLine();
    await this.#removing;
  }

  #newLine(): DelayLine {
    const { stream, clock, openSpill, memoryBytes, onTrouble } = this.#options;
    const removed = this.#removing;
    const open: OpenSpill = async () => {
      await removed;
      return openSpill();
    };
    return new DelayLine({ stream, clock, openSpill: open, memoryBytes, onTrouble });
  }

  #removeLine(): void {
    const line = this.#line;
    if (line === undefined) return;
    this.#line = undefined;
    this.#removing = Promise.all([this.#removing, line.end()]).then(() => undefined);
  }
}
