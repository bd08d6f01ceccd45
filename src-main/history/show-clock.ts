/**
 * The time that a show is told in.
 * @module
 */
import type { Clock } from '../platform/clock.ts';

/** A computer's clock that is this far ahead of the time that passed has slept, or was set, ms. */
const SLEPT_MS = 2_000;

/**
 * Wall time that never goes back: it passes as time does, and follows the computer's clock forward only. Times in a
 * report stay in order when somebody sets the clock, and are right after the computer slept.
 */
export class ShowClock {
  readonly #clock: Clock;
  #offset: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#offset = clock.wallNow() - clock.now();
  }

  /** ms since 1970, whole. */
  now(): number {
    const offset = this.#clock.wallNow() - this.#clock.now();
    if (offset - this.#offset > SLEPT_MS) this.#offset = offset;
    return Math.round(this.#clock.now() + this.#offset);
  }
}
