/**
 * Measures one stream from its messages, and sums it up once a second in figures and one word.
 * @module
 */
import type { AudioHealth, HealthReport, HealthWord, VideoHealth } from '../../src-shared/model/health.ts';
import type { MediaClass } from '../flv/classify.ts';
import type { MediaMessage } from '../hub/media-message.ts';
import type { SourceMessage } from '../hub/stream.ts';
import { Timeline } from '../hub/timeline.ts';
import { audioCodecOf, videoCodecOf, type AudioCodec, type VideoCodec } from './codec-line.ts';

/** Seconds over which the frame rate is averaged: one second alone would flicker by a frame or two. */
const RATE_WINDOW_SEC = 5;
/** Without video for this long a stream with video is failing, ms: viewers see a frozen picture. */
const NO_VIDEO_MS = 3_000;
/** Keyframes further apart than this make viewers wait and break platforms' 2 s rule, s. */
const LONG_KEYFRAME_INTERVAL_SEC = 4.5;
/** Arrival may stray from the media clock by this on a good line, ms, mean over a second. */
const HIGH_JITTER_MS = 120;
/** Audio and video this far apart are seen by everyone, ms. */
const HIGH_AV_OFFSET_MS = 500;
/** Share of its own best frame rate below which an encoder counts as overloaded. */
const LOW_FRAME_RATE_SHARE = 0.85;

/** `mediaMs`: how far the timestamps of video went on. */
type Second = { videoBytes: number; audioBytes: number; frames: number; mediaMs: number; elapsedMs: number };

const NOTHING: Second = { videoBytes: 0, audioBytes: 0, frames: 0, mediaMs: 0, elapsedMs: 0 };

/** One per encoder connection: feed it every message, ask it once a second. */
export class StreamMeter {
  #video: VideoCodec | undefined;
  #audio: AudioCodec | undefined;
  #current: Second = { ...NOTHING };
  #past: Second[] = [];
  #sampledAt: number;
  #lastKeyframeMs: number | undefined;
  #keyframeIntervalSec: number | null = null;
  #lastVideoMs: number | undefined;
  #lastAudioMs: number | undefined;
  #lastVideoAt: number;
  #jitterSumMs = 0;
  #jitterCount = 0;
  #previousArrival: { readonly at: number; readonly timeMs: number } | undefined;
  #bestFps = 0;
  /** The encoder's own, whatever the ingest's stream gets. */
  readonly #timeline = new Timeline();

  /** @param now ms, monotonic: when the encoder began. */
  constructor(now: number) {
    this.#sampledAt = now;
    this.#lastVideoAt = now;
  }

  /** Takes a message as an encoder sent it, at its arrival. */
  take({ typeId, timestamp, payload }: SourceMessage, media: MediaClass, now: number): void {
    const isMedia = (typeId === 8 || typeId === 9) && media.slots.length === 0;
    const timeMs = isMedia
      ? this.#timeline.place(typeId, timestamp, now)
      : this.#timeline.placeHeader(typeId, timestamp);
    this.message({ typeId, timeMs, payload, media, wire: undefined }, now);
  }

  /** Takes a message at its arrival. */
  message(message: MediaMessage, now: number): void {
    if (message.typeId === 9) this.#videoMessage(message, now);
    else if (message.typeId === 8) this.#audioMessage(message);
  }

  /** Sums up what came since the last sample. */
  sample(now: number): HealthReport {
    this.#current.elapsedMs = Math.max(1, now - this.#sampledAt);
    this.#sampledAt = now;
    const last = this.#current;
    this.#past = [...this.#past, last].slice(-RATE_WINDOW_SEC);
    this.#current = { ...NOTHING };
    const jitterMs = this.#jitterCount === 0 ? null : round(this.#jitterSumMs / this.#jitterCount);
    this.#jitterSumMs = 0;
    this.#jitterCount = 0;
    const avOffsetMs =
      this.#lastAudioMs === undefined || this.#lastVideoMs === undefined
        ? null
        : this.#lastAudioMs - this.#lastVideoMs;
    const figures = { video: this.#videoHealth(last), audio: this.#audioHealth(last), avOffsetMs, jitterMs };
    return { ...this.#judge(figures, now), ...figures };
  }

  #videoMessage(message: MediaMessage, now: number): void {
    const { role } = message.media;
    if (role === 'sequence-header') this.#video = videoCodecOf(message.payload) ?? this.#video;
    this.#current.videoBytes += message.payload.length;
    if (role !== 'keyframe' && role !== 'inter') return;
    this.#video ??= videoCodecOf(message.payload);
    this.#current.frames++;
    if (role === 'keyframe') {
      if (this.#lastKeyframeMs !== undefined) {
        this.#keyframeIntervalSec = round((message.timeMs - this.#lastKeyframeMs) / 1000, 2);
      }
      this.#lastKeyframeMs = message.timeMs;
    }
    if (this.#previousArrival !== undefined) {
      const { at, timeMs } = this.#previousArrival;
      this.#current.mediaMs += message.timeMs - timeMs;
      this.#jitterSumMs += Math.abs(now - at - (message.timeMs - timeMs));
      this.#jitterCount++;
    }
    this.#previousArrival = { at: now, timeMs: message.timeMs };
    this.#lastVideoMs = message.timeMs;
    this.#lastVideoAt = now;
  }

  #audioMessage(message: MediaMessage): void {
    if (message.media.role === 'sequence-header') this.#audio = audioCodecOf(message.payload) ?? this.#audio;
    else if (message.payload.length > 0) this.#audio ??= audioCodecOf(message.payload);
    this.#current.audioBytes += message.payload.length;
    this.#lastAudioMs = message.timeMs;
  }

  #videoHealth(last: Second): VideoHealth | null {
    if (this.#video === undefined) return null;
    const elapsedMs = this.#past.reduce((sum, second) => sum + second.elapsedMs, 0);
    const frames = this.#past.reduce((sum, second) => sum + second.frames, 0);
    const fps = round((frames * 1000) / elapsedMs, 1);
    if (this.#past.length === RATE_WINDOW_SEC) {
      // Frames that a line held back come in a burst: by the media clock they are no more than usual.
      const mediaMs = this.#past.reduce((sum, second) => sum + second.mediaMs, 0);
      this.#bestFps = Math.max(this.#bestFps, round((frames * 1000) / Math.max(mediaMs, elapsedMs), 1));
    }
    return {
      ...this.#video,
      fps,
      kbps: kbps(last.videoBytes, last.elapsedMs),
      keyframeIntervalSec: this.#keyframeIntervalSec,
    };
  }

  #audioHealth(last: Second): AudioHealth | null {
    return this.#audio === undefined ? null : { ...this.#audio, kbps: kbps(last.audioBytes, last.elapsedMs) };
  }

  #judge(
    figures: Pick<HealthReport, 'video' | 'audio' | 'avOffsetMs' | 'jitterMs'>,
    now: number,
  ): { readonly word: HealthWord; readonly reasons: readonly string[] } {
    const { video, audio, avOffsetMs, jitterMs } = figures;
    if (video === null && audio === null)
      return { word: 'waiting', reasons: ['The encoder is connected and has sent no media yet.'] };
    const silentMs = now - this.#lastVideoAt;
    if (video !== null && silentMs > NO_VIDEO_MS) {
      return {
        word: 'failing',
        reasons: [`No video from the encoder for ${Math.round(silentMs / 1000)} s.`],
      };
    }
    const reasons: string[] = [];
    if (video === null) reasons.push('The encoder sends sound but no picture.');
    if (audio === null) reasons.push('The encoder sends a picture but no sound.');
    const fps = video?.fps ?? 0;
    if (this.#bestFps > 0 && fps < this.#bestFps * LOW_FRAME_RATE_SHARE) {
      reasons.push(
        `Frame rate is down to ${fps} of ${Math.round(this.#bestFps)} frames per second: the encoder or its computer is overloaded, or its line is.`,
      );
    }
    const interval = video?.keyframeIntervalSec ?? 0;
    if (interval > LONG_KEYFRAME_INTERVAL_SEC) {
      reasons.push(
        `Keyframes come every ${interval} s; platforms want 2 s. Set the keyframe interval in the encoder to 2 s.`,
      );
    }
    if ((jitterMs ?? 0) > HIGH_JITTER_MS) {
      reasons.push(
        `Frames arrive unevenly (${jitterMs ?? 0} ms from their clock): the line from the encoder is strained.`,
      );
    }
    if (Math.abs(avOffsetMs ?? 0) > HIGH_AV_OFFSET_MS) {
      reasons.push(
        `Sound and picture are ${Math.abs(avOffsetMs ?? 0)} ms apart as they come from the encoder.`,
      );
    }
    return reasons.length === 0 ? { word: 'good', reasons } : { word: 'strained', reasons };
  }
}

function kbps(bytes: number, elapsedMs: number): number {
  return Math.round((bytes * 8) / elapsedMs);
}

function round(value: number, digits = 0): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
