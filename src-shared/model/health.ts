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
  })
  .readonly();
export type VideoHealth = z.infer<typeof videoHealthSchema>;

/** What the audio is; `sampleRate` in Hz, `kbps` 1000 bit/s over the last second. */
export const audioHealthSchema = z
  .object({
    codec: z.string(),
    sampleRate: z.number().nullable(),
    channels: z.number().nullable(),
    kbps: z.number(),
  })
  .readonly();
export type AudioHealth = z.infer<typeof audioHealthSchema>;

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
  })
  .readonly();
export type HealthReport = z.infer<typeof healthReportSchema>;
