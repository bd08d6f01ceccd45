/**
 * An ingest: the named slot (app and stream key) that an encoder publishes on.
 * @module
 */
import { z } from 'zod';
import { healthReportSchema } from './health.ts';

/** `holding`: the encoder is gone, the targets are kept alive until it returns or the hold time is up. */
export const ingestStateSchema = z.enum(['waiting', 'live', 'holding']);
export type IngestState = z.infer<typeof ingestStateSchema>;

/** The encoder that publishes right now. */
export const encoderSchema = z
  .object({
    /** Address and port the encoder connects from. */
    address: z.string(),
    /** What it calls itself (flashVer or the encoder field of its metadata); null when it says nothing. */
    software: z.string().nullable(),
    /** ISO 8601. */
    connectedAt: z.string(),
    bytesReceived: z.number(),
    /** Media messages received: video, audio. */
    videoMessages: z.number(),
    audioMessages: z.number(),
  })
  .readonly();
export type Encoder = z.infer<typeof encoderSchema>;

/** One ingest, as everybody sees it. */
export const ingestSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    app: z.string(),
    streamKey: z.string(),
    /** Server address to put into the encoder, without the key. */
    serverUrl: z.string(),
    /** `serverUrl` + `/` + `streamKey`. */
    publishUrl: z.string(),
    /** Key that players on other computers use on the same server address. */
    playKey: z.string(),
    /** Seconds the targets are kept alive after the encoder is gone; 0 is off. */
    holdSeconds: z.number(),
    state: ingestStateSchema,
    /** Since when `state` holds; ISO 8601. */
    since: z.string(),
    /** When the hold ends; ISO 8601, null unless `state` is `holding`. */
    holdEndsAt: z.string().nullable(),
    encoder: encoderSchema.nullable(),
    health: healthReportSchema.nullable(),
    /** Players watching this ingest, our own previews not counted. */
    players: z.number(),
    /** Whether the built-in test signal publishes here. */
    testSignal: z.boolean(),
    /** Things worth knowing about the settings of this ingest, such as a short key. */
    warnings: z.array(z.string()).readonly(),
  })
  .readonly();
export type Ingest = z.infer<typeof ingestSchema>;

/** How far one incoming connection has come: the three stages of RTMP. */
export const connectionStageSchema = z.enum(['handshake', 'connection', 'stream']);
export type ConnectionStage = z.infer<typeof connectionStageSchema>;

/** One incoming connection, kept for a while after its end so that a failure can be read. */
export const incomingConnectionSchema = z
  .object({
    id: z.string(),
    address: z.string(),
    software: z.string().nullable(),
    /** `rehearsal`: one of our own rehearsal targets. */
    role: z.enum(['unknown', 'encoder', 'player', 'rehearsal']),
    /** The stage under way, or the one it ended in. */
    stage: connectionStageSchema,
    /** `ok`: it publishes or plays. `refused`: we said no. `failed`: it broke the protocol or fell silent. `closed`: it left in order. */
    outcome: z.enum(['in-progress', 'ok', 'refused', 'failed', 'closed']),
    /** Why it was refused or failed, and what to change. */
    reason: z.object({ code: z.string(), message: z.string() }).readonly().nullable(),
    ingestId: z.string().nullable(),
    /** ISO 8601. */
    startedAt: z.string(),
  })
  .readonly();
export type IncomingConnection = z.infer<typeof incomingConnectionSchema>;
