/**
 * What is known of a streaming platform: servers, where its key is found, what it accepts.
 * @module
 */
import { z } from 'zod';

/** One server of a platform. */
export const platformServerSchema = z
  .object({
    label: z.string(),
    url: z.string(),
    /** True where the address could not be checked against the platform. */
    unconfirmed: z.boolean(),
  })
  .readonly();
export type PlatformServer = z.infer<typeof platformServerSchema>;

/**
 * What a platform says of the bitrate of one picture size: the row is for pictures of up to `lines` lines (of the
 * shorter side) and up to `fps` frames per second, in one of `codecs`. Rates in kbit/s, null where it states none.
 */
export const bitrateRowSchema = z
  .object({
    lines: z.number(),
    fps: z.number(),
    codecs: z.array(z.string()).readonly(),
    minKbps: z.number().nullable(),
    recommendedKbps: z.number().nullable(),
    maxKbps: z.number().nullable(),
    /** The figures are what the platform recommends, and no limits. */
    isAdvice: z.boolean(),
  })
  .readonly();
export type BitrateRow = z.infer<typeof bitrateRowSchema>;

/** Limits as the platform states them; null or empty where it states none. */
export const platformLimitsSchema = z
  .object({
    maxVideoKbps: z.number().nullable(),
    maxAudioKbps: z.number().nullable(),
    keyframeIntervalSec: z.number().nullable(),
    maxFps: z.number().nullable(),
    maxBFrames: z.number().nullable(),
    videoCodecs: z.array(z.string()).readonly(),
    audioCodecs: z.array(z.string()).readonly(),
    resolutions: z.array(z.string()).readonly(),
    /** Highest H.264 profile it asks for: `main`, `high`. */
    h264Profile: z.string().nullable(),
    /** Hz. */
    audioSampleRates: z.array(z.number()).readonly(),
    /** How its viewers hold their screens, where it wants one of the two. */
    orientation: z.enum(['portrait', 'landscape']).nullable(),
    bitrateTable: z.array(bitrateRowSchema).readonly(),
    /** None of these figures could be checked against the platform. */
    unconfirmed: z.boolean(),
    /** Names of single limits here that could not be checked, while the others could. */
    unconfirmedFigures: z.array(z.string()).readonly(),
  })
  .readonly();
export type PlatformLimits = z.infer<typeof platformLimitsSchema>;

/** Of a place that has no rules but its owner's. */
export const NO_PLATFORM_LIMITS: PlatformLimits = {
  maxVideoKbps: null,
  maxAudioKbps: null,
  keyframeIntervalSec: null,
  maxFps: null,
  maxBFrames: null,
  videoCodecs: [],
  audioCodecs: [],
  resolutions: [],
  h264Profile: null,
  audioSampleRates: [],
  orientation: null,
  bitrateTable: [],
  unconfirmed: false,
  unconfirmedFigures: [],
};

/** One platform. */
export const platformPresetSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    category: z.enum(['platform', 'cloud', 'self-hosted', 'custom', 'rehearsal']),
    servers: z.array(platformServerSchema).readonly(),
    /** True where the platform hands each streamer an own server address. */
    serverUrlIsPerUser: z.boolean(),
    backupUrl: z.string().nullable(),
    /** Query behind the key that makes a stream a test that nobody sees; null: the platform has none. */
    bandwidthTest: z.string().nullable(),
    keyHint: z.string().nullable(),
    keyUrl: z.string().nullable(),
    limits: platformLimitsSchema,
    notes: z.string(),
    unconfirmed: z.boolean(),
  })
  .readonly();
export type PlatformPreset = z.infer<typeof platformPresetSchema>;
