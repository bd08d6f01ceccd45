/**
 * A show that is over, or goes on: what was kept of it, and the report of it.
 * @module
 */
import { z } from 'zod';
import { logEventSchema } from './log-event.ts';

/** One line in the list of shows. Times are ISO 8601; `endedAt` null: it goes on, or the studio was killed in it. */
export const showSummarySchema = z
  .object({
    id: z.string(),
    ingestId: z.string(),
    ingestName: z.string(),
    startedAt: z.string(),
    endedAt: z.string().nullable(),
    /** The last moment that anything is known of. */
    lastSeenAt: z.string(),
    targets: z.number(),
    reconnects: z.number(),
  })
  .readonly();
export type ShowSummary = z.infer<typeof showSummarySchema>;

/** Figures of one minute of one ingest or target; null: not measured then. */
export const showMinuteSchema = z
  .object({
    at: z.string(),
    /** Mean, 1000 bit/s. */
    kbps: z.number(),
    fps: z.number().nullable(),
    /** In that minute. */
    droppedFrames: z.number(),
    /** Longest in that minute, ms. */
    queueMs: z.number().nullable(),
    jitterMs: z.number().nullable(),
    /** Seconds of that minute that it was live. */
    liveSeconds: z.number(),
  })
  .readonly();
export type ShowMinute = z.infer<typeof showMinuteSchema>;

/** One loss of a target or of the encoder: when, for how long, and why. */
export const showOutageSchema = z
  .object({ at: z.string(), seconds: z.number().nullable(), code: z.string(), cause: z.string() })
  .readonly();
export type ShowOutage = z.infer<typeof showOutageSchema>;

/** The worst minute of a target or of the encoder, and what made it so. */
export const worstMinuteSchema = z.object({ at: z.string(), cause: z.string() }).readonly();

/** What one target did in a show. */
export const showTargetSchema = z
  .object({
    targetId: z.string(),
    name: z.string(),
    platform: z.string(),
    /** Seconds live, and share of the show from its first moment live on, 0 to 1. */
    liveSeconds: z.number(),
    uptime: z.number().nullable(),
    reconnects: z.number(),
    droppedFrames: z.number(),
    bytesSent: z.number(),
    meanKbps: z.number(),
    outages: z.array(showOutageSchema).readonly(),
    worstMinute: worstMinuteSchema.nullable(),
    minutes: z.array(showMinuteSchema).readonly(),
  })
  .readonly();
export type ShowTarget = z.infer<typeof showTargetSchema>;

/** The whole report. */
export const showReportSchema = z
  .object({
    show: showSummarySchema,
    /** Seconds from the start to the end, or to the last that is known. */
    seconds: z.number(),
    /** Codec, size and rate of the encoder, as it was last. */
    encoder: z.string(),
    encoderOutages: z.array(showOutageSchema).readonly(),
    encoderWorstMinute: worstMinuteSchema.nullable(),
    encoderMinutes: z.array(showMinuteSchema).readonly(),
    targets: z.array(showTargetSchema).readonly(),
    events: z.array(logEventSchema).readonly(),
  })
  .readonly();
export type ShowReport = z.infer<typeof showReportSchema>;
