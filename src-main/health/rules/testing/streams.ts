/**
 * Streams to hold against rules: one that every platform takes, and parts of it made otherwise.
 * @module
 */
import type { AudioHealth, VideoHealth } from '../../../../src-shared/model/health.ts';
import type { SentStream } from '../rule.ts';

/** What `stream` is made from; the rates are those of the whole stream. */
export type StreamParts = {
  readonly video?: Partial<VideoHealth>;
  readonly audio?: Partial<AudioHealth>;
  readonly videoKbps?: number | null;
  readonly audioKbps?: number | null;
  readonly keyframeIntervalSec?: number | null;
};

const VIDEO: VideoHealth = {
  codec: 'H.264',
  profile: 'Main',
  level: '3.1',
  width: 1280,
  height: 720,
  fps: 30,
  kbps: 2_500,
  keyframeIntervalSec: 2,
  bFrames: false,
  reorderFrames: 0,
  cabac: true,
  interlaced: false,
  chroma: '4:2:0',
  bitDepth: 8,
};
const AUDIO: AudioHealth = { codec: 'AAC', sampleRate: 48_000, channels: 2, profile: 'LC', kbps: 128 };

/** H.264 Main 720p30 at 2500 kbit/s with AAC-LC at 128, but for `parts`. */
export function stream(parts: StreamParts = {}): SentStream {
  return {
    video: { ...VIDEO, ...parts.video },
    audio: { ...AUDIO, ...parts.audio },
    videoKbps: parts.videoKbps === undefined ? 2_500 : parts.videoKbps,
    audioKbps: parts.audioKbps === undefined ? 128 : parts.audioKbps,
    keyframeIntervalSec: parts.keyframeIntervalSec === undefined ? 2 : parts.keyframeIntervalSec,
  };
}
