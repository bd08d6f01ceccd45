/**
 * One show while it goes on.
 * @module
 */
import type { Ingest } from '../../src-shared/model/ingest.ts';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import type { Target } from '../../src-shared/model/target.ts';
import { encoderLine } from './encoder-line.ts';
import { EncoderRecord } from './encoder-record.ts';
import type { HistoryBatch, KeptEvent, KeptShow } from './history-batch.ts';
import type { TargetRises } from './rises.ts';
import { TargetRecord, type SampleTime } from './target-record.ts';

/** Events kept of one show: one with a lot of trouble has a few hundred. */
const MOST_EVENTS = 5_000;

/** A target takes part once it tries; before, it is off or waits for its time. */
const TAKES_PART: readonly Target['state'][] = ['connecting', 'live', 'retrying', 'failed'];

/** What one sample of the studio says of one show. */
export type SeenShow = {
  readonly ingest: Ingest;
  /** Frames that its encoder has dropped since the last sample. */
  readonly encoderDropped: number;
  /** The targets of this ingest. */
  readonly targets: readonly { readonly target: Target; readonly rises: TargetRises }[];
  /** Since the last sample, ms. */
  readonly spanMs: number;
};

/** Knows the minute that goes on and sums; everything older is on the disk. Times are show time, ms. */
export class ShowRecord {
  readonly #clean: (text: string) => string;
  readonly #encoder: EncoderRecord;
  readonly #targets = new Map<string, TargetRecord>();
  #show: KeptShow;
  #events: KeptEvent[] = [];
  #eventCount = 0;
  #sampledAt: number;
  #live: readonly Target[] = [];

  constructor(
    ingest: Pick<Ingest, 'id' | 'name'>,
    of: { readonly id: string; readonly startedAt: number; readonly clean: (text: string) => string },
  ) {
    const { id, startedAt, clean } = of;
    this.#clean = clean;
    this.#encoder = new EncoderRecord({ id, startedAt });
    this.#sampledAt = startedAt;
    this.#show = {
      id,
      ingestId: ingest.id,
      ingestName: clean(ingest.name),
      startedAt,
      endedAt: null,
      lastSeenAt: startedAt,
      encoder: '',
    };
  }

  /** Whether a target of it was live in the last sample. */
  get hasLiveTargets(): boolean {
    return this.#live.length > 0;
  }

  /** Whether a target that is behind the show was live in the last sample. */
  get hasDelayedTargets(): boolean {
    return this.#live.some(({ delayedBySeconds }) => delayedBySeconds > 0);
  }

  event(event: LogEvent, at: number): void {
    this.#encoder.event(event, at);
    this.#eventCount++;
    if (this.#eventCount > MOST_EVENTS) return;
    const kept: LogEvent =
      this.#eventCount === MOST_EVENTS
        ? {
            ...event,
            level: 'info',
            code: 'events-left-out',
            message: 'More happened in this show than is kept.',
          }
        : { ...event, message: this.#clean(event.message) };
    this.#events.push({ showId: this.#show.id, event: kept });
  }

  /** Takes in a second. */
  sample(at: number, seen: SeenShow): void {
    const { ingest, targets } = seen;
    const before = this.#sampledAt;
    const time: SampleTime = { at, before, spanMs: Math.min(seen.spanMs, Math.max(0, at - before)) };
    this.#sampledAt = Math.max(before, at);
    this.#encoder.sample(ingest, time, seen.encoderDropped);
    for (const { target, rises } of targets) this.#record(target)?.sample(target, time, rises);
    for (const [id, record] of this.#targets) {
      if (!targets.some(({ target }) => target.id === id)) record.leave(at);
    }
    this.#live = targets.map(({ target }) => target).filter(({ state }) => state === 'live');
    const line = encoderLine(ingest, this.#clean);
    this.#show = {
      ...this.#show,
      ingestName: this.#clean(ingest.name),
      lastSeenAt: this.#sampledAt,
      encoder: line === '' ? this.#show.encoder : line,
    };
  }

  /** The show is over; events may still come. */
  finish(at: number): void {
    this.#encoder.leave(at);
    for (const record of this.#targets.values()) record.leave(at);
    const endedAt = Math.max(this.#show.startedAt, at);
    this.#show = { ...this.#show, endedAt, lastSeenAt: Math.max(endedAt, this.#show.lastSeenAt) };
  }

  /** Rows that may have changed since the last call. */
  take(): HistoryBatch {
    const encoder = this.#encoder.take();
    const targets = [...this.#targets.values()].map((record) => record.take());
    const events = this.#events;
    this.#events = [];
    return {
      shows: [this.#show],
      targets: targets.map(({ target }) => target),
      minutes: [encoder, ...targets].flatMap(({ minute }) => (minute === undefined ? [] : [minute])),
      outages: [encoder, ...targets].flatMap(({ outages }) => outages),
      events,
    };
  }

  #record(target: Target): TargetRecord | undefined {
    const known = this.#targets.get(target.id);
    if (known !== undefined || !TAKES_PART.includes(target.state)) return known;
    const { id, startedAt } = this.#show;
    const record = new TargetRecord(target, { id, startedAt, clean: this.#clean });
    this.#targets.set(target.id, record);
    return record;
  }
}
