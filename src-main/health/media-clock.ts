/**
 * The media time of one kind, made from its own steps alone.
 * @module
 */
import { TIMESTAMP_JUMP_MS } from '../hub/limits.ts';

/**
 * Begins at 0 with the first frame and never goes back. Not the timeline's time: that holds the first frames of the
 * kind that begins earlier at 0, and keeps sound and picture together where each shall be measured by itself.
 */
export class MediaClock {
  #timeMs = 0;
  #at = 0;

  /**
   * @param stepMs From the frame before, as `TimestampSteps` gives it.
   * @param now ms, monotonic: where timestamps jump, what has passed stands for their step.
   * @returns ms.
   */
  take(stepMs: number | undefined, now: number): number {
    if (stepMs !== undefined) {
      const isPlain = stepMs >= 0 && stepMs <= TIMESTAMP_JUMP_MS;
      this.#timeMs += isPlain ? stepMs : Math.max(0, now - this.#at);
    }
    this.#at = now;
    return this.#timeMs;
  }
}
