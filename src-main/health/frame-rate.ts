/**
 * Frames per second as they come, and the best that they have been.
 * @module
 */

/** Seconds over which the frame rate is averaged: one second alone would flicker by a frame or two. */
const WINDOW_SEC = 5;

/** `mediaMs`: how far the timestamps went on. */
type Second = { frames: number; mediaMs: number; elapsedMs: number };

/** Fed every frame, asked once a second. */
export class FrameRate {
  /** Highest frame rate over five seconds so far; 0: not known. */
  bestFps = 0;
  #current: Second = { frames: 0, mediaMs: 0, elapsedMs: 0 };
  #past: readonly Second[] = [];
  #lastMs: number | undefined;

  /** @param timeMs By a `MediaClock`. */
  frame(timeMs: number): void {
    this.#current.frames++;
    this.#current.mediaMs += timeMs - (this.#lastMs ?? timeMs);
    this.#lastMs = timeMs;
  }

  /** @returns Frames per second by arrival, over the last five seconds. */
  sample(elapsedMs: number): number {
    this.#past = [...this.#past, { ...this.#current, elapsedMs }].slice(-WINDOW_SEC);
    this.#current = { frames: 0, mediaMs: 0, elapsedMs: 0 };
    const frames = this.#past.reduce((sum, second) => sum + second.frames, 0);
    const spanMs = this.#past.reduce((sum, second) => sum + second.elapsedMs, 0);
    if (this.#past.length === WINDOW_SEC) {
      // Frames that a line held back come in a burst: by the media clock they are no more than usual.
      const mediaMs = this.#past.reduce((sum, second) => sum + second.mediaMs, 0);
      this.bestFps = Math.max(this.bestFps, tenths((frames * 1000) / Math.max(mediaMs, spanMs)));
    }
    return tenths((frames * 1000) / spanMs);
  }
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
