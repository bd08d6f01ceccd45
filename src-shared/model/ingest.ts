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

/** Which of an ingest's two encoders. */
export const sourceRoleSchema = z.enum(['main', 'backup']);
export type SourceRole = z.infer<typeof sourceRoleSchema>;

/** What targets are shown while the encoder is gone: its last keyframe, or a picture made for it. */
export const holdPictureSchema = z.enum(['freeze', 'slate']);
export type HoldPicture = z.infer<typeof holdPictureSchema>;

/** When the hold time is up: say goodbye to the targets, or stay until somebody ends it. */
export const holdThenSchema = z.enum(['end', 'stay']);
export type HoldThen = z.infer<typeof holdThenSchema>;

/** Back from the backup encoder to the main one: by itself once that is healthy, or by hand. */
export const switchBackSchema = z.enum(['auto', 'manual']);
export type SwitchBack = z.infer<typeof switchBackSchema>;

/** How far the picture for a hold is: `off` is not wanted, `unavailable` cannot be had here (no FFmpeg). */
export const slateReportSchema = z
  .object({
    state: z.enum(['off', 'waiting', 'preparing', 'ready', 'unavailable', 'failed']),
    /** What that means for the streamer; empty while there is nothing to say. */
    message: z.string(),
  })
  .readonly();
export type SlateReport = z.infer<typeof slateReportSchema>;

/** The backup encoder of an ingest. */
export const backupReportSchema = z
  .object({
    streamKey: z.string(),
    publishUrl: z.string(),
    encoder: encoderSchema.nullable(),
    /** Whether viewers would get through a switch: null until both encoders have said what they send. */
    compatible: z.boolean().nullable(),
    /** What is alike, what is not, and what to change; empty while there is nothing to say. */
    message: z.string(),
  })
  .readonly();
export type BackupReport = z.infer<typeof backupReportSchema>;

/**
 * Delay of a whole show. `off`; `filling`: the buffer grows; `ready`: it is as long as wanted, targets are still live;
 * `active`: targets get what is `seconds` old; `switching`: at the next keyframe they will, or are back live.
 */
export const showDelaySchema = z
  .object({
    state: z.enum(['off', 'filling', 'ready', 'switching', 'active']),
    /** Wanted, s. */
    seconds: z.number(),
    /** In the buffer, s. */
    heldSeconds: z.number(),
    memoryBytes: z.number(),
    diskBytes: z.number(),
  })
  .readonly();
export type ShowDelay = z.infer<typeof showDelaySchema>;

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
    holdThen: holdThenSchema,
    holdPicture: holdPictureSchema,
    /** Picture file of the streamer's own; empty: the built-in one. */
    holdPictureFile: z.string(),
    slate: slateReportSchema,
    /** Seconds without video after which a connected encoder counts as gone; 0: never. */
    stallSeconds: z.number(),
    switchBack: switchBackSchema,
    /** Seconds the main encoder must be healthy before targets go back to it. */
    switchBackSeconds: z.number(),
    /** Null: this ingest has no backup encoder. */
    backup: backupReportSchema.nullable(),
    /** What targets get right now; null: nothing. */
    onAir: z.enum(['main', 'backup', 'freeze', 'slate']).nullable(),
    delay: showDelaySchema,
    state: ingestStateSchema,
    /** Since when `state` holds; ISO 8601. */
    since: z.string(),
    /** When the hold ends; ISO 8601, null unless `state` is `holding` and it ends by itself. */
    holdEndsAt: z.string().nullable(),
    /** The main encoder. */
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
