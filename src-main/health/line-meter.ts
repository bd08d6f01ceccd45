/**
 * What a stream takes of a line, as it comes from its encoder: its bitrate whole and in parts, and its gaps.
 * @module
 */
import type { MediaClass } from '../flv/classify.ts';
import type { SourceHeader } from '../hub/stream.ts';

/** Seconds over which bitrates are averaged: a GOP of 2 s must not make them jump. */
const MEAN_SEC = 6;

/** 1000 bit/s: everything; sound and keyframes; sound alone. */
export type StreamRates = { readonly none: number; readonly keyframes: number; readonly sound: number };

/** One second of it. */
export type LineSample = {
  /** Means over the last seconds. */
  readonly rates: StreamRates;
  /** Longest time without a message, the one that is under way included, ms. */
  readonly longestGapMs: number;
};

type Second = { video: number; keyframes: number; sound: number; elapsedMs: number };

/** One per encoder connection: fed every message, asked once a second. */
export class LineMeter {
  #current: Second = { video: 0, keyframes: 0, sound: 0, elapsedMs: 0 };
  #past: readonly Second[] = [];
  #sampledAt: number;
  #lastAt: number;
  #longestGapMs = 0;

  /** @param now ms, monotonic. */
  constructor(now: number) {
    this.#sampledAt = now;
    this.#lastAt = now;
  }

  message({ typeId, payload }: SourceHeader, { role }: MediaClass, now: number): void {
    this.#longestGapMs = Math.max(this.#longestGapMs, now - this.#lastAt);
    this.#lastAt = now;
    if (typeId === 8) this.#current.sound += payload.length;
    else if (typeId === 9) this.#current.video += payload.length;
    if (role === 'keyframe') this.#current.keyframes += payload.length;
  }

  sample(now: number): LineSample {
    this.#current.elapsedMs = Math.max(1, now - this.#sampledAt);
    this.#sampledAt = now;
    this.#past = [...this.#past, this.#current].slice(-MEAN_SEC);
    this.#current = { video: 0, keyframes: 0, sound: 0, elapsedMs: 0 };
    const longestGapMs = Math.max(this.#longestGapMs, now - this.#lastAt);
    this.#longestGapMs = 0;
    const sound = this.#kbps('sound');
    const rates = { none: this.#kbps('video') + sound, keyframes: this.#kbps('keyframes') + sound, sound };
    return { rates, longestGapMs };
  }

  #kbps(part: 'video' | 'keyframes' | 'sound'): number {
    const bytes = this.#past.reduce((sum, second) => sum + second[part], 0);
    const elapsedMs = this.#past.reduce((sum, second) => sum + second.elapsedMs, 0);
    return Math.round((bytes * 8) / Math.max(1, elapsedMs));
  }
}
