/**
 * From one timestamp of an encoder to the next, as they came: before any timeline has mended them.
 * @module
 */

/** A step of more than this is a gap, ms. */
export const GAP_MS = 500;

/** Steps within audio or within video. */
export class TimestampSteps {
  /** Steps of over half a second so far. */
  gaps = 0;
  /** Steps back of any length so far. */
  backwardJumps = 0;
  #last: number | undefined;

  /**
   * Takes the next timestamp, ms; unsigned 32 bits may wrap.
   * @returns ms from the one before it, over the shorter way round; undefined: it is the first.
   */
  take(timestamp: number): number | undefined {
    const last = this.#last;
    this.#last = timestamp;
    if (last === undefined) return undefined;
    const step = (timestamp - last) | 0;
    if (step < 0) this.backwardJumps++;
    else if (step > GAP_MS) this.gaps++;
    return step;
  }
}
