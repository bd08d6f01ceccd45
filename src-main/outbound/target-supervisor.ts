/**
 * One target while the studio runs: wants to be live whenever it is enabled and its ingest is, tries again when a
 * run was lost, stays down when trying again would not help. At most one run at a time.
 * @module
 */
import type { TargetState } from '../../src-shared/model/target.ts';
import type { Stream } from '../hub/stream.ts';
import type { Dial } from '../net/dial.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { retryDelayMs } from './backoff.ts';
import { judge, type RunEnd, type Verdict } from './run-end.ts';
import { TargetRun, type RunCounts } from './target-run.ts';
import { readTarget } from './target-url.ts';

/** A target that was live for this long is healthy: its count of tries starts anew, ms. */
export const HEALTHY_AFTER_MS = 30_000;

/** Where to publish, asked anew for every run, so that an edit counts from the next one on. */
export type TargetPlace = {
  readonly url: string;
  readonly streamKey: string;
  readonly platformName: string;
  readonly keyHint: string | null;
};

/** What the supervisor tells the studio. */
export type TargetListener = {
  readonly changed: () => void;
  readonly wentLive: (isReconnect: boolean) => void;
  readonly lost: (verdict: Verdict, retryInMs: number | undefined) => void;
};

/** What a supervisor is built from. */
export type SupervisorOptions = {
  readonly stream: Stream;
  readonly place: () => TargetPlace;
  readonly flashVer?: string;
  readonly dial: Dial;
  readonly clock: Clock;
  readonly random: Random;
  readonly listener: TargetListener;
};

/** State machine: off, waiting → connecting → live → retrying → connecting …, or failed. */
export class TargetSupervisor {
  readonly #options: SupervisorOptions;
  #enabled = false;
  #streamIsLive = false;
  #state: TargetState = 'off';
  #since: number;
  #attempt = 0;
  #reconnects = 0;
  #closedAtPublish = 0;
  #wasLive = false;
  #nextRetryAt: number | undefined;
  #lastError: { readonly verdict: Verdict; readonly at: number } | undefined;
  #run: TargetRun | undefined;
  #timer: Timer | undefined;
  #healthyTimer: Timer | undefined;
  /** Sums of runs that are over. */
  #past = { bytesSent: 0, bytesAcknowledged: 0, droppedFrames: 0 };
  #lastMs: number | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#since = options.clock.wallNow();
  }

  get state(): TargetState {
    return this.#state;
  }

  /** Wall time, ms. */
  get since(): number {
    return this.#since;
  }

  get attempt(): number {
    return this.#attempt;
  }

  get reconnects(): number {
    return this.#reconnects;
  }

  /** Wall time, ms. */
  get nextRetryAt(): number | undefined {
    return this.#nextRetryAt;
  }

  get lastError(): { readonly verdict: Verdict; readonly at: number } | undefined {
    return this.#lastError;
  }

  /** Over all runs since the target was last enabled or its show began. */
  get counts(): RunCounts {
    const run = this.#run?.counts;
    return {
      bytesSent: this.#past.bytesSent + (run?.bytesSent ?? 0),
      bytesAcknowledged: this.#past.bytesAcknowledged + (run?.bytesAcknowledged ?? 0),
      droppedFrames: this.#past.droppedFrames + (run?.droppedFrames ?? 0),
      queueMs: run?.queueMs ?? 0,
      videoMessages: run?.videoMessages ?? 0,
      lastMs: run?.lastMs ?? this.#lastMs,
    };
  }

  /** Whether it keeps an encoder's place open: it is live or about to be. */
  get isWanted(): boolean {
    return this.#state === 'live' || this.#state === 'connecting' || this.#state === 'retrying';
  }

  setEnabled(enabled: boolean): void {
    if (enabled === this.#enabled) return;
    this.#enabled = enabled;
    if (enabled) this.#forget();
    this.#settle();
  }

  /** The person asks for it now: a failed target tries again, a waiting retry comes at once. */
  startNow(): void {
    this.#enabled = true;
    if (this.#state === 'live' || this.#state === 'connecting') return;
    this.#forget();
    this.#cancelRetry();
    this.#settle(true);
  }

  /** The ingest has gone live (a new show, or back from a hold), or its show is over. */
  setStreamLive(live: boolean): void {
    if (live === this.#streamIsLive) return;
    this.#streamIsLive = live;
    if (live) this.#forget();
    this.#settle(live);
    // After the run has ended, which leaves its own: the next show counts its time from 0.
    if (!live) this.#lastMs = undefined;
  }

  /** URL or key have changed: a run under way is made anew. */
  placeChanged(): void {
    if (!this.#enabled) return;
    this.#stopRun();
    this.#cancelRetry();
    this.#forget();
    this.#settle(true);
  }

  /** For good; the platform is told goodbye. */
  close(): void {
    this.#enabled = false;
    this.#stopRun();
    this.#cancelRetry();
  }

  /** Goes to where `enabled` and the stream say. A failed target stays failed unless `again`. */
  #settle(again = false): void {
    const wanted = this.#enabled && this.#streamIsLive;
    if (!wanted) {
      this.#stopRun();
      this.#cancelRetry();
      const failed = this.#enabled && this.#state === 'failed' && !again;
      if (!failed) this.#enter(this.#enabled ? 'waiting' : 'off');
      return;
    }
    if (this.#run !== undefined || this.#timer !== undefined) return;
    if (this.#state === 'failed' && !again) return;
    this.#startRun();
  }

  #startRun(): void {
    const place = this.#options.place();
    const target = readTarget(place.url, place.streamKey);
    if ('field' in target) {
      this.#fail({
        code: `bad-${target.field === 'url' ? 'url' : 'stream-key'}`,
        message: target.message,
        retry: false,
      });
      return;
    }
    const { stream, dial, clock, random, flashVer } = this.#options;
    this.#attempt++;
    const run = new TargetRun({
      ...target,
      ...(flashVer === undefined ? {} : { flashVer }),
      stream,
      afterMs: this.#lastMs,
      dial,
      clock,
      random,
      onLive: () => {
        this.#live();
      },
      onEnd: (end) => {
        this.#ended(run, end, place);
      },
    });
    this.#run = run;
    this.#enter('connecting');
    run.start();
  }

  #live(): void {
    const isReconnect = this.#wasLive;
    if (isReconnect) this.#reconnects++;
    this.#wasLive = true;
    this.#closedAtPublish = 0;
    this.#healthyTimer?.cancel();
    this.#healthyTimer = this.#options.clock.after(HEALTHY_AFTER_MS, () => {
      this.#attempt = 0;
      this.#lastError = undefined;
      this.#options.listener.changed();
    });
    this.#enter('live');
    this.#options.listener.wentLive(isReconnect);
  }

  #ended(run: TargetRun, end: RunEnd, place: TargetPlace): void {
    if (run !== this.#run) return;
    this.#keepCounts(run);
    this.#run = undefined;
    this.#healthyTimer?.cancel();
    if (end.kind === 'stopped') return;
    this.#closedAtPublish = end.kind === 'closed' && end.step === 'publish' ? this.#closedAtPublish + 1 : 0;
    const target = readTarget(place.url, place.streamKey);
    const address = 'address' in target ? target.address : { host: '', port: 0, tls: false };
    const verdict = judge(end, {
      platformName: place.platformName,
      keyHint: place.keyHint,
      host: address.host,
      port: address.port,
      tls: address.tls,
      closedAtPublish: this.#closedAtPublish,
    });
    if (verdict.retry) this.#retry(verdict);
    else this.#fail(verdict);
  }

  #retry(verdict: Verdict): void {
    const { clock, random, listener } = this.#options;
    const delayMs = retryDelayMs(Math.max(1, this.#attempt), random.next());
    this.#lastError = { verdict, at: clock.wallNow() };
    this.#nextRetryAt = clock.wallNow() + delayMs;
    this.#timer = clock.after(delayMs, () => {
      this.#cancelRetry();
      this.#settle();
    });
    this.#enter('retrying');
    listener.lost(verdict, delayMs);
  }

  #fail(verdict: Verdict): void {
    this.#lastError = { verdict, at: this.#options.clock.wallNow() };
    this.#enter('failed');
    this.#options.listener.lost(verdict, undefined);
  }

  #stopRun(): void {
    const run = this.#run;
    if (run === undefined) return;
    this.#keepCounts(run);
    this.#run = undefined;
    this.#healthyTimer?.cancel();
    run.stop();
  }

  #keepCounts(run: TargetRun): void {
    const { bytesSent, bytesAcknowledged, droppedFrames, lastMs } = run.counts;
    this.#past.bytesSent += bytesSent;
    this.#past.bytesAcknowledged += bytesAcknowledged;
    this.#past.droppedFrames += droppedFrames;
    this.#lastMs = lastMs ?? this.#lastMs;
  }

  #cancelRetry(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#nextRetryAt = undefined;
  }

  /** A new occasion: what happened before no longer counts. */
  #forget(): void {
    this.#attempt = 0;
    this.#reconnects = 0;
    this.#closedAtPublish = 0;
    this.#wasLive = false;
    this.#lastError = undefined;
    this.#past = { bytesSent: 0, bytesAcknowledged: 0, droppedFrames: 0 };
  }

  #enter(state: TargetState): void {
    if (state !== this.#state) this.#since = this.#options.clock.wallNow();
    this.#state = state;
    this.#options.listener.changed();
  }
}
