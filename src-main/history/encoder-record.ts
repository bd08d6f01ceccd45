/**
 * The encoder of one show.
 * @module
 */
import type { Ingest } from '../../src-shared/model/ingest.ts';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import { ENCODER, type KeptMinute, type KeptOutage } from './history-batch.ts';
import { MinuteTally } from './minute-tally.ts';
import { OutageWatch, type OutageCause } from './outage-watch.ts';
import type { SampleTime } from './target-record.ts';

/** What the event log said explains an outage that is seen within this, ms. */
const EXPLAINS_MS = 5_000;

const GONE: OutageCause = { code: 'encoder-gone', cause: 'The encoder was gone.' };

/** Takes a sample a second, as a target's record. */
export class EncoderRecord {
  readonly #tally: MinuteTally;
  readonly #outages: OutageWatch;
  #minute: KeptMinute | undefined;
  /** Why and when it was lost last, as the event log said. */
  #told: { readonly at: number; readonly why: OutageCause } | undefined;
  #onAir: Ingest['onAir'] = null;

  constructor(show: { readonly id: string; readonly startedAt: number }) {
    const of = { showId: show.id, targetId: ENCODER };
    this.#tally = new MinuteTally({ ...of, startedAt: show.startedAt });
    this.#outages = new OutageWatch(of);
  }

  /** Notes what explains an outage. @param at Show time, ms. */
  event({ code, level }: LogEvent, at: number): void {
    const cause =
      code === 'encoder-stalled'
        ? 'The encoder was connected, but sent no picture.'
        : level === 'info'
          ? 'The encoder stopped.'
          : 'The connection of the encoder was lost.';
    if (code === 'encoder-stalled' || code === 'encoder-left') this.#told = { at, why: { code, cause } };
  }

  /** @param rise Frames it has dropped since the last sample. */
  sample(ingest: Ingest, time: SampleTime, rise: number): void {
    const { state, onAir, health } = ingest;
    const isFilled = onAir === 'freeze' || onAir === 'slate';
    const isLive = state === 'live' && !isFilled;
    this.#watch(ingest, isLive, time);
    // Another encoder counts for itself, and its count so far is not of this show's picture.
    const isSame = this.#onAir === null || this.#onAir === onAir;
    this.#onAir = isLive ? onAir : this.#onAir;
    if (state === 'waiting') return;
    this.#minute = this.#tally.add(time.at, {
      spanMs: time.spanMs,
      isLive,
      isWanted: true,
      kbps: health === null ? null : (health.video?.kbps ?? 0) + (health.audio?.kbps ?? 0),
      fps: isLive ? (health?.video?.fps ?? null) : null,
      droppedFrames: isSame ? rise : 0,
      queueMs: null,
      jitterMs: isLive ? (health?.meters.arrivalJitterMs ?? health?.jitterMs ?? null) : null,
    });
  }

  /** The show is over. */
  leave(at: number): void {
    this.#outages.end(at);
  }

  /** Rows that changed since the last call. */
  take(): { readonly minute: KeptMinute | undefined; readonly outages: readonly KeptOutage[] } {
    const minute = this.#minute;
    this.#minute = undefined;
    return { minute, outages: this.#outages.take() };
  }

  #watch({ state, since }: Ingest, isLive: boolean, time: SampleTime): void {
    const outages = this.#outages;
    const changedAt = between(Date.parse(since), time);
    const told = this.#told;
    if (isLive) {
      // Lost and back between two samples.
      if (!outages.isOpen && told !== undefined && told.at > time.before && changedAt > told.at) {
        outages.begin(told.at, told.why);
      }
      outages.end(changedAt);
    } else if (state === 'waiting') outages.end(changedAt);
    else if (!outages.isOpen) {
      const isTold = told !== undefined && time.at - told.at <= EXPLAINS_MS;
      outages.begin(isTold ? between(told.at, time) : changedAt, isTold ? told.why : GONE);
    }
  }
}

function between(told: number, { before, at }: SampleTime): number {
  return Number.isNaN(told) ? at : Math.min(at, Math.max(before, told));
}
