/**
 * A target: where we publish to.
 * @module
 */
import { z } from 'zod';
import { healthSchema } from './health.ts';

/**
 * `off`: not wanted. `waiting`: for the encoder. `retrying`: lost, will try again at `nextRetryAt`.
 * `failed`: will not retry by itself.
 */
export const targetStateSchema = z.enum(['off', 'waiting', 'connecting', 'live', 'retrying', 'failed']);
export type TargetState = z.infer<typeof targetStateSchema>;

/** One thing a platform's rules say of what is sent. */
export const findingSchema = z
  .object({
    rule: z.string(),
    severity: z.enum(['info', 'warning', 'error']),
    sent: z.string(),
    wanted: z.string(),
    /** The platform's figure could not be checked against the platform. */
    unconfirmed: z.boolean(),
    consequence: z.string(),
    fix: z.string(),
  })
  .readonly();
export type Finding = z.infer<typeof findingSchema>;

/** Why a target was lost or refused last. */
export const targetErrorSchema = z
  .object({
    code: z.string(),
    /** A sentence a streamer can act on. */
    message: z.string(),
    /** ISO 8601. */
    at: z.string(),
  })
  .readonly();
export type TargetError = z.infer<typeof targetErrorSchema>;

/** What of the stream a target gets while the line cannot carry all: everything; sound and keyframes; sound alone. */
export const shedLevelSchema = z.enum(['none', 'keyframes', 'sound']);
export type ShedLevel = z.infer<typeof shedLevelSchema>;

/** Second connection to the platform's backup server: none, always, or while the first one is lost. */
export const backupModeSchema = z.enum(['off', 'together', 'on-failure']);
export type BackupMode = z.infer<typeof backupModeSchema>;

/** The second connection of a target. */
export const backupLegSchema = z
  .object({
    state: targetStateSchema,
    /** ISO 8601. */
    since: z.string(),
    attempt: z.number(),
    nextRetryAt: z.string().nullable(),
    lastError: targetErrorSchema.nullable(),
    bytesSent: z.number(),
    bitrateKbps: z.number(),
    droppedFrames: z.number(),
    queueMs: z.number(),
    reconnects: z.number(),
  })
  .readonly();
export type BackupLeg = z.infer<typeof backupLegSchema>;

/** One target, as everybody sees it. */
export const targetSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    /** Preset id (`twitch`, `youtube`, …, `custom`, `rehearsal`). */
    platform: z.string(),
    /** Server URL without the key. */
    url: z.string(),
    /** Masked: only the last four characters are shown; empty when none is set. */
    streamKey: z.string(),
    ingestId: z.string(),
    /** For servers that ask who you are; empty: none. The password is never shown, only whether there is one. */
    user: z.string(),
    hasPassword: z.boolean(),
    /** SHA-256 of the only certificate that is trusted, hex; empty: the usual check. */
    certificateSha256: z.string(),
    /** Without its password; empty: none. */
    proxy: z.string(),
    /** Address of this computer to connect from; empty: the system chooses. */
    bindAddress: z.string(),
    /** Enabled targets go live by themselves when their ingest does. */
    enabled: z.boolean(),
    /** 1 is the most important one: the line is kept for it longest. */
    priority: z.number(),
    /** Wall time before which it does not go live; ISO 8601, null: at once. */
    startAt: z.string().nullable(),
    /** Seconds after the show has begun before which it does not go live; null: at once. */
    startAfterSeconds: z.number().nullable(),
    /** When it will go live, as far as that is known; ISO 8601. */
    startsAt: z.string().nullable(),
    /** Behind the show by this much, s, beside the show's own delay. */
    delaySeconds: z.number(),
    /** How far behind live it is right now by intention, s; 0 while a new delay fills up. */
    delayedBySeconds: z.number(),
    backupMode: backupModeSchema,
    /** Server URL of the second connection; empty: none. */
    backupUrl: z.string(),
    /** Masked; empty: the same key as the first connection. */
    backupStreamKey: z.string(),
    /** Null: there is no second connection. */
    backupLeg: backupLegSchema.nullable(),
    shed: shedLevelSchema,
    state: targetStateSchema,
    /** Since when `state` holds; ISO 8601. */
    since: z.string(),
    /** Connection attempts since the last healthy while; 0 when none was needed. */
    attempt: z.number(),
    /** ISO 8601; null unless `state` is `retrying`. */
    nextRetryAt: z.string().nullable(),
    lastError: targetErrorSchema.nullable(),
    /** Bytes sent on the wire since the target went on; acknowledged ones as the peer counts them. */
    bytesSent: z.number(),
    bytesAcknowledged: z.number(),
    /** 1000 bit/s over the last second. */
    bitrateKbps: z.number(),
    /** Video frames dropped because this target could not take them. */
    droppedFrames: z.number(),
    /** Stream time waiting in this target's queue, ms. */
    queueMs: z.number(),
    /** Bytes handed to the system's socket that it has not taken yet. */
    backlogBytes: z.number(),
    /** Time a ping takes to the server and back, ms; null: it does not answer any. */
    roundTripMs: z.number().nullable(),
    /** Times this target was lost and came back since the show began. */
    reconnects: z.number(),
    /** What the rehearsal target has received; null for all others. */
    received: z
      .object({ videoFrames: z.number(), audioFrames: z.number(), keyframes: z.number(), bytes: z.number() })
      .readonly()
      .nullable(),
    findings: z.array(findingSchema).readonly(),
    health: healthSchema,
  })
  .readonly();
export type Target = z.infer<typeof targetSchema>;
