/**
 * One target while the studio runs: wants to be live whenever it is enabled and its ingest is, tries again when a
 * run was lost, stays down when trying again would not help.
 * @module
 */
import type { ShedLevel, TargetState } from '../../src-shared/model/target.ts';
import type { Stream } from '../hub/stream.ts';
import type { Timer } from '../platform/clock.ts';
import type { Md5 } from '../platform/crypto.ts';
import { retryDelayMs } from './backoff.ts';
import { judge, type RunEnd, type Verdict } from './run-end.ts';
import { TargetRoute, type RouteStep, type TargetPlace } from './target-route.ts';
import type { RunCounts } from './run-counts.ts';
import { TargetRuns, type Journey, type RunParts } from './target-runs.ts';

/** A target that was live for this long is healthy: its count of tries starts anew, ms. */
export const HEALTHY_AFTER_MS = 30_000;

/** When the network is back, targets try again spread over this long, ms: so that they do not all call at once. */
const TRY_NOW_WITHIN_MS = 1_000;

/** What the supervisor tells the studio. */
export type TargetListener = {
  readonly changed: () => void;
  readonly wentLive: (isReconnect: boolean) => void;
  readonly lost: (verdict: Verdict, retryInMs: number | undefined) => void;
  /** The server asked us to move, and we have, without a gap. */
  readonly moved: (host: string) => void;
  /** It sends the stream that `switchStream` asked for, or will with its next run. */
  readonly switched?: () => void;
};

/** What a supervisor is built from. */
export type SupervisorOptions = RunParts & {
  readonly place: () => TargetPlace;
  readonly md5: Md5;
  readonly listener: TargetListener;
  /** Pause before the next try, ms, when not each target decides by itself; `attempt` counts from 1. */
  readonly retryDelay?: (verdict: Verdict, attempt: number) => number;
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
  #refusedInARow = 0;
  #wasLive = false;
  #nextRetryAt: number | undefined;
  #lastError: { readonly verdict: Verdict; readonly at: number } | undefined;
  #route: TargetRoute;
  readonly #runs: TargetRuns;
  #timer: Timer | undefined;
  #healthyTimer: Timer | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#since = options.clock.wallNow();
    const { random, md5 } = options;
    const random8hex = (): string => Buffer.from(random.bytes(4)).toString('hex');
    this.#route = new TargetRoute(random8hex, md5);
    this.#runs = new TargetRuns(options, {
      live: () => {
        this.#live();
      },
      promoted: () => {
        this.#healthyTimer?.cancel();
        this.#attempt++;
        this.#enter('connecting');
      },
      ended: (journey, end) => {
        this.#ended(journey, end);
      },
      moved: (host) => {
        options.listener.moved(host);
      },
      switched: () => {
        options.listener.switched?.();
      },
    });
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
    return this.#runs.counts;
  }

  /** The stream that it sends, or will with its next run. */
  get stream(): Stream {
    return this.#runs.stream;
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
    if (!live) this.#runs.showOver();
  }

  /**
   * Sends another stream on the same time, without a new connection and without a gap: from that stream's next
   * keyframe on that is behind what was sent. While it has none, the target stays where it is, connecting or live.
   * Between shows it changes at once. The newest wish counts.
   */
  switchStream(stream: Stream): void {
    this.#runs.switchStream(stream);
    if (!this.#streamIsLive) this.#runs.finishSwitch();
  }

  /** What of the stream is sent, from now on. */
  setShed(level: ShedLevel): void {
    this.#runs.setShed(level);
  }

  /** The network is back, or the computer woke up: a waiting retry comes at once; nothing else changes. */
  tryNow(): void {
    if (this.#state !== 'retrying' || this.#nextRetryAt === undefined) return;
    const { clock, random } = this.#options;
    const delayMs = Math.round(random.next() * TRY_NOW_WITHIN_MS);
    if (this.#nextRetryAt - clock.wallNow() <= delayMs) return;
    this.#retryIn(delayMs);
    this.#options.listener.changed();
  }

  /** The network may have changed: a live connection that takes nothing is given up soon; see `TargetRun.checkLine`. */
  checkLine(): void {
    this.#runs.checkLine();
  }

  /** URL or key have changed: a run under way is made anew. */
  placeChanged(): void {
    if (!this.#enabled) return;
    void this.#stopRun();
    this.#cancelRetry();
    this.#forget();
    this.#settle(true);
  }

  /** For good; the platform is told goodbye. Settles when that is out, or nobody took it in time. */
  async close(): Promise<void> {
    this.#enabled = false;
    this.#healthyTimer?.cancel();
    const closed = this.#runs.close();
    this.#cancelRetry();
    await closed;
  }

  /** Goes to where `enabled` and the stream say. A failed target stays failed unless `again`. */
  #settle(again = false): void {
    const wanted = this.#enabled && this.#streamIsLive;
    if (!wanted) {
      void this.#stopRun();
      this.#cancelRetry();
      const failed = this.#enabled && this.#state === 'failed' && !again;
      if (!failed) this.#enter(this.#enabled ? 'waiting' : 'off');
      return;
    }
    if (this.#runs.isRunning || this.#timer !== undefined) return;
    if (this.#state === 'failed' && !again) return;
    this.#startRun();
  }

  /** @param isDetour The last run only taught another way; it was no failed try. */
  #startRun(isDetour = false): void {
    if (!isDetour) this.#route.begin();
    const place = this.#options.place();
    const step = this.#route.next(place);
    if ('field' in step) {
      const code = `bad-${step.field === 'url' ? 'url' : 'stream-key'}`;
      this.#fail({ code, message: step.message, retry: false });
      return;
    }
    if (!isDetour) this.#attempt++;
    this.#runs.start(this.#route, place, step);
    this.#enter('connecting');
  }

  #live(): void {
    const isReconnect = this.#wasLive;
    if (isReconnect) this.#reconnects++;
    this.#wasLive = true;
    this.#closedAtPublish = 0;
    this.#refusedInARow = 0;
    this.#route.arrived();
    this.#healthyTimer?.cancel();
    this.#healthyTimer = this.#options.clock.after(HEALTHY_AFTER_MS, () => {
      this.#attempt = 0;
      this.#lastError = undefined;
      this.#options.listener.changed();
    });
    this.#enter('live');
    this.#options.listener.wentLive(isReconnect);
  }

  #ended({ route, place, step }: Journey, end: Exclude<RunEnd, { kind: 'stopped' }>): void {
    this.#healthyTimer?.cancel();
    // After a move it is another.
    this.#route = route;
    const detour = route.detour(end, place, step);
    if (detour === 'again') {
      this.#startRun(true);
      return;
    }
    if (this.#state === 'connecting') route.failed();
    this.#closedAtPublish = end.kind === 'closed' && end.step === 'publish' ? this.#closedAtPublish + 1 : 0;
    this.#refusedInARow = end.kind === 'refused' ? this.#refusedInARow + 1 : 0;
    const verdict = detour ?? this.#judge(end, place, step);
    if (verdict.retry) this.#retry(verdict);
    else this.#fail(verdict);
  }

  #judge(end: Exclude<RunEnd, { kind: 'stopped' }>, place: TargetPlace, { address }: RouteStep): Verdict {
    return judge(end, {
      platformName: place.platformName,
      keyPlace: place.keyPlace,
      wasLive: this.#wasLive,
      refusedInARow: this.#refusedInARow,
      host: address.host,
      port: address.port,
      tls: address.tls,
      closedAtPublish: this.#closedAtPublish,
    });
  }

  #retry(verdict: Verdict): void {
    const { clock, random, listener, retryDelay } = this.#options;
    const attempt = Math.max(1, this.#attempt);
    const delayMs = retryDelay?.(verdict, attempt) ?? retryDelayMs(attempt, random.next());
    this.#lastError = { verdict, at: clock.wallNow() };
    this.#retryIn(delayMs);
    this.#enter('retrying');
    listener.lost(verdict, delayMs);
  }

  #retryIn(delayMs: number): void {
    const { clock } = this.#options;
    this.#timer?.cancel();
    this.#nextRetryAt = clock.wallNow() + delayMs;
    this.#timer = clock.after(delayMs, () => {
      this.#cancelRetry();
      this.#settle();
    });
  }

  #fail(verdict: Verdict): void {
    this.#lastError = { verdict, at: this.#options.clock.wallNow() };
    this.#enter('failed');
    this.#options.listener.lost(verdict, undefined);
  }

  async #stopRun(): Promise<void> {
    this.#healthyTimer?.cancel();
    await this.#runs.stop();
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
    this.#refusedInARow = 0;
    this.#wasLive = false;
    this.#lastError = undefined;
    this.#runs.forgetCounts();
    this.#route.reset();
  }

  #enter(state: TargetState): void {
    if (state !== this.#state) this.#since = this.#options.clock.wallNow();
    this.#state = state;
    this.#options.listener.changed();
  }
}
