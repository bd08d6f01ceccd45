/**
 * What targets want of the line, evened out.
 * @module
 */
import type { Rung, Wanted } from './shed-ladder.ts';

/** Seconds over which it is averaged: with keyframes every 2 or 4 s, each mean holds as many of them as the next. */
const MEAN_SAMPLES = 8;

/** Means of the last 8 samples of each live target. */
export class WantedMean {
  #past = new Map<string, readonly Wanted[]>();

  /** Takes the next second; gives the same targets with their means. */
  sample(rungs: readonly Rung[]): readonly Rung[] {
    this.#past = new Map(
      rungs.map(({ id, wanted }) => [id, [...(this.#past.get(id) ?? []), wanted].slice(-MEAN_SAMPLES)]),
    );
    return rungs.map(({ id, name }) => {
      const past = this.#past.get(id) ?? [];
      const mean = (of: (wanted: Wanted) => number): number =>
        past.reduce((sum, wanted) => sum + of(wanted), 0) / Math.max(1, past.length);
      const wanted = {
        none: mean((each) => each.none),
        keyframes: mean((each) => each.keyframes),
        sound: mean((each) => each.sound),
      };
      return { id, name, wanted };
    });
  }
}
