/**
 * What all runs of a target have sent together.
 * @module
 */
import type { SentUpTo } from '../feed/sent-before.ts';
import type { RunCounts } from './run-counts.ts';
import type { TargetRun } from './target-run.ts';

const NOTHING = { bytesSent: 0, bytesAcknowledged: 0, droppedFrames: 0 };

/** Sums of the runs that are over, and the stream time that the server has had. */
export class RunTally {
  #past = NOTHING;
  #lastMs: number | undefined;
  #sentUpTo: SentUpTo | undefined;

  /** Stream time up to which the server has had the stream, ms; undefined: nothing of this show. */
  get lastMs(): number | undefined {
    return this.#lastMs;
  }

  /** The same by kind, with what a run under way has sent. */
  sentUpTo(run: TargetRun | undefined): SentUpTo | undefined {
    return run === undefined ? this.#sentUpTo : newest(run.counts, this.#sentUpTo);
  }

  /** A run is over. */
  keep(run: TargetRun): void {
    const { bytesSent, bytesAcknowledged, droppedFrames, lastMs } = run.counts;
    this.#past = {
      bytesSent: this.#past.bytesSent + bytesSent,
      bytesAcknowledged: this.#past.bytesAcknowledged + bytesAcknowledged,
      droppedFrames: this.#past.droppedFrames + droppedFrames,
    };
    if (lastMs !== undefined) this.#lastMs = Math.max(lastMs, this.#lastMs ?? 0);
    this.#sentUpTo = newest(run.counts, this.#sentUpTo);
  }

  /** Counts begin anew; the stream goes on. */
  forgetCounts(): void {
    this.#past = NOTHING;
  }

  /** The show is over: stream time begins anew. */
  forgetTime(): void {
    this.#lastMs = undefined;
    this.#sentUpTo = undefined;
  }

  /** All together; the first of the runs under way is the one whose queue counts. */
  total(current: TargetRun | undefined, other: TargetRun | undefined): RunCounts {
    const [run, leaving] = [current?.counts, other?.counts];
    const sum = (key: keyof typeof NOTHING): number =>
      this.#past[key] + (run?.[key] ?? 0) + (leaving?.[key] ?? 0);
    return {
      bytesSent: sum('bytesSent'),
      bytesAcknowledged: sum('bytesAcknowledged'),
      droppedFrames: sum('droppedFrames'),
      queueMs: run?.queueMs ?? 0,
      queuedBytes: run?.queuedBytes ?? 0,
      backlogBytes: run?.backlogBytes ?? 0,
      roundTripMs: run?.roundTripMs ?? null,
      videoMessages: run?.videoMessages ?? 0,
      lastMs: run?.lastMs ?? this.#lastMs,
      audioMs: run?.audioMs ?? this.#sentUpTo?.audioMs,
      videoMs: run?.videoMs ?? this.#sentUpTo?.videoMs,
    };
  }
}

function newest(one: SentUpTo, other: SentUpTo | undefined): SentUpTo {
  return { audioMs: newer(one.audioMs, other?.audioMs), videoMs: newer(one.videoMs, other?.videoMs) };
}

function newer(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}
