/**
 * What a sequence header says of the stream: codec, profile, size, rate.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { readAacConfig } from '../codec/aac-config.ts';
import { readAv1Config } from '../codec/av1-config.ts';
import { readAvcConfig } from '../codec/avc-config.ts';
import { readHevcConfig } from '../codec/hevc-config.ts';
import { readOpusConfig } from '../codec/opus-config.ts';
import { readAudioBody } from '../flv/audio-body.ts';
import { readVideoBody } from '../flv/video-body.ts';

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

/** Video as its config tells; null where it does not. */
export type VideoCodec = {
  readonly codec: string;
  readonly profile: string | null;
  readonly level: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly fps: number | null;
  readonly bFrames: boolean | null;
};

/** Audio as its config tells; null where it does not. */
export type AudioCodec = {
  readonly codec: string;
  readonly sampleRate: number | null;
  readonly channels: number | null;
};

/** Codec of a video message's default track, and its config when the message is a sequence header. */
export function videoCodecOf(payload: Uint8Array): VideoCodec | undefined {
  const body = orUndefined(() => readVideoBody(payload));
  if (body?.type !== 'media') return undefined;
  const track = body.tracks.find(({ trackId }) => trackId === 0);
  if (track === undefined) return undefined;
  const details =
    body.kind === 'sequence-start' ? orUndefined(() => videoDetails(track.codec, track.data)) : undefined;
  const unknown = { profile: null, level: null, width: null, height: null, fps: null, bFrames: null };
  return { codec: NAMES[track.codec] ?? track.codec, ...(details ?? unknown) };
}

/** Codec of an audio message's default track, and its config when the message is a sequence header. */
export function audioCodecOf(payload: Uint8Array): AudioCodec | undefined {
  const body = orUndefined(() => readAudioBody(payload));
  if (body?.type !== 'media') return undefined;
  const track = body.tracks.find(({ trackId }) => trackId === 0);
  if (track === undefined) return undefined;
  const codec = NAMES[track.codec] ?? track.codec;
  if (body.kind === 'sequence-start' && track.codec === 'mp4a') {
    const aac = orUndefined(() => readAacConfig(track.data));
    return { codec, sampleRate: aac?.sampleRateHz ?? null, channels: aac?.channels ?? null };
  }
  if (body.kind === 'sequence-start' && track.codec === 'Opus') {
    const opus = orUndefined(() => readOpusConfig(track.data));
    return { codec, sampleRate: 48_000, channels: opus?.channels ?? null };
  }
  // AAC's legacy header always says 44.1 kHz stereo, whatever is sent.
  const sound = track.codec === 'mp4a' ? undefined : body.legacySound;
  return { codec, sampleRate: sound?.sampleRateHz ?? null, channels: sound?.channels ?? null };
}

function videoDetails(codec: string, config: Uint8Array): Omit<VideoCodec, 'codec'> | undefined {
  if (codec === 'avc1') {
    const { profile, level, width, height, fps, maxReorderFrames } = readAvcConfig(config);
    return { profile, level, width, height, fps: fps ?? null, bFrames: reorders(maxReorderFrames) };
  }
  if (codec === 'hvc1') {
    const { profile, level, width, height, fps, maxReorderFrames } = readHevcConfig(config);
    return { profile, level, width, height, fps: fps ?? null, bFrames: reorders(maxReorderFrames) };
  }
  if (codec === 'av01') {
    const { profile, level, size, fps } = readAv1Config(config);
    return {
      profile,
      level,
      width: size?.width ?? null,
      height: size?.height ?? null,
      fps: fps ?? null,
      bFrames: null,
    };
  }
  return undefined;
}

function reorders(maxReorderFrames: number | undefined): boolean | null {
  return maxReorderFrames === undefined ? null : maxReorderFrames > 0;
}

/** A config that cannot be read is passed on all the same; it only goes without a description. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}
