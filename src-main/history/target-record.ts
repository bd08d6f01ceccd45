/**
 * One target in one show.
 * @module
 */
import type { Target } from '../../src-shared/model/target.ts';
import type { KeptMinute, KeptOutage, KeptTarget } from './history-batch.ts';
import { MinuteTally } from './minute-tally.ts';
import { OutageWatch, type OutageCause } from './outage-watch.ts';
import type { TargetRises } from './rises.ts';

const NOT_TOLD: OutageCause = { code: 'connected-anew', cause: 'It was connected anew.' };

/** When a sample was taken, and how long after the one before. Show time, ms. */
export type SampleTime = { readonly at: number; readonly spanMs: number; readonly before: number };

/** Takes a sample a second; what it hands out replaces what it handed out before. */
export class TargetRecord {
  readonly #startedAt: number;
  readonly #tally: MinuteTally;
  readonly #outages: OutageWatch;
  /** Makes a text fit to be kept. */
  readonly #clean: (text: string) => string;
  #sums: KeptTarget;
  #minute: KeptMinute | undefined;

  constructor(
    target: Target,
    show: { readonly id: string; readonly startedAt: number; readonly clean: (text: string) => string },
  ) {
    const of = { showId: show.id, targetId: target.id };
    this.#startedAt = show.startedAt;
    this.#tally = new MinuteTally({ ...of, startedAt: show.startedAt });
    this.#outages = new OutageWatch(of);
    this.#clean = show.clean;
    this.#sums = {
      ...of,
      name: show.clean(target.name),
      platform: target.platform,
      firstLiveAt: null,
      liveMs: 0,
      bytes: 0,
      bits: 0,
      ratedMs: 0,
      droppedFrames: 0,
      reconnects: 0,
    };
  }

  sample(target: Target, time: SampleTime, rises: TargetRises): void {
    const { state } = target;
    const isLive = state === 'live';
    const { reconnects, bytes, droppedFrames } = rises;
    const wasLive = this.#sums.firstLiveAt !== null;
    this.#watch(target, time, { wasLive, reconnects });
    // Connecting for the first time is no loss.
    const isWanted = isLive || this.#outages.isOpen;
    const kbps = target.bitrateKbps;
    const { spanMs } = time;
    const { name, platform } = target;
    const sums = this.#sums;
    this.#sums = {
      ...sums,
      name: this.#clean(name),
      platform,
      firstLiveAt: sums.firstLiveAt ?? (isLive ? this.#between(target.since, time) : null),
      liveMs: sums.liveMs + (isLive ? spanMs : 0),
      bytes: sums.bytes + bytes,
      bits: sums.bits + (isLive ? kbps * spanMs : 0),
      ratedMs: sums.ratedMs + (isLive ? spanMs : 0),
      droppedFrames: sums.droppedFrames + droppedFrames,
      reconnects: sums.reconnects + reconnects,
    };
    // Minutes in which it was not meant to be live are left out.
    if (!isWanted && droppedFrames === 0) return;
    const queueMs = isLive ? target.queueMs : null;
    const figures = { isLive, isWanted, kbps, fps: null, droppedFrames, queueMs, jitterMs: null };
    this.#minute = this.#tally.add(time.at, { spanMs, ...figures });
  }

  /** It was taken away or stopped, or the show is over. */
  leave(at: number): void {
    this.#outages.end(at);
  }

  /** Rows as they are now; outages since the last call. */
  take(): {
    readonly target: KeptTarget;
    readonly minute: KeptMinute | undefined;
    readonly outages: readonly KeptOutage[];
  } {
    const minute = this.#minute;
    this.#minute = undefined;
    return { target: this.#sums, minute, outages: this.#outages.take() };
  }

  #watch(
    target: Target,
    time: SampleTime,
    before: { readonly wasLive: boolean; readonly reconnects: number },
  ): void {
    const outages = this.#outages;
    switch (target.state) {
      case 'live':
        // Lost and back between two samples.
        if (!outages.isOpen && before.wasLive && before.reconnects > 0) {
          outages.begin(this.#lostAt(target, time), this.#why(target, time) ?? NOT_TOLD);
        }
        outages.end(this.#between(target.since, time));
        return;
      case 'off':
      case 'waiting':
        outages.end(this.#between(target.since, time));
        return;
      case 'connecting':
      case 'retrying':
      case 'failed': {
        const why = this.#why(target, time);
        if (outages.isOpen) {
          if (why !== undefined && outages.code === NOT_TOLD.code) outages.explain(why);
        } else if (before.wasLive || why !== undefined) {
          outages.begin(this.#lostAt(target, time), why ?? NOT_TOLD);
        }
      }
    }
  }

  /** Undefined: what it says is of before the show, or of before it was last live. */
  #why({ lastError }: Target, time: SampleTime): OutageCause | undefined {
    const since = this.#outages.since ?? this.#earliest(time);
    if (lastError === null || Date.parse(lastError.at) < since) return undefined;
    return { code: lastError.code, cause: this.#clean(lastError.message) };
  }

  #lostAt(target: Target, time: SampleTime): number {
    const { lastError } = target;
    if (lastError !== null && Date.parse(lastError.at) >= this.#earliest(time))
      return this.#between(lastError.at, time);
    return target.state === 'live' ? time.before : this.#between(target.since, time);
  }

  /** What happened before that was told by the sample before; a target that was never live may have failed earlier. */
  #earliest(time: SampleTime): number {
    return this.#sums.firstLiveAt === null ? this.#startedAt : time.before - 1_000;
  }

  /** A time that others tell, held between the two samples it must lie between. */
  #between(isoTime: string, { before, at }: SampleTime): number {
    const told = Date.parse(isoTime);
    if (Number.isNaN(told)) return at;
    const earliest = this.#sums.firstLiveAt === null ? this.#startedAt : before;
    return Math.min(at, Math.max(earliest, told));
  }
}
