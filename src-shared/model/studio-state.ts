/**
 * All that the window and the API show, in one value.
 * @module
 */
import { z } from 'zod';
import { incomingConnectionSchema, ingestSchema } from './ingest.ts';
import { logEventSchema } from './log-event.ts';
import { noticeSettingsSchema } from './notice.ts';
import { rehearsalSchema } from './rehearsal.ts';
import { targetSchema } from './target.ts';

/** Which side is to blame when targets lag. */
export const lineVerdictSchema = z
  .object({
    kind: z.enum(['ok', 'your-line', 'platform', 'encoder']),
    /** With the figures that say so, and what to do; empty when all is well. */
    message: z.string(),
    /** The targets it is about. */
    targetIds: z.array(z.string()).readonly(),
    /** The ingest whose encoder it is about. */
    ingestId: z.string().nullable(),
  })
  .readonly();
export type LineVerdict = z.infer<typeof lineVerdictSchema>;

/** Upload of all targets together, 1000 bit/s over the last second. */
export const uplinkSchema = z
  .object({
    totalKbps: z.number(),
    /** What all targets may take together, as given; null: not given. */
    budgetKbps: z.number().nullable(),
    /** What the line was found to carry when it could not carry all; null: it never failed to. */
    measuredKbps: z.number().nullable(),
    verdict: lineVerdictSchema,
  })
  .readonly();
export type Uplink = z.infer<typeof uplinkSchema>;

/** Whether encoders connect from this computer only, or from other devices of its networks as well. */
export const rtmpHostSchema = z.enum(['127.0.0.1', '0.0.0.0'], {
  error: 'must be 127.0.0.1 (this computer only) or 0.0.0.0 (other devices too)',
});
export type RtmpHost = z.infer<typeof rtmpHostSchema>;

/** Where the studio listens, as a setting. Each is used from the next start on. */
export const networkFieldSchema = z.enum(['rtmpHost', 'rtmpPort', 'rtmpsPort', 'httpPort']);
export type NetworkField = z.infer<typeof networkFieldSchema>;

/** Where the studio listens right now. */
export const networkReportSchema = z
  .object({
    rtmpHost: z.string(),
    rtmpPort: z.number(),
    /** Null: off. */
    rtmpsPort: z.number().nullable(),
    httpPort: z.number(),
    /** What a flag of the command line has set for this start, in place of the settings. */
    byFlag: z.array(networkFieldSchema).readonly(),
    /** Server addresses that encoders may use, without keys. */
    urls: z.array(z.string()).readonly(),
  })
  .readonly();
export type NetworkReport = z.infer<typeof networkReportSchema>;

/** Settings of the studio as a whole. */
export const studioSettingsSchema = z
  .object({
    rtmpHost: rtmpHostSchema,
    rtmpPort: z.number(),
    /** Null: no RTMP over TLS. */
    rtmpsPort: z.number().nullable(),
    /** Of the window and the HTTP API. */
    httpPort: z.number(),
    network: networkReportSchema,
    /** Where keys are: locked by the system's key store, or in a file that only this user may read. */
    keysKeptBy: z.enum(['system', 'file']),
    uplinkBudgetKbps: z.number().nullable(),
    /** As set; empty: the one that comes with Relaydeck, or the system's. */
    ffmpegPath: z.string(),
    /** Days that shows are kept for; 0: none is. */
    historyDays: z.number(),
    /** The FFmpeg that is used, and what it says it is; null: none was found. */
    ffmpeg: z.object({ path: z.string(), version: z.string() }).readonly().nullable(),
  })
  .readonly();
export type StudioSettings = z.infer<typeof studioSettingsSchema>;

/** A diagnosis that was written: where, and what is in it, in words. */
export const diagnosisSchema = z
  .object({ path: z.string(), fileName: z.string(), summary: z.string() })
  .readonly();
export type Diagnosis = z.infer<typeof diagnosisSchema>;

/** The whole state. */
export const studioStateSchema = z
  .object({
    version: z.string(),
    /** RTMP address without a key. */
    rtmpUrl: z.string(),
    ingests: z.array(ingestSchema).readonly(),
    targets: z.array(targetSchema).readonly(),
    /** The newest incoming connections, newest last. */
    connections: z.array(incomingConnectionSchema).readonly(),
    /** The newest events, newest last. */
    events: z.array(logEventSchema).readonly(),
    uplink: uplinkSchema,
    /** The newest rehearsal; null: there was none. */
    rehearsal: rehearsalSchema.nullable(),
    notices: noticeSettingsSchema,
  })
  .readonly();
export type StudioState = z.infer<typeof studioStateSchema>;
