/**
 * Once a second figures are taken: step by step, for media come before figures.
 * @module
 */
import type { Clock, Timer } from '../platform/clock.ts';

/** From the end of one sample to the next, ms. */
export const SAMPLE_INTERVAL_MS = 1_000;
/**
 * How long media may wait for steps, ms; one that has begun is ended. With many streams all of them together take as long
 * as a picture.
 */
const AT_ONCE_MS = 1;

/** Runs from `start` to `stop`. */
export class Sampler {
  readonly #clock: Clock;
  readonly #sample: (now: number) => Iterator<unknown>;
  #timer: Timer | undefined;

  /** @param sample Yields after each step; `now` is when the sample began, ms, monotonic. */
  constructor(clock: Clock, sample: (now: number) => Iterator<unknown>) {
    this.#clock = clock;
    this.#sample = sample;
  }

  start(): void {
    this.#timer = this.#clock.after(SAMPLE_INTERVAL_MS, () => {
      this.#goOn(this.#sample(this.#clock.now()));
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #goOn(steps: Iterator<unknown>): void {
    const until = this.#clock.now() + AT_ONCE_MS;
    do {
      if (steps.next().done === true) {
        this.start();
        return;
      }
    } while (this.#clock.now() < until);
    this.#timer = this.#clock.after(0, () => {
      this.#goOn(steps);
    });
  }
}
