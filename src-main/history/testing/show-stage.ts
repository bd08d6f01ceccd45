/**
 * A studio of cardboard: one ingest and its targets, sampled once a second in virtual time.
 * @module
 */
import type { HealthReport } from '../../../src-shared/model/health.ts';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import type { LogEvent } from '../../../src-shared/model/log-event.ts';
import type { Target } from '../../../src-shared/model/target.ts';
import { SAMPLE_FORMAT, SAMPLE_INGEST, SAMPLE_TARGET } from '../../../src-shared/model/testing/samples.ts';
import { ManualClock } from '../../platform/testing/manual-clock.ts';
import type { HistoryBatch } from '../history-batch.ts';
import { ShowRecorder } from '../show-recorder.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const health: HealthReport = {
  word: 'good',
  reasons: [],
  ...SAMPLE_FORMAT,
  avOffsetMs: 0,
  jitterMs: 4,
  meters: {
    video: null,
    audio: null,
    droppedFrames: 0,
    duplicateFrames: 0,
    keyframeIntervalSec: 2,
    keyframeSpreadSec: 0,
    gopFrames: 120,
    timestampJitterMs: 0,
    gaps: 0,
    backwardJumps: 0,
    avOffsetMs: 0,
    avDriftMsPerMin: 0,
    arrivalJitterMs: 5,
    roundTripMs: 1,
    behindMs: 0,
  },
};

/** An ingest that waits. */
export function anIngest(change: Partial<Ingest> = {}): Writable<Ingest> {
  return {
    ...SAMPLE_INGEST,
    streamKey: 'ingest-stream-key',
    publishUrl: 'rtmp://127.0.0.1:1935/live/ingest-stream-key',
    playKey: 'ingest-play-key',
    stallSeconds: 10,
    ...change,
  };
}

/** A target that is off. */
export function aTarget(id: string, change: Partial<Target> = {}): Writable<Target> {
  return {
    ...SAMPLE_TARGET,
    id,
    name: id,
    platform: 'custom',
    url: 'rtmp://127.0.0.1:2000/app',
    enabled: true,
    state: 'waiting',
    ...change,
  };
}

/** Plays a show; times are set as the studio sets them. */
export class ShowStage {
  readonly clock: ManualClock;
  readonly recorder: ShowRecorder;
  readonly ingest = anIngest();
  readonly targets: Writable<Target>[];
  readonly batches: HistoryBatch[] = [];
  #seq = 0;
  #shows = 0;

  /** @param write Gets each batch; left out: they are kept. */
  constructor(
    targetIds: readonly string[],
    write?: (batch: HistoryBatch) => void,
    clock = new ManualClock(),
  ) {
    this.clock = clock;
    this.targets = targetIds.map((id) => aTarget(id));
    this.recorder = new ShowRecorder({
      clock: this.clock,
      write: write ?? ((batch) => this.batches.push(batch)),
      newId: () => `show-${++this.#shows}`,
    });
  }

  get nowIso(): string {
    return new Date(this.clock.wallNow()).toISOString();
  }

  target(id: string): Writable<Target> {
    const target = this.targets.find((each) => each.id === id);
    if (target === undefined) throw new Error(`no target ${id}`);
    return target;
  }

  event(code: string, change: Partial<LogEvent> = {}): void {
    const seq = ++this.#seq;
    const message = `${code} happened`;
    this.recorder.event({
      seq,
      at: this.nowIso,
      level: 'info',
      code,
      message,
      ingestId: null,
      targetId: null,
      ...change,
    });
  }

  encoderComes(): void {
    this.event('encoder-live', { ingestId: this.ingest.id });
    Object.assign(this.ingest, { state: 'live', onAir: 'main', health, since: this.nowIso });
    this.recorder.ingestLive(this.ingest, true);
  }

  encoderIsLost(): void {
    this.event('encoder-left', { ingestId: this.ingest.id, level: 'warning' });
    Object.assign(this.ingest, { state: 'holding', onAir: 'freeze', since: this.nowIso });
  }

  encoderReturns(): void {
    Object.assign(this.ingest, { state: 'live', onAir: 'main', since: this.nowIso });
  }

  showEnds(): void {
    for (const target of this.targets) {
      if (target.state !== 'off' && target.delayedBySeconds === 0) this.state(target.id, 'waiting');
    }
    Object.assign(this.ingest, { state: 'waiting', onAir: null, health: null, since: this.nowIso });
    this.recorder.ingestLive(this.ingest, false);
  }

  state(id: string, state: Target['state']): void {
    Object.assign(this.target(id), { state, since: this.nowIso });
  }

  goLive(...ids: readonly string[]): void {
    for (const id of ids) {
      const target = this.target(id);
      if (target.state === 'retrying') target.reconnects++;
      this.state(id, 'live');
    }
  }

  lose(id: string, code: string, message: string): void {
    this.state(id, 'retrying');
    this.target(id).lastError = { code, message, at: this.nowIso };
    this.event(code, { targetId: id, level: 'warning', message: `${id}: ${message}` });
  }

  /** Lets seconds pass, each with a sample; live targets send 1 Mbit in each. */
  pass(seconds: number): void {
    for (let second = 0; second < seconds; second++) {
      this.clock.advance(1000);
      for (const target of this.targets) {
        const isLive = target.state === 'live';
        target.bitrateKbps = isLive ? 1000 : 0;
        if (isLive) target.bytesSent += 125_000;
      }
      this.sample();
    }
  }

  sample(): void {
    this.recorder.sample(this.clock.now(), { ingests: [this.ingest], targets: this.targets });
  }
}
