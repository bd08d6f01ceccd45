/**
 * One target while the studio runs: wants to be live whenever it is enabled and its ingest is, tries again when a
 * run was lost, stays down when trying again would not help. At most one run at a time.
 * @module
 */
import type { TargetState } from '../../src-shared/model/target.ts';
import type { Stream } from '../hub/stream.ts';
import type { Dial } from '../net/dial.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import type { HmacSha256, Md5 } from '../platform/crypto.ts';
import type { Random } from '../platform/random.ts';
import { retryDelayMs } from './backoff.ts';
import { judge, type RunEnd, type Verdict } from './run-end.ts';
import { RunTally } from './run-tally.ts';
import { TargetRun, type RunCounts } from './target-run.ts';
import { TargetRoute, type RouteStep, type TargetPlace } from './target-route.ts';

/** A target that was live for this long is healthy: its count of tries starts anew, ms. */
export const HEALTHY_AFTER_MS = 30_000;
/** A connection that another has taken over from is closed within this even without a keyframe, ms. */
const LEAVE_WITHIN_MS = 10_000;

/** What the supervisor tells the studio. */
export type TargetListener = {
  readonly changed: () => void;
  readonly wentLive: (isReconnect: boolean) => void;
  readonly lost: (verdict: Verdict, retryInMs: number | undefined) => void;
  /** The server asked us to move, and we have, without a gap. */
  readonly moved: (host: string) => void;
};

/** What a supervisor is built from. */
export type SupervisorOptions = {
  readonly stream: Stream;
  readonly place: () => TargetPlace;
  readonly flashVer?: string;
  readonly dial: Dial;
  readonly clock: Clock;
  readonly random: Random;
  readonly hmacSha256: HmacSha256;
  readonly md5: Md5;
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
  readonly #route: TargetRoute;
  #run: TargetRun | undefined;
  /** Where the server wants us next, being set up while `run` still sends; and the one that it has taken over from. */
  #next: TargetRun | undefined;
  #leaving: TargetRun | undefined;
  #timer: Timer | undefined;
  #healthyTimer: Timer | undefined;
  readonly #tally = new RunTally();

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#since = options.clock.wallNow();
    const { random, md5 } = options;
    const random8hex = (): string => Buffer.from(random.bytes(4)).toString('hex');
    this.#route = new TargetRoute(random8hex, md5);
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
    return this.#tally.total(this.#run, this.#leaving);
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
    if (!live) this.#tally.forgetTime();
  }

  /** URL or key have changed: a run under way is made anew. */
  placeChanged(): void {
    if (!this.#enabled) return;
    this.#stopRun();
    this.#cancelRetry();
    this.#forget();
    this.#settle(true);
  }

  /** For good; the platform is told goodbye. Settles when that is out, or nobody took it in time. */
  async close(): Promise<void> {
    this.#enabled = false;
    const runs = [this.#run, this.#next, this.#leaving].filter((run) => run !== undefined);
    this.#stopRun();
    this.#cancelRetry();
    await Promise.all(runs.map((run) => run.closed));
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

  /** @param isDetour The last run only taught another way; it was no failed try. */
  #startRun(isDetour = false): void {
    const place = this.#options.place();
    const step = this.#route.next(place);
    if ('field' in step) {
      const code = `bad-${step.field === 'url' ? 'url' : 'stream-key'}`;
      this.#fail({ code, message: step.message, retry: false });
      return;
    }
    if (!isDetour) this.#attempt++;
    this.#run = this.#makeRun(place, step, this.#tally.lastMs);
    this.#enter('connecting');
    this.#run.start();
  }

  #makeRun(place: TargetPlace, step: RouteStep, afterMs: number | 'next-keyframe' | undefined): TargetRun {
    const { stream, dial, clock, random, flashVer, hmacSha256 } = this.#options;
    const { proxy, bindAddress, certificateSha256 } = place;
    const run: TargetRun = new TargetRun({
      address: step.address,
      streamName: step.streamName,
      ...(flashVer === undefined ? {} : { flashVer }),
      digestHmac: step.handshake === 'digest' ? hmacSha256 : undefined,
      line: { proxy, bindAddress, certificateSha256 },
      stream,
      afterMs,
      dial,
      clock,
      random,
      onLive: () => {
        if (run === this.#next) this.#handOver(run, step);
        else this.#live();
      },
      onReconnectRequested: (tcUrl) => {
        if (run === this.#run) this.#move(tcUrl, place, step);
      },
      onEnd: (end) => {
        this.#ended(run, end, place, step);
      },
    });
    return run;
  }

  /** Sets up the connection that the server asks for, while this one sends on. One that fails changes nothing. */
  #move(tcUrl: string | undefined, place: TargetPlace, step: RouteStep): void {
    const address = this.#route.moved(step.address, tcUrl);
    if (address === undefined || this.#state !== 'live' || this.#next !== undefined) return;
    this.#next = this.#makeRun(place, { ...step, address }, 'next-keyframe');
    this.#next.start();
  }

  /** The new connection stands: it sends from the next keyframe on, the old one up to it. */
  #handOver(next: TargetRun, step: RouteStep): void {
    this.#leaving?.stop();
    this.#leaving = this.#run;
    this.#run = next;
    this.#next = undefined;
    this.#route.settleAt(step.address);
    this.#leaving?.stopAtKeyframe();
    const leaving = this.#leaving;
    this.#options.clock.after(LEAVE_WITHIN_MS, () => {
      leaving?.stop();
    });
    this.#options.listener.moved(step.address.host);
    this.#options.listener.changed();
  }

  #live(): void {
    const isReconnect = this.#wasLive;
    if (isReconnect) this.#reconnects++;
    this.#wasLive = true;
    this.#closedAtPublish = 0;
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

  #ended(run: TargetRun, end: RunEnd, place: TargetPlace, step: RouteStep): void {
    if (run === this.#leaving) {
      this.#tally.keep(run);
      this.#leaving = undefined;
    }
    if (run === this.#next) this.#next = undefined;
    if (run !== this.#run) return;
    this.#tally.keep(run);
    this.#run = this.#next;
    this.#next = undefined;
    this.#healthyTimer?.cancel();
    if (end.kind === 'stopped') return;
    // Lost before the place it was sent to stood: that one becomes the only one.
    if (this.#run !== undefined) {
      this.#enter('connecting');
      return;
    }
    const detour = this.#route.detour(end, place, step);
    if (detour === 'again') {
      this.#startRun(true);
      return;
    }
    this.#closedAtPublish = end.kind === 'closed' && end.step === 'publish' ? this.#closedAtPublish + 1 : 0;
    const verdict = detour ?? this.#judge(end, place, step);
    if (verdict.retry) this.#retry(verdict);
    else this.#fail(verdict);
  }

  #judge(end: Exclude<RunEnd, { kind: 'stopped' }>, place: TargetPlace, { address }: RouteStep): Verdict {
    return judge(end, {
      platformName: place.platformName,
      keyHint: place.keyHint,
      host: address.host,
      port: address.port,
      tls: address.tls,
      closedAtPublish: this.#closedAtPublish,
    });
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
    const [run, next, leaving] = [this.#run, this.#next, this.#leaving];
    this.#run = undefined;
    this.#next = undefined;
    this.#leaving = undefined;
    this.#healthyTimer?.cancel();
    for (const stopped of [leaving, run]) if (stopped !== undefined) this.#tally.keep(stopped);
    for (const stopped of [leaving, run, next]) stopped?.stop();
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
    this.#tally.forgetCounts();
    this.#route.reset();
  }

  #enter(state: TargetState): void {
    if (state !== this.#state) this.#since = this.#options.clock.wallNow();
    this.#state = state;
    this.#options.listener.changed();
  }
}
