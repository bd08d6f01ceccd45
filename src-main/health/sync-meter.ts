/**
 * How far sound and picture are apart as they come, and whether that grows.
 * @module
 */

/** Seconds that the drift is taken from at most, and at least. */
const DRIFT_SEC = 180;
const LEAST_DRIFT_SEC = 30;

type Point = { readonly atMs: number; readonly offsetMs: number };

/** Where a frame lies, ms: on the timeline that both share, and by its own kind's clock. */
export type FrameTime = { readonly timeMs: number; readonly clockMs: number };

/** Fed the time of every frame of both. */
export class SyncMeter {
  #audio: FrameTime | undefined;
  #video: FrameTime | undefined;
  #sumMs = 0;
  #count = 0;
  #points: readonly Point[] = [];

  /** Newest audio minus newest video, ms; null: one of them has not come. */
  get offsetMs(): number | null {
    return this.#audio === undefined || this.#video === undefined
      ? null
      : this.#audio.timeMs - this.#video.timeMs;
  }

  audio(time: FrameTime): void {
    this.#audio = time;
    this.#add();
  }

  video(time: FrameTime): void {
    this.#video = time;
    this.#add();
  }

  /** Timestamps jumped or left a gap: what comes now cannot be held against what came before. */
  broke(): void {
    this.#points = [];
    this.#sumMs = 0;
    this.#count = 0;
  }

  /**
   * Once a second.
   * @returns Slope of the offset, ms a minute, by least squares; null: less than 30 s of it is known.
   */
  sampleDrift(now: number): number | null {
    // One figure a second, a mean: which of both came last before the sample must not matter.
    if (this.#count > 0) {
      const point = { atMs: now, offsetMs: this.#sumMs / this.#count };
      this.#points = [...this.#points, point].filter(({ atMs }) => now - atMs < DRIFT_SEC * 1000);
    }
    this.#sumMs = 0;
    this.#count = 0;
    const first = this.#points[0];
    if (first === undefined || now - first.atMs < (LEAST_DRIFT_SEC - 1) * 1000) return null;
    return slope(this.#points) * 60_000;
  }

  #add(): void {
    if (this.#audio === undefined || this.#video === undefined) return;
    this.#sumMs += this.#audio.clockMs - this.#video.clockMs;
    this.#count++;
  }
}

/** Least squares, ms per ms. */
function slope(points: readonly Point[]): number {
  const meanAt = points.reduce((sum, { atMs }) => sum + atMs, 0) / points.length;
  const meanOffset = points.reduce((sum, { offsetMs }) => sum + offsetMs, 0) / points.length;
  let [product, square] = [0, 0];
  for (const { atMs, offsetMs } of points) {
    product += (atMs - meanAt) * (offsetMs - meanOffset);
    square += (atMs - meanAt) ** 2;
  }
  return square === 0 ? 0 : product / square;
}
