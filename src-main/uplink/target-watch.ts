/**
 * Whether one target lags, with the figures that say so.
 * @module
 */
import type { ShedLevel } from '../../src-shared/model/target.ts';
import { AckWatch } from './ack-watch.ts';

/** Media that waits longer than this is more than a burst, ms: a keyframe of a high bitrate waits a few 100 ms. */
const SLOW_QUEUE_MS = 1_000;
/** Samples in a row with such a queue before it counts: a single one is a hiccup that nobody sees. */
const SLOW_SAMPLES = 3;
/** The queue counts as empty again below this, ms: apart from the other limit, so that the word does not flicker. */
const CALM_QUEUE_MS = 500;
/** Calm samples in a row before a target has recovered. */
const CALM_SAMPLES = 5;
/** How long a dropped frame counts, ms. */
const DROPS_COUNT_MS = 10_000;
/** Frames up to the next keyframe are left out, and counted as dropped, when shedding ends, ms: the longest GOP that platforms take. */
const AFTER_SHED_MS = 10_000;
/** Bitrates are told as the mean of this many samples: single seconds jump by a keyframe. */
const MEAN_SAMPLES = 5;

/** One target at one moment. Totals may begin anew with each connection. */
export type TargetLine = {
  readonly id: string;
  readonly name: string;
  readonly isLive: boolean;
  /** On this computer: says nothing of the line. */
  readonly isLocal: boolean;
  /** What it is spared now: frames that are left out on purpose are counted as dropped, and are no lag. */
  readonly shed: ShedLevel;
  /** Stream time that waits, ms. */
  readonly queueMs: number;
  /** Handed to the system and not taken yet, bytes. */
  readonly backlogBytes: number;
  /** Total. */
  readonly bytesSent: number;
  /** Total; 0: it never acknowledges. */
  readonly bytesAcknowledged: number;
  /** Null: it answers no ping. */
  readonly roundTripMs: number | null;
  /** Total, video frames. */
  readonly droppedFrames: number;
  /** Sent in the last second, 1000 bit/s. */
  readonly kbps: number;
  /** What it is to get at its level of shedding, 1000 bit/s; 0: not known. */
  readonly wantedKbps: number;
};

/** What is told of a target. Bitrates are means over 5 s. */
export type TargetFigures = {
  readonly name: string;
  readonly queueMs: number;
  readonly kbps: number;
  readonly wantedKbps: number;
  readonly roundTripMs: number | null;
  /** Beyond what is usual; or the system's backlog, for a target that does not acknowledge. */
  readonly waitingBytes: number;
  readonly isAcknowledging: boolean;
  /** In the last 10 s. */
  readonly droppedFrames: number;
};

/** One per live target, from when it goes live until it is lost; fed once a second. */
export class TargetWatch {
  #line: TargetLine;
  readonly #acks = new AckWatch();
  #lags = false;
  #slowSamples = 0;
  #calmSamples = 0;
  #drops: readonly { readonly at: number; readonly frames: number }[] = [];
  #shedUntil = -Infinity;
  #rates: readonly TargetLine[] = [];

  constructor(line: TargetLine) {
    this.#line = line;
  }

  get line(): TargetLine {
    return this.#line;
  }

  get lags(): boolean {
    return this.#lags;
  }

  get figures(): TargetFigures {
    const { name, queueMs, roundTripMs, bytesAcknowledged, backlogBytes } = this.#line;
    const isAcknowledging = bytesAcknowledged > 0;
    const mean = (of: (line: TargetLine) => number): number =>
      this.#rates.reduce((sum, line) => sum + of(line), 0) / Math.max(1, this.#rates.length);
    return {
      name,
      queueMs,
      roundTripMs,
      isAcknowledging,
      kbps: mean((line) => line.kbps),
      wantedKbps: mean((line) => line.wantedKbps),
      waitingBytes: isAcknowledging ? this.#acks.behindBytes : backlogBytes,
      droppedFrames: this.#drops.reduce((sum, { frames }) => sum + frames, 0),
    };
  }

  /** Takes the next second. */
  sample(now: number, line: TargetLine): void {
    this.#countDrops(now, line);
    this.#line = line;
    this.#rates = [...this.#rates, line].slice(-MEAN_SAMPLES);
    this.#acks.sample(now, line);
    this.#slowSamples = line.queueMs > SLOW_QUEUE_MS ? this.#slowSamples + 1 : 0;
    const fails = this.#drops.length > 0 || this.#acks.isBehind(line.wantedKbps);
    this.#calmSamples = fails || line.queueMs > CALM_QUEUE_MS ? 0 : this.#calmSamples + 1;
    if (fails || this.#slowSamples >= SLOW_SAMPLES) this.#lags = true;
    else if (this.#calmSamples >= CALM_SAMPLES) this.#lags = false;
  }

  #countDrops(now: number, line: TargetLine): void {
    this.#drops = this.#drops.filter(({ at }) => now - at < DROPS_COUNT_MS);
    if (line.shed !== 'none' || this.#line.shed !== 'none') this.#shedUntil = now + AFTER_SHED_MS;
    const frames = line.droppedFrames - this.#line.droppedFrames;
    if (frames > 0 && now >= this.#shedUntil) this.#drops = [...this.#drops, { at: now, frames }];
  }
}
