/**
 * A target: where we publish to.
 * @module
 */
import { z } from 'zod';

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
    /** Times this target was lost and came back since the show began. */
    reconnects: z.number(),
    /** What the rehearsal target has received; null for all others. */
    received: z
      .object({ videoFrames: z.number(), audioFrames: z.number(), keyframes: z.number(), bytes: z.number() })
      .readonly()
      .nullable(),
    findings: z.array(findingSchema).readonly(),
  })
  .readonly();
export type Target = z.infer<typeof targetSchema>;
