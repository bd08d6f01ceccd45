/**
 * Figures of the minute that goes on, of one target or of the encoder.
 * @module
 */
import type { KeptMinute } from './history-batch.ts';

const MINUTE_MS = 60_000;

/** What one sample says, of the time since the sample before. Times in ms; null: not measured. */
export type Sampled = {
  readonly spanMs: number;
  readonly isLive: boolean;
  readonly isWanted: boolean;
  /** 1000 bit/s. */
  readonly kbps: number | null;
  readonly fps: number | null;
  readonly droppedFrames: number;
  readonly queueMs: number | null;
  readonly jitterMs: number | null;
};

type Figures = Omit<KeptMinute, 'showId' | 'targetId' | 'minute' | 'at' | 'fps'>;

const NOTHING: Figures = {
  liveMs: 0,
  wantedMs: 0,
  bits: 0,
  ratedMs: 0,
  droppedFrames: 0,
  queueMs: null,
  jitterMs: null,
};

/** Sums up one minute at a time; a new one begins with the first sample of it. */
export class MinuteTally {
  readonly #of: { readonly showId: string; readonly targetId: string; readonly startedAt: number };
  #minute = -1;
  #figures = NOTHING;
  #fpsSum = 0;
  #fpsCount = 0;

  constructor(of: { readonly showId: string; readonly targetId: string; readonly startedAt: number }) {
    this.#of = of;
  }

  /** @param at Show time, when the sample was taken. Returns the row of the minute so far. */
  add(at: number, sample: Sampled): KeptMinute {
    const { showId, targetId, startedAt } = this.#of;
    // What is sampled at the full minute is of the minute before.
    const minute = Math.max(0, Math.ceil((at - startedAt) / MINUTE_MS) - 1);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#figures = NOTHING;
      this.#fpsSum = 0;
      this.#fpsCount = 0;
    }
    this.#figures = sum(this.#figures, sample);
    if (sample.fps !== null) {
      this.#fpsSum += sample.fps;
      this.#fpsCount++;
    }
    const fps = this.#fpsCount === 0 ? null : this.#fpsSum / this.#fpsCount;
    return { showId, targetId, minute, at: startedAt + minute * MINUTE_MS, ...this.#figures, fps };
  }
}

function sum(figures: Figures, sample: Sampled): Figures {
  const { spanMs, isLive, isWanted, kbps, droppedFrames, queueMs, jitterMs } = sample;
  const isRated = isLive && kbps !== null;
  return {
    liveMs: figures.liveMs + (isLive ? spanMs : 0),
    wantedMs: figures.wantedMs + (isWanted ? spanMs : 0),
    // 1000 bit/s for a millisecond are as many bits.
    bits: figures.bits + (isRated ? kbps * spanMs : 0),
    ratedMs: figures.ratedMs + (isRated ? spanMs : 0),
    droppedFrames: figures.droppedFrames + droppedFrames,
    queueMs: highest(figures.queueMs, queueMs),
    jitterMs: highest(figures.jitterMs, jitterMs),
  };
}

const highest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);
