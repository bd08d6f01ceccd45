/**
 * Health of a stream, as measured from its bitstream.
 * @module
 */
import { z } from 'zod';

/** One word for the state of an ingest or a target. */
export const healthWordSchema = z.enum(['good', 'strained', 'failing', 'waiting']);
export type HealthWord = z.infer<typeof healthWordSchema>;

/** What the video is; null where it is not (yet) known. `fps` is frames per second, `kbps` 1000 bit/s over the last second. */
export const videoHealthSchema = z
  .object({
    codec: z.string(),
    profile: z.string().nullable(),
    level: z.string().nullable(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    fps: z.number().nullable(),
    kbps: z.number(),
    keyframeIntervalSec: z.number().nullable(),
    bFrames: z.boolean().nullable(),
    /** Pictures that may be held back for reordering, as the config says. */
    reorderFrames: z.number().nullable(),
    /** H.264 only: whether its entropy coding is CABAC. */
    cabac: z.boolean().nullable(),
    interlaced: z.boolean().nullable(),
    /** `4:2:0`, `4:2:2`, `4:4:4`, `4:0:0`. */
    chroma: z.string().nullable(),
    bitDepth: z.number().nullable(),
  })
  .readonly();
export type VideoHealth = z.infer<typeof videoHealthSchema>;

/** What the audio is; `sampleRate` in Hz, `kbps` 1000 bit/s over the last second. */
export const audioHealthSchema = z
  .object({
    codec: z.string(),
    sampleRate: z.number().nullable(),
    channels: z.number().nullable(),
    /** Such as `LC` or `HE-AAC`. */
    profile: z.string().nullable(),
    kbps: z.number(),
  })
  .readonly();
export type AudioHealth = z.infer<typeof audioHealthSchema>;

/** Bitrate of one kind, 1000 bit/s: over the last second, mean over ten, and the highest second so far. */
export const rateMeterSchema = z
  .object({ kbps1s: z.number(), kbps10s: z.number(), kbpsPeak: z.number() })
  .readonly();
export type RateMeter = z.infer<typeof rateMeterSchema>;

/**
 * Measured from the messages of an encoder; docs/health.md defines each figure. Totals count since the encoder began.
 * Null: not known yet, or it has none.
 */
export const streamMetersSchema = z
  .object({
    video: rateMeterSchema.nullable(),
    audio: rateMeterSchema.nullable(),
    /** Frames that timestamps leave room for and that did not come; frames with the timestamp of another. */
    droppedFrames: z.number(),
    duplicateFrames: z.number(),
    /** s: mean of the last ten intervals between keyframes, and from the shortest to the longest of them. */
    keyframeIntervalSec: z.number().nullable(),
    keyframeSpreadSec: z.number().nullable(),
    /** Frames of the last whole GOP. */
    gopFrames: z.number().nullable(),
    /** Deviation of the steps between video timestamps from the usual one, ms, mean of the last ten seconds. */
    timestampJitterMs: z.number().nullable(),
    /** Steps of over half a second in video or audio timestamps; steps back of any length. */
    gaps: z.number(),
    backwardJumps: z.number(),
    /** Audio minus video as they arrive, ms (positive: audio ahead), and how fast that changes, ms a minute. */
    avOffsetMs: z.number().nullable(),
    avDriftMsPerMin: z.number().nullable(),
    /** Deviation of arrival from the media clock, ms: what the encoder's line does. */
    arrivalJitterMs: z.number().nullable(),
    /** To the encoder and back, ms: the echo of the handshake, or of a later ping. */
    roundTripMs: z.number().nullable(),
    /** How much later media comes than its timestamps say, against the best of this connection, ms. */
    behindMs: z.number().nullable(),
  })
  .readonly();
export type StreamMeters = z.infer<typeof streamMetersSchema>;

/** A word with its reasons, in sentences. */
export const healthSchema = z
  .object({ word: healthWordSchema, reasons: z.array(z.string()).readonly() })
  .readonly();
export type Health = z.infer<typeof healthSchema>;

/**
 * What a stream is like right now. `avOffsetMs`: audio timestamp minus video timestamp at arrival, in ms
 * (positive: audio ahead). `jitterMs`: mean deviation of arrival from the media clock over the last second.
 */
export const healthReportSchema = z
  .object({
    word: healthWordSchema,
    reasons: z.array(z.string()).readonly(),
    video: videoHealthSchema.nullable(),
    audio: audioHealthSchema.nullable(),
    avOffsetMs: z.number().nullable(),
    jitterMs: z.number().nullable(),
    meters: streamMetersSchema,
  })
  .readonly();
export type HealthReport = z.infer<typeof healthReportSchema>;
