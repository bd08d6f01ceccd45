/**
 * How far apart keyframes are.
 * @module
 */

/** Intervals that mean and spread are taken from. */
const REMEMBERED = 10;

/** Fed every video frame of the default track. */
export class KeyframeMeter {
  /** Frames of the last whole GOP; null: there was none. */
  gopFrames: number | null = null;
  /** s, the newest interval, whatever happened in it; null: none yet. */
  lastIntervalSec: number | null = null;
  #frames = 0;
  #lastKeyMs: number | undefined;
  #newestMs = 0;
  #isBroken = false;
  #intervalsMs: readonly number[] = [];

  /** ms of stream time since the last keyframe; null: there was none. */
  get sinceKeyframeMs(): number | null {
    return this.#lastKeyMs === undefined ? null : this.#newestMs - this.#lastKeyMs;
  }

  /** How many intervals mean and spread are taken from. */
  get count(): number {
    return this.#intervalsMs.length;
  }

  /** s, mean of the last ten whole intervals; null: none yet. */
  get meanSec(): number | null {
    if (this.count === 0) return null;
    return this.#intervalsMs.reduce((sum, interval) => sum + interval, 0) / this.count / 1000;
  }

  /** s, from the shortest to the longest of them; null: none yet. */
  get spreadSec(): number | null {
    if (this.count === 0) return null;
    return (Math.max(...this.#intervalsMs) - Math.min(...this.#intervalsMs)) / 1000;
  }

  /** Timestamps jumped or left a gap: the interval that is under way says nothing of the encoder's setting. */
  broke(): void {
    this.#isBroken = true;
  }

  /** @param timeMs By a `MediaClock`. */
  frame(timeMs: number, isKeyframe: boolean): void {
    this.#newestMs = timeMs;
    if (isKeyframe) this.#keyframe(timeMs);
    this.#frames++;
  }

  #keyframe(timeMs: number): void {
    if (this.#lastKeyMs !== undefined) {
      const intervalMs = timeMs - this.#lastKeyMs;
      this.lastIntervalSec = Math.round(intervalMs / 10) / 100;
      this.gopFrames = this.#frames;
      if (!this.#isBroken) this.#intervalsMs = [...this.#intervalsMs, intervalMs].slice(-REMEMBERED);
    }
    this.#lastKeyMs = timeMs;
    this.#frames = 0;
    this.#isBroken = false;
  }
}
