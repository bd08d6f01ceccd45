/**
 * Measures one stream from its messages, and sums it up once a second in figures and one word.
 * docs/health.md defines each figure.
 * @module
 */
import type { AudioHealth, HealthReport, StreamMeters, VideoHealth } from '../../src-shared/model/health.ts';
import type { MediaClass } from '../flv/classify.ts';
import type { MediaMessage } from '../hub/media-message.ts';
import type { SourceMessage } from '../hub/stream.ts';
import { Timeline } from '../hub/timeline.ts';
import { ArrivalMeter, type ArrivalSample } from './arrival-meter.ts';
import { audioCodecAfter, videoCodecAfter, type AudioCodec, type VideoCodec } from './codec-line.ts';
import { carriesDefaultTrack } from './default-track.ts';
import { FrameRate } from './frame-rate.ts';
import { FrameSteps } from './frame-steps.ts';
import { WordKeeper } from './health-word.ts';
import { ingestFindings, ingestPatience, RECENT_SEC, type IngestFacts } from './ingest-rules.ts';
import { KeyframeMeter } from './keyframe-meter.ts';
import { MediaClock } from './media-clock.ts';
import { RateWindow } from './rate-window.ts';
import { RecentCounts } from './recent-counts.ts';
import { SyncMeter } from './sync-meter.ts';
import { GAP_MS, TimestampSteps } from './timestamp-steps.ts';

/** What only the owner of the connection knows. */
export type SampleOptions = {
  /** A ping to the encoder and back, ms; null: not measured. */
  readonly roundTripMs: number | null;
};

/** One per encoder connection: feed it every message, ask it once a second. Bounded, O(1) for each message. */
export class StreamMeter {
  #video: VideoCodec | undefined;
  #audio: AudioCodec | undefined;
  #sampledAt: number;
  #lastVideoAt: number;
  #lastAudioAt: number;
  #hasFrames = false;
  #frames = 0;
  #newGaps = 0;
  #knownBackwardJumps = 0;
  #arrival = new ArrivalMeter();
  readonly #videoRate = new RateWindow();
  readonly #audioRate = new RateWindow();
  readonly #frameRate = new FrameRate();
  readonly #videoSteps = new TimestampSteps();
  readonly #audioSteps = new TimestampSteps();
  readonly #videoClock = new MediaClock();
  readonly #audioClock = new MediaClock();
  readonly #frameSteps = new FrameSteps();
  readonly #keyframes = new KeyframeMeter();
  readonly #sync = new SyncMeter();
  readonly #recent = new RecentCounts(RECENT_SEC);
  readonly #word = new WordKeeper(ingestPatience);
  /** The encoder's own, whatever the ingest's stream gets. */
  readonly #timeline = new Timeline();

  /** @param now ms, monotonic: when the encoder began. */
  constructor(now: number) {
    this.#sampledAt = now;
    this.#lastVideoAt = now;
    this.#lastAudioAt = now;
  }

  /** Takes a message as an encoder sent it, at its arrival. */
  take({ typeId, timestamp, payload }: SourceMessage, media: MediaClass, now: number): void {
    const isMedia = (typeId === 8 || typeId === 9) && media.slots.length === 0;
    const timeMs = isMedia
      ? this.#timeline.place(typeId, timestamp, now)
      : this.#timeline.placeHeader(typeId, timestamp);
    this.#feed({ typeId, timeMs, payload, media, wire: undefined }, timestamp, now);
  }

  /** Takes a message that has its place on a timeline, at its arrival: jumps are mended there and cannot be seen. */
  message(message: MediaMessage, now: number): void {
    this.#feed(message, message.timeMs, now);
  }

  /** Sums up what came since the last sample. */
  sample(now: number, { roundTripMs }: SampleOptions = { roundTripMs: null }): HealthReport {
    const elapsedMs = Math.max(1, now - this.#sampledAt);
    this.#sampledAt = now;
    const arrival = this.#arrival.sample(now);
    const meters = this.#meters(elapsedMs, now, { arrival, roundTripMs });
    const figures = {
      video: this.#videoHealth(elapsedMs, meters.video?.kbps1s ?? 0),
      audio: this.#audioHealth(meters.audio?.kbps1s ?? 0),
      avOffsetMs: meters.avOffsetMs,
      jitterMs: rounded(arrival.jitterMs),
      meters,
    };
    const facts = this.#facts(figures, now);
    const isWaiting = figures.video === null && figures.audio === null;
    const waiting = isWaiting ? 'The encoder is connected and has sent no media yet.' : undefined;
    return { ...this.#word.take(ingestFindings(facts), waiting), ...figures };
  }

  #feed(message: MediaMessage, timestamp: number, now: number): void {
    if (message.typeId === 9) this.#videoMessage(message, timestamp, now);
    else if (message.typeId === 8) this.#audioMessage(message, timestamp, now);
  }

  #videoMessage({ payload, timeMs, media: { role } }: MediaMessage, timestamp: number, now: number): void {
    this.#videoRate.add(payload.length);
    const isFrame = role === 'keyframe' || role === 'inter';
    if (!isFrame && role !== 'sequence-header') return;
    if (!carriesDefaultTrack(9, payload)) return;
    this.#video = videoCodecAfter(this.#video, payload, role);
    if (!isFrame) return;
    // Until now sound alone stood for the encoder's clock.
    if (!this.#hasFrames) this.#arrival = new ArrivalMeter();
    this.#hasFrames = true;
    this.#frames++;
    this.#lastVideoAt = now;
    const stepMs = this.#videoSteps.take(timestamp);
    const clockMs = this.#videoClock.take(stepMs, now);
    this.#videoStep(stepMs);
    this.#keyframes.frame(clockMs, role === 'keyframe');
    this.#frameRate.frame(clockMs);
    this.#arrival.frame(clockMs, now);
    this.#sync.video({ timeMs, clockMs });
  }

  #videoStep(stepMs: number | undefined): void {
    if (stepMs === undefined) return;
    this.#frameSteps.take(stepMs);
    const isGap = this.#frameSteps.isGap(stepMs);
    if (isGap) this.#newGaps++;
    if (!isGap && stepMs >= 0) return;
    this.#keyframes.broke();
    this.#sync.broke();
  }

  #audioMessage({ payload, timeMs, media: { role } }: MediaMessage, timestamp: number, now: number): void {
    this.#audioRate.add(payload.length);
    if ((role !== 'audio' && role !== 'sequence-header') || !carriesDefaultTrack(8, payload)) return;
    this.#audio = audioCodecAfter(this.#audio, payload, role);
    if (role !== 'audio') return;
    this.#lastAudioAt = now;
    const stepMs = this.#audioSteps.take(timestamp) ?? 0;
    const clockMs = this.#audioClock.take(stepMs, now);
    if (stepMs > GAP_MS) this.#newGaps++;
    if (stepMs > GAP_MS || stepMs < 0) this.#sync.broke();
    if (!this.#hasFrames) this.#arrival.frame(clockMs, now);
    this.#sync.audio({ timeMs, clockMs });
  }

  #meters(
    elapsedMs: number,
    now: number,
    { arrival, roundTripMs }: SampleOptions & { readonly arrival: ArrivalSample },
  ): StreamMeters {
    return {
      video: this.#videoRate.sample(elapsedMs),
      audio: this.#audioRate.sample(elapsedMs),
      droppedFrames: this.#frameSteps.dropped,
      duplicateFrames: this.#frameSteps.duplicates,
      keyframeIntervalSec: rounded(this.#keyframes.meanSec, 2),
      keyframeSpreadSec: rounded(this.#keyframes.spreadSec, 2),
      gopFrames: this.#keyframes.gopFrames,
      timestampJitterMs: rounded(this.#frameSteps.sampleJitterMs(), 1),
      gaps: this.#videoSteps.gaps + this.#audioSteps.gaps,
      backwardJumps: this.#backwardJumps,
      avOffsetMs: this.#sync.offsetMs,
      avDriftMsPerMin: rounded(this.#sync.sampleDrift(now)),
      arrivalJitterMs: rounded(arrival.jitter10sMs),
      roundTripMs,
      behindMs: rounded(arrival.behindMs),
    };
  }

  get #backwardJumps(): number {
    return this.#videoSteps.backwardJumps + this.#audioSteps.backwardJumps;
  }

  #facts(
    figures: Pick<HealthReport, 'video' | 'audio' | 'avOffsetMs' | 'jitterMs' | 'meters'>,
    now: number,
  ): IngestFacts {
    const { scattered: dropped, duplicates } = this.#frameSteps;
    const [newGaps, newBackwardJumps] = [this.#newGaps, this.#backwardJumps - this.#knownBackwardJumps];
    this.#newGaps = 0;
    this.#knownBackwardJumps = this.#backwardJumps;
    return {
      ...figures,
      silentVideoMs: now - this.#lastVideoAt,
      silentAudioMs: now - this.#lastAudioAt,
      bestFps: this.#frameRate.bestFps,
      sinceKeyframeMs: this.#keyframes.sinceKeyframeMs,
      keyframeIntervals: this.#keyframes.count,
      newGaps,
      newBackwardJumps,
      recent: this.#recent.sample({ frames: this.#frames, dropped, duplicates }),
    };
  }

  #videoHealth(elapsedMs: number, kbps: number): VideoHealth | null {
    const fps = this.#frameRate.sample(elapsedMs);
    if (this.#video === undefined) return null;
    return { ...this.#video, fps, kbps, keyframeIntervalSec: this.#keyframes.lastIntervalSec };
  }

  #audioHealth(kbps: number): AudioHealth | null {
    return this.#audio === undefined ? null : { ...this.#audio, kbps };
  }
}

function rounded(value: number | null, digits = 0): number | null {
  // A difference that is nothing is 0, and not -0.
  return value === null ? null : Math.round(value * 10 ** digits) / 10 ** digits + 0;
}
