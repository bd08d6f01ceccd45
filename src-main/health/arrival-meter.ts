/**
 * When media comes, held against its own clock: what the line from the encoder does.
 * @module
 */

const JITTER_SEC = 10;
/**
 * How much the best lateness is forgotten, ms of lateness per ms: clocks of two computers differ by less, and a
 * difference that adds up over hours is no lateness.
 */
const FORGOTTEN = 100e-6;

type JitterSum = { sumMs: number; count: number };
/** `timeMs` is by a `MediaClock`. */
type Arrival = { readonly at: number; readonly timeMs: number };

/** What one second showed; null: nothing came, or nothing to hold it against. */
export type ArrivalSample = {
  /** Mean deviation of the last second, ms. */
  readonly jitterMs: number | null;
  /** The same over the last ten. */
  readonly jitter10sMs: number | null;
  /** How much later media comes than its timestamps say, against the best so far, ms. */
  readonly behindMs: number | null;
};

/** Fed every frame of one kind, with its arrival. */
export class ArrivalMeter {
  #jitter: JitterSum = { sumMs: 0, count: 0 };
  #past: readonly JitterSum[] = [];
  #previous: Arrival | undefined;
  /** Least of arrival minus timestamp, ms: so far, and since the last sample. */
  #bestMs = Infinity;
  #leastMs = Infinity;
  #sampledAt: number | undefined;

  frame(timeMs: number, now: number): void {
    if (this.#previous !== undefined) {
      const { at, timeMs: before } = this.#previous;
      this.#jitter.sumMs += Math.abs(now - at - (timeMs - before));
      this.#jitter.count++;
    }
    this.#previous = { at: now, timeMs };
    this.#leastMs = Math.min(this.#leastMs, now - timeMs);
  }

  /** Once a second. */
  sample(now: number): ArrivalSample {
    const last = this.#jitter;
    this.#past = [...this.#past, last].slice(-JITTER_SEC);
    this.#jitter = { sumMs: 0, count: 0 };
    return { jitterMs: mean([last]), jitter10sMs: mean(this.#past), behindMs: this.#behindMs(now) };
  }

  #behindMs(now: number): number | null {
    if (this.#previous === undefined) return null;
    this.#bestMs += FORGOTTEN * (now - (this.#sampledAt ?? now));
    this.#sampledAt = now;
    // In a second without media the next frame is at least as late as it is not here yet.
    const lateMs = this.#leastMs === Infinity ? now - this.#previous.timeMs : this.#leastMs;
    this.#leastMs = Infinity;
    this.#bestMs = Math.min(this.#bestMs, lateMs);
    return lateMs - this.#bestMs;
  }
}

function mean(sums: readonly JitterSum[]): number | null {
  const count = sums.reduce((sum, one) => sum + one.count, 0);
  return count === 0 ? null : sums.reduce((sum, one) => sum + one.sumMs, 0) / count;
}
