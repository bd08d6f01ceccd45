/**
 * How often each delay occurred, in steps of a tenth of a millisecond.
 * @module
 */

const STEP_US = 100;
/** Up to 10 s; what is longer counts as that. */
const STEPS = 100_000;

/** Counts delays; memory does not depend on how many. */
export class Histogram {
  readonly #counts = new Uint32Array(STEPS);
  #total = 0;

  add(us: number): void {
    const step = Math.min(STEPS - 1, Math.max(0, Math.floor(us / STEP_US)));
    this.#counts[step] = (this.#counts[step] ?? 0) + 1;
    this.#total++;
  }

  /** Milliseconds that this share (0-1) of all delays stays within; 0 when there are none. */
  percentileMs(share: number): number {
    const wanted = this.#total * share;
    let seen = 0;
    for (let step = 0; step < STEPS; step++) {
      seen += this.#counts[step] ?? 0;
      if (seen > 0 && seen >= wanted) return ((step + 1) * STEP_US) / 1000;
    }
    return 0;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }
}
