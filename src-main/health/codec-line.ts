/**
 * What sequence headers, and frames where these tell more, say of the stream: codec, profile, size, rate.
 * @module
 */
import type { AudioHealth, VideoHealth } from '../../src-shared/model/health.ts';
import { unlessProtocolError } from '../bytes/protocol-error.ts';
import { readAacConfig } from '../codec/aac-config.ts';
import { readAc3Frame } from '../codec/ac3-frame.ts';
import { readAv1Config } from '../codec/av1-config.ts';
import { readAvcConfig } from '../codec/avc-config.ts';
import { readFlacConfig } from '../codec/flac-config.ts';
import { readHevcConfig } from '../codec/hevc-config.ts';
import { readMp3Frame } from '../codec/mp3-frame.ts';
import { readOpusConfig } from '../codec/opus-config.ts';
import { readVp9Config, readVp9Keyframe } from '../codec/vp9-config.ts';
import { readAudioBody, type AudioKind } from '../flv/audio-body.ts';
import type { MediaRole } from '../flv/classify.ts';
import { readVideoBody, type VideoBody } from '../flv/video-body.ts';

/** Names as people write them; others keep their FourCC. */
const NAMES: Readonly<Record<string, string>> = {
  avc1: 'H.264',
  hvc1: 'HEVC',
  av01: 'AV1',
  vp09: 'VP9',
  vp08: 'VP8',
  vvc1: 'VVC',
  mp4a: 'AAC',
  Opus: 'Opus',
  fLaC: 'FLAC',
  '.mp3': 'MP3',
  'ac-3': 'AC-3',
  'ec-3': 'E-AC-3',
};
const UNKNOWN_VIDEO: VideoDetails = {
  profile: null,
  level: null,
  width: null,
  height: null,
  fps: null,
  bFrames: null,
  reorderFrames: null,
  cabac: null,
  interlaced: null,
  chroma: null,
  bitDepth: null,
};
/** VP9 knows neither fields nor pictures out of order. */
const ALWAYS_IN_ORDER = { bFrames: false, reorderFrames: 0, interlaced: false } as const;
const UNKNOWN_AUDIO: AudioDetails = { sampleRate: null, channels: null, profile: null };

/** Of the codecs whose frames tell what the sound is. */
const FRAME_READERS: Readonly<
  Record<string, (frame: Uint8Array) => { readonly sampleRateHz: number; readonly channels: number }>
> = { '.mp3': readMp3Frame, 'ac-3': readAc3Frame, 'ec-3': readAc3Frame };

/** Video as its config tells; null where it does not. `fps` is the config's, not a measured one. */
export type VideoCodec = Omit<VideoHealth, 'kbps' | 'keyframeIntervalSec'>;
type VideoDetails = Omit<VideoCodec, 'codec'>;
type VideoMedia = Extract<VideoBody, { type: 'media' }>;

/** Audio as its config tells; null where it does not. */
export type AudioCodec = Omit<AudioHealth, 'kbps'>;
type AudioDetails = Omit<AudioCodec, 'codec'>;

/** Video as known after a message; `before` undefined: nothing was known. */
export function videoCodecAfter(
  before: VideoCodec | undefined,
  payload: Uint8Array,
  role: MediaRole,
): VideoCodec | undefined {
  if (role === 'sequence-header') return videoCodecOf(payload) ?? before;
  // VP9's size stands in its keyframes alone, and may change at each.
  if (before?.codec !== 'VP9') {
    return before ?? videoCodecOf(payload);
  }
  const frame = role === 'keyframe' ? videoCodecOf(payload) : undefined;
  return frame?.codec !== 'VP9' || frame.width === null ? before : { ...frame, level: before.level };
}

/** Audio as known after a message; `before` undefined: nothing was known. */
export function audioCodecAfter(
  before: AudioCodec | undefined,
  payload: Uint8Array,
  role: MediaRole,
): AudioCodec | undefined {
  if (role === 'sequence-header') return audioCodecOf(payload) ?? before;
  if (before !== undefined && before.sampleRate !== null) return before;
  // MP3 and AC-3 have no sequence header, or an empty one: their frames tell.
  return payload.length === 0 ? before : (audioCodecOf(payload) ?? before);
}

/** Codec of a video message's default track, with what this message says of it. */
export function videoCodecOf(payload: Uint8Array): VideoCodec | undefined {
  const body = unlessProtocolError(() => readVideoBody(payload));
  if (body?.type !== 'media') return undefined;
  const track = body.tracks.find(({ trackId }) => trackId === 0);
  if (track === undefined) return undefined;
  // A config that cannot be read is passed on all the same; it only goes without a description.
  const details = unlessProtocolError(() => videoDetails(track.codec, track.data, body));
  return { codec: NAMES[track.codec] ?? track.codec, ...(details ?? UNKNOWN_VIDEO) };
}

/** Codec of an audio message's default track, with what this message says of it. */
export function audioCodecOf(payload: Uint8Array): AudioCodec | undefined {
  const body = unlessProtocolError(() => readAudioBody(payload));
  if (body?.type !== 'media') return undefined;
  const track = body.tracks.find(({ trackId }) => trackId === 0);
  if (track === undefined) return undefined;
  const codec = NAMES[track.codec] ?? track.codec;
  const details = unlessProtocolError(() => audioDetails(track.codec, track.data, body.kind));
  if (details !== undefined) return { codec, ...details };
  // Opus always comes out at 48 kHz; AAC's legacy header always says 44.1 kHz stereo, whatever is sent.
  if (track.codec === 'Opus') return { codec, ...UNKNOWN_AUDIO, sampleRate: 48_000 };
  const sound = track.codec === 'mp4a' ? undefined : body.legacySound;
  return {
    codec,
    ...UNKNOWN_AUDIO,
    sampleRate: sound?.sampleRateHz ?? null,
    channels: sound?.channels ?? null,
  };
}

function videoDetails(codec: string, data: Uint8Array, body: VideoMedia): VideoDetails | undefined {
  if (codec === 'vp09' && body.isKeyframe) {
    const { size, chroma, ...format } = readVp9Keyframe(data);
    return { ...UNKNOWN_VIDEO, ...ALWAYS_IN_ORDER, ...format, ...size, chroma: chroma ?? null };
  }
  if (body.kind !== 'sequence-start') return undefined;
  if (codec === 'avc1' || codec === 'hvc1') {
    const config = codec === 'avc1' ? readAvcConfig(data) : { ...readHevcConfig(data), cabac: undefined };
    const { profile, level, width, height, interlaced, chroma, bitDepth } = config;
    const reorderFrames = config.maxReorderFrames ?? null;
    return {
      ...{ profile, level, width, height, interlaced, chroma, bitDepth, reorderFrames },
      fps: config.fps ?? null,
      bFrames: reorderFrames === null ? null : reorderFrames > 0,
      cabac: config.cabac ?? null,
    };
  }
  if (codec === 'av01') {
    const { profile, level, size, fps, chroma, bitDepth } = readAv1Config(data);
    const { width = null, height = null } = size ?? {};
    return {
      ...UNKNOWN_VIDEO,
      profile,
      level,
      width,
      height,
      fps: fps ?? null,
      chroma,
      bitDepth,
      interlaced: false,
    };
  }
  if (codec === 'vp09') {
    const { profile, level, chroma, bitDepth } = readVp9Config(data);
    const told = { profile, level: level ?? null, chroma: chroma ?? null, bitDepth };
    return { ...UNKNOWN_VIDEO, ...ALWAYS_IN_ORDER, ...told };
  }
  return undefined;
}

function audioDetails(codec: string, data: Uint8Array, kind: AudioKind): AudioDetails | undefined {
  const isHeader = kind === 'sequence-start';
  if (isHeader && codec === 'mp4a') {
    const { sampleRateHz, channels, profile } = readAacConfig(data);
    return { sampleRate: sampleRateHz, channels, profile };
  }
  if (isHeader && codec === 'Opus') {
    return { sampleRate: 48_000, channels: readOpusConfig(data)?.channels ?? null, profile: null };
  }
  if (kind !== 'coded-frames' && codec !== 'fLaC') return undefined;
  const read = isHeader ? readFlacConfig : FRAME_READERS[codec];
  if (read === undefined) return undefined;
  const { sampleRateHz, channels } = read(data);
  return { sampleRate: sampleRateHz, channels, profile: null };
}
