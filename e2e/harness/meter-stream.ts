/**
 * What a stream for the meters is, and the arguments that have FFmpeg make it.
 * @module
 */
import type { FlvTag } from '../../src-main/flv/flv-tags.ts';
import type { Needs } from './abilities.ts';

/** A tag and when it comes, ms. */
export type SentTag = FlvTag & { readonly arrivalMs: number };

/** What is known of a stream because it was made so; what is left out is not checked against this. */
export type KnownFigures = {
  readonly codec?: string;
  readonly profile?: string;
  readonly size?: string;
  readonly fps?: number;
  readonly reorderFrames?: number;
  readonly cabac?: boolean;
  readonly interlaced?: boolean;
  readonly chroma?: string;
  readonly bitDepth?: number;
  readonly keyframeIntervalSec?: number;
  readonly keyframeSpreadSec?: number;
  readonly gopFrames?: number;
  readonly audioCodec?: string;
  readonly audioProfile?: string;
  readonly sampleRate?: number;
  readonly channels?: number;
  readonly droppedFrames?: number;
  readonly duplicateFrames?: number;
  readonly gaps?: number;
  readonly backwardJumps?: number;
  readonly avOffsetMs?: number;
  readonly avDriftMsPerMin?: number;
  readonly behindMs?: number;
};

/** One stream. */
export type MeterStream = {
  readonly name: string;
  readonly needs?: Needs;
  /** Inputs and codecs, for FFmpeg; the output is left out. */
  readonly args: readonly string[];
  /** FFmpeg 5 knows no enhanced FLV: it makes Matroska, and FFmpeg 8 puts that into FLV as it is. */
  readonly isEnhanced?: boolean;
  /** Its frame rate is variable, and its metadata does not say so. */
  readonly isVariable?: boolean;
  readonly edit?: (tags: readonly SentTag[]) => readonly SentTag[];
  readonly known: KnownFigures;
  /** Of every reason that the meter gives in the whole stream, one matches; undefined: good from beginning to end. */
  readonly reason?: RegExp;
};

/** A moving picture for so many seconds. */
export const picture = (size: string, rate: string, seconds: number): readonly string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=${seconds}`],
];
/** Sound for so many seconds. */
export const tone = (rate: number, seconds: number): readonly string[] => [
  ...['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=${rate}:duration=${seconds}`],
];
/** x264 with a keyframe each `gop` frames and nowhere else. */
export const x264 = (profile: string, gop: number, bFrames: number): readonly string[] => [
  // The fastest preset has no CABAC and no 8x8 transform, and would make every profile a Baseline.
  ...[
    '-c:v',
    'libx264',
    '-preset',
    profile === 'baseline' ? 'ultrafast' : 'superfast',
    '-profile:v',
    profile,
  ],
  ...[
    '-pix_fmt',
    'yuv420p',
    '-g',
    `${gop}`,
    '-keyint_min',
    `${gop}`,
    '-sc_threshold',
    '0',
    '-bf',
    `${bFrames}`,
  ],
];
/** AAC of FFmpeg's own. */
export const aac = (channels: number, kbps = 96): readonly string[] => [
  ...['-c:a', 'aac', '-ac', `${channels}`, '-b:a', `${kbps}k`],
];
/** Small, a keyframe each second, with sound: for what is done to its timestamps. */
export const plain = (seconds: number): readonly string[] => [
  ...picture('160x90', '30', seconds),
  ...tone(48_000, seconds),
  ...x264('main', 30, 0),
  ...aac(2),
];
/** What is known of `plain`. */
export const SMALL = { codec: 'H.264', size: '160x90', fps: 30, keyframeIntervalSec: 1 } as const;
/** No fault in its timestamps. */
export const EVEN = { droppedFrames: 0, duplicateFrames: 0, gaps: 0, backwardJumps: 0 } as const;
