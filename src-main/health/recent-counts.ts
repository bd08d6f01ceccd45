/**
 * How much totals grew lately.
 * @module
 */

/** Totals of an encoder's frames; they only grow. */
export type FrameTotals = {
  readonly frames: number;
  readonly dropped: number;
  readonly duplicates: number;
};

/** Remembers totals of the last samples; bounded. */
export class RecentCounts {
  readonly #samples: number;
  #past: readonly FrameTotals[] = [{ frames: 0, dropped: 0, duplicates: 0 }];

  /** @param samples How many of the last samples `sample` looks back over. */
  constructor(samples: number) {
    this.#samples = samples;
  }

  /** Once a second: what was added in the last samples, this one included. */
  sample(totals: FrameTotals): FrameTotals {
    this.#past = [...this.#past, totals].slice(-this.#samples - 1);
    const before = this.#past[0] ?? totals;
    return {
      frames: totals.frames - before.frames,
      dropped: totals.dropped - before.dropped,
      duplicates: totals.duplicates - before.duplicates,
    };
  }
}
