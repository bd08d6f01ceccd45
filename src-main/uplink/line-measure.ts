/**
 * What the line carries, measured while it is full.
 * @module
 */

/** Seconds in a row over which it is averaged, and how many of them are enough. */
const MEAN_SAMPLES = 5;
const ENOUGH_SAMPLES = 3;
/** A target with less waiting has got all that it wanted, ms: what is sent then is not all that the line carries. */
const FULL_QUEUE_MS = 300;
/** A line that carries less than this share of what is wanted is interrupted, not slow: to shed would help nothing. */
const INTERRUPTED_SHARE = 0.1;

/** One target on the line that gets its stream whole. */
export type LineShare = { readonly id: string; readonly kbps: number; readonly queueMs: number };

/** Fed once a second with all live targets on the line. */
export class LineMeasure {
  #sums: readonly number[] = [];
  #ids = '';

  /** What the line carries, 1000 bit/s; undefined: it was not full for the last 3 s, or carried next to nothing. */
  get kbps(): number | undefined {
    const { length } = this.#sums;
    return length < ENOUGH_SAMPLES ? undefined : this.#sums.reduce((sum, each) => sum + each, 0) / length;
  }

  /**
   * Takes the next second.
   * @param isWhole Whether a target gets all: the queues of shed ones are empty on a full line too.
   * @param wantedKbps What all are to get at their levels, 1000 bit/s.
   */
  sample(shares: readonly LineShare[], isWhole: (id: string) => boolean, wantedKbps: number): void {
    const ids = shares.map(({ id }) => id).join('\n');
    if (ids !== this.#ids) this.#sums = [];
    this.#ids = ids;
    const whole = shares.filter(({ id }) => isWhole(id));
    const full = whole.filter(({ queueMs }) => queueMs >= FULL_QUEUE_MS);
    const sum = shares.reduce((kbps, share) => kbps + share.kbps, 0);
    const isFull = full.length > 0 && full.length * 2 >= whole.length;
    this.#sums =
      isFull && sum >= wantedKbps * INTERRUPTED_SHARE ? [...this.#sums, sum].slice(-MEAN_SAMPLES) : [];
  }
}
