/**
 * Bitrate of one kind of media.
 * @module
 */
import type { RateMeter } from '../../src-shared/model/health.ts';

const MEAN_SEC = 10;
/** A sample that comes early spans too little for a peak: one keyframe would make it, ms. */
const SHORTEST_FOR_PEAK_MS = 500;

type Second = { readonly bytes: number; readonly elapsedMs: number };

/** Counts bytes and sums them up at each sample, once a second. */
export class RateWindow {
  #bytes = 0;
  #hasAny = false;
  #past: readonly Second[] = [];
  #kbpsPeak = 0;

  add(bytes: number): void {
    this.#bytes += bytes;
    if (bytes > 0) this.#hasAny = true;
  }

  /** @param elapsedMs Since the last sample. Null: nothing has come yet. */
  sample(elapsedMs: number): RateMeter | null {
    this.#past = [...this.#past, { bytes: this.#bytes, elapsedMs }].slice(-MEAN_SEC);
    const kbps1s = kbps(this.#bytes, elapsedMs);
    this.#bytes = 0;
    if (elapsedMs >= SHORTEST_FOR_PEAK_MS) this.#kbpsPeak = Math.max(this.#kbpsPeak, kbps1s);
    if (!this.#hasAny) return null;
    const bytes = this.#past.reduce((sum, second) => sum + second.bytes, 0);
    const spanMs = this.#past.reduce((sum, second) => sum + second.elapsedMs, 0);
    return { kbps1s, kbps10s: kbps(bytes, spanMs), kbpsPeak: this.#kbpsPeak };
  }
}

/** 1000 bit/s. */
function kbps(bytes: number, elapsedMs: number): number {
  return Math.round((bytes * 8) / Math.max(1, elapsedMs));
}
