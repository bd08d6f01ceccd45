/**
 * What the steps between the timestamps of video frames tell: the usual step, frames that did not come, frames that
 * came twice, and how even they are.
 * @module
 */
import { TIMESTAMP_JUMP_MS } from '../hub/limits.ts';
import { GAP_MS } from './timestamp-steps.ts';

/** Steps that the usual one is taken from: a second or two. */
const REMEMBERED = 60;
/** With fewer there is no usual step yet. */
const LEAST_FOR_USUAL = 20;
/** New steps after which the usual one is taken anew: sorting for each frame would be for nothing. */
const REFRESH_AFTER = 10;
/** Off the usual step by more than this share of it, and by more than whole ms can be, a step is uneven. */
const UNEVEN_SHARE = 0.25;
const UNEVEN_LEAST_MS = 2;
/** With more uneven steps than this the frame rate is variable, with less than that it is constant again. */
const VARIABLE_ABOVE = 0.35;
const CONSTANT_BELOW = 0.2;
/** Usual steps from which on a step leaves room for a frame: one that is half a step late is no loss. */
const ROOM_FROM_STEPS = 1.6;
/** In a variable frame rate only steps longer than so many usual ones count. */
const VARIABLE_ROOM_FROM_STEPS = 3;
const JITTER_SEC = 10;

type JitterSum = { sumMs: number; count: number };

/** Fed every step; bounded, and its totals only grow. */
export class FrameSteps {
  /** Frames that timestamps leave room for and that did not come. */
  dropped = 0;
  /** Those of them in steps of up to half a second: longer ones are gaps. */
  scattered = 0;
  /** Frames with the timestamp of the one before. */
  duplicates = 0;
  #isVariable = false;
  #usualMs: number | undefined;
  #steps: readonly number[] = [];
  /** Steps since the usual one was taken; before there is one, all of them. */
  #fresh: number[] = [];
  #afterBack = false;
  /** Frames that came with the timestamp of another: the room they leave behind them is no loss. */
  #doubled = 0;
  #jitter: JitterSum = { sumMs: 0, count: 0 };
  #jitterPast: readonly JitterSum[] = [];

  /** Whether frames come at uneven times by themselves, as screen recordings and phones send them. */
  get isVariable(): boolean {
    return this.#isVariable;
  }

  /** The usual step, ms; undefined: not known yet. */
  get usualMs(): number | undefined {
    return this.#usualMs;
  }

  /** Whether a step is a gap that this stream's usual steps do not explain. */
  isGap(stepMs: number): boolean {
    const usualMs = this.#usualMs ?? 0;
    return stepMs > Math.max(GAP_MS * (this.#isVariable ? 4 : 1), usualMs * VARIABLE_ROOM_FROM_STEPS);
  }

  /** @param stepMs From one frame to the next, as `TimestampSteps` gives it. */
  take(stepMs: number): void {
    if (stepMs === 0) {
      this.duplicates++;
      this.#doubled++;
    }
    const isBack = stepMs < 0;
    // The way back up again is no loss; neither is a clock that jumped.
    const isPlain = stepMs > 0 && stepMs <= TIMESTAMP_JUMP_MS && !this.#afterBack;
    if (stepMs !== 0) this.#afterBack = isBack;
    if (!isPlain) return;
    const wasKnown = this.#usualMs !== undefined;
    this.#fresh.push(stepMs);
    if (wasKnown) this.#count(stepMs);
    if (this.#fresh.length < (wasKnown ? REFRESH_AFTER : LEAST_FOR_USUAL)) return;
    const fresh = this.#fresh;
    this.#fresh = [];
    this.#steps = [...this.#steps, ...fresh].slice(-REMEMBERED);
    this.#learn();
    // Steps from before there was a usual one are judged now.
    if (!wasKnown) for (const step of fresh) this.#count(step);
  }

  /** Once a second. @returns Mean deviation from the usual step over the last ten seconds, ms; null: none known. */
  sampleJitterMs(): number | null {
    this.#jitterPast = [...this.#jitterPast, this.#jitter].slice(-JITTER_SEC);
    this.#jitter = { sumMs: 0, count: 0 };
    const count = this.#jitterPast.reduce((sum, second) => sum + second.count, 0);
    if (count === 0) return null;
    return this.#jitterPast.reduce((sum, second) => sum + second.sumMs, 0) / count;
  }

  #count(stepMs: number): void {
    const usualMs = this.#usualMs ?? stepMs;
    if (stepMs <= GAP_MS) {
      this.#jitter.sumMs += Math.abs(stepMs - usualMs);
      this.#jitter.count++;
    }
    const doubled = this.#doubled;
    this.#doubled = 0;
    const steps = stepMs / usualMs;
    if (steps < ROOM_FROM_STEPS) return;
    if (this.#isVariable && steps <= VARIABLE_ROOM_FROM_STEPS) return;
    const frames = Math.max(0, Math.floor(steps + 2 - ROOM_FROM_STEPS) - 1 - doubled);
    this.dropped += frames;
    if (stepMs <= GAP_MS) this.scattered += frames;
  }

  #learn(): void {
    const sorted = Float64Array.from(this.#steps).sort();
    const medianMs = sorted[sorted.length >> 1] ?? 0;
    const leewayMs = Math.max(UNEVEN_LEAST_MS, medianMs * UNEVEN_SHARE);
    let even = 0;
    let evenMs = 0;
    for (const step of sorted) {
      if (Math.abs(step - medianMs) > leewayMs) continue;
      even++;
      evenMs += step;
    }
    // Whole ms: 60 frames a second are steps of 16 and 17, and neither is the usual one.
    this.#usualMs = evenMs / even;
    const unevenShare = 1 - even / sorted.length;
    this.#isVariable = unevenShare > (this.#isVariable ? CONSTANT_BELOW : VARIABLE_ABOVE);
  }
}
