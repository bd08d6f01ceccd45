/**
 * Watches the studio and tells shows from it: what happened when, for the history.
 * @module
 */
import type { Ingest } from '../../src-shared/model/ingest.ts';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import type { Target } from '../../src-shared/model/target.ts';
import type { Clock } from '../platform/clock.ts';
import { EMPTY_BATCH, rowsOf, type HistoryBatch } from './history-batch.ts';
import { Rises } from './rises.ts';
import { ShowClock } from './show-clock.ts';
import { ShowRecord } from './show-record.ts';
import { TextCleaner } from './without-keys.ts';

/** Events this close before the start or after the end of a show are of it, ms: "the encoder is live" comes first. */
const NEARBY_MS = 2_000;

/** Events that wait for a show to begin. */
const MOST_NEARBY = 50;

/** A sample covers no more than this, ms: a studio that stood still for longer has not streamed. */
const LONGEST_SPAN_MS = 5_000;

/** A show, and since when its ingest has nothing more for it. */
type Running = { readonly record: ShowRecord; overSince: number | undefined; hasLingered: boolean };

/** One for the whole studio. `write` gets a batch per sample while a show goes on; nothing is kept here but the minute. */
export class ShowRecorder {
  readonly #clock: ShowClock;
  readonly #write: (batch: HistoryBatch) => void;
  readonly #newId: () => string;
  readonly #running = new Map<string, Running>();
  /** Shows that ended a moment ago, by ingest. */
  readonly #ended = new Map<string, { readonly record: ShowRecord; readonly at: number }>();
  #nearby: readonly { readonly event: LogEvent; readonly at: number }[] = [];
  /** Ingest of each target. */
  #ingestOf: ReadonlyMap<string, string> = new Map();
  readonly #texts = new TextCleaner();
  readonly #rises = new Rises();
  #sampledAt = Number.NEGATIVE_INFINITY;

  /** @param options.newId Names a show; no two alike. */
  constructor(options: {
    readonly clock: Clock;
    readonly write: (batch: HistoryBatch) => void;
    readonly newId: () => string;
  }) {
    this.#clock = new ShowClock(options.clock);
    this.#write = options.write;
    this.#newId = options.newId;
  }

  /** The ingest went live (for the first time, or back from a hold), or its show is over for the ingest. */
  ingestLive(ingest: Ingest, live: boolean): void {
    const at = this.#clock.now();
    this.#texts.learn(ingest);
    const running = this.#running.get(ingest.id);
    if (live) this.#goesOn(ingest, at);
    else if (running !== undefined) {
      running.overSince ??= at;
      if (!running.record.hasDelayedTargets) this.#finish(ingest.id, at);
    }
    this.#writeAll();
  }

  /** @param now Of the clock, ms. Once a second, with everything there is. */
  sample(
    now: number,
    seen: { readonly ingests: readonly Ingest[]; readonly targets: readonly Target[] },
  ): void {
    const at = this.#clock.now();
    const spanMs = Math.min(LONGEST_SPAN_MS, Math.max(0, now - this.#sampledAt));
    this.#sampledAt = now;
    this.#ingestOf = new Map(seen.targets.map(({ id, ingestId }) => [id, ingestId]));
    const ids = new Set(seen.ingests.map(({ id }) => id));
    this.#texts.keepOnly(ids);
    const counted = seen.targets.map((target) => ({ target, rises: this.#rises.ofTarget(target) }));
    for (const ingest of seen.ingests) {
      const { id, state, health } = ingest;
      this.#texts.learn(ingest);
      if (state !== 'waiting') this.#goesOn(ingest, at);
      const encoderDropped = this.#rises.of(id, health?.meters.droppedFrames ?? 0);
      const running = this.#running.get(id);
      if (running === undefined) continue;
      const targets = counted.filter(({ target }) => target.ingestId === id);
      running.record.sample(at, { ingest, encoderDropped, targets, spanMs });
      if (state === 'waiting') this.#settle(id, running, at);
    }
    for (const id of this.#running.keys()) if (!ids.has(id)) this.#finish(id, at);
    this.#rises.next();
    this.#writeAll();
    this.#forgetNearby(at);
  }

  /** Every event of the log; those of no ingest and no target are of every show. */
  event(event: LogEvent): void {
    const at = this.#clock.now();
    const ingestId = event.ingestId ?? (event.targetId === null ? null : this.#ingestOf.get(event.targetId));
    if (ingestId === undefined) return;
    if (ingestId === null) {
      for (const { record } of this.#running.values()) record.event(event, at);
      return;
    }
    const record = this.#running.get(ingestId)?.record ?? this.#ended.get(ingestId)?.record;
    if (record !== undefined) record.event(event, at);
    else this.#nearby = [...this.#nearby, { event, at }].slice(-MOST_NEARBY);
  }

  /** The studio stops: every show is over. */
  close(): void {
    for (const id of [...this.#running.keys()]) this.#finish(id, this.#clock.now());
    this.#writeAll();
  }

  #goesOn(ingest: Ingest, at: number): void {
    const running = this.#running.get(ingest.id);
    if (running !== undefined) {
      if (running.overSince === undefined || running.record.hasDelayedTargets) {
        running.overSince = undefined;
        running.hasLingered = false;
        return;
      }
      this.#finish(ingest.id, running.overSince);
    }
    const record = new ShowRecord(ingest, { id: this.#newId(), startedAt: at, clean: this.#texts.clean });
    this.#forgetNearby(at);
    for (const { event, at: eventAt } of this.#nearby) {
      if (event.ingestId === ingest.id) record.event(event, eventAt);
    }
    this.#nearby = this.#nearby.filter(({ event }) => event.ingestId !== ingest.id);
    this.#running.set(ingest.id, { record, overSince: undefined, hasLingered: false });
  }

  /** The ingest waits: the show is over once nobody is behind it any more. */
  #settle(ingestId: string, running: Running, at: number): void {
    running.overSince ??= at;
    if (running.record.hasLiveTargets) running.hasLingered = true;
    else this.#finish(ingestId, running.hasLingered ? at : running.overSince);
  }

  #finish(ingestId: string, at: number): void {
    const running = this.#running.get(ingestId);
    if (running === undefined) return;
    running.record.finish(at);
    this.#running.delete(ingestId);
    // What the one that it takes the place of has left to say.
    this.#writeAll();
    this.#ended.set(ingestId, { record: running.record, at });
  }

  #writeAll(): void {
    const records = [...this.#running.values(), ...this.#ended.values()].map(({ record }) => record.take());
    const batch = records.reduce(joined, EMPTY_BATCH);
    if (rowsOf(batch) > 0) this.#write(batch);
  }

  #forgetNearby(at: number): void {
    this.#nearby = this.#nearby.filter((row) => at - row.at <= NEARBY_MS);
    for (const [id, ended] of this.#ended) if (at - ended.at > NEARBY_MS) this.#ended.delete(id);
  }
}

const joined = (a: HistoryBatch, b: HistoryBatch): HistoryBatch => ({
  shows: [...a.shows, ...b.shows],
  targets: [...a.targets, ...b.targets],
  minutes: [...a.minutes, ...b.minutes],
  outages: [...a.outages, ...b.outages],
  events: [...a.events, ...b.events],
});
