/**
 * A rehearsal: every target at once for half a minute, to see what the line carries.
 * @module
 */
import { z } from 'zod';

/** What became of one target in a rehearsal. */
export const rehearsalRowSchema = z
  .object({
    targetId: z.string(),
    name: z.string(),
    /** `platform`: sent there as a bandwidth test that nobody sees. `local`: received on this computer; says nothing of the line. */
    way: z.enum(['platform', 'local']),
    state: z.enum(['connecting', 'sending', 'done', 'failed']),
    /** From the first call until it took media, ms; null: it never did. */
    connectMs: z.number().nullable(),
    bytesSent: z.number(),
    /** 1000 bit/s: mean once it had settled, and the worst second. */
    kbps: z.number(),
    worstKbps: z.number(),
    /** What the encoder sent in the same time, 1000 bit/s; 0: not measured yet. */
    offeredKbps: z.number(),
    /** The longest that media waited for it, ms of stream time. */
    worstQueueMs: z.number(),
    droppedFrames: z.number(),
    /** In words; empty while there is nothing to say. */
    message: z.string(),
  })
  .readonly();
export type RehearsalRow = z.infer<typeof rehearsalRowSchema>;

/** One rehearsal. */
export const rehearsalSchema = z
  .object({
    ingestId: z.string(),
    state: z.enum(['running', 'done', 'cancelled']),
    /** ISO 8601. */
    startedAt: z.string(),
    /** When it ends, or ended; ISO 8601. */
    endsAt: z.string(),
    rows: z.array(rehearsalRowSchema).readonly(),
    /** Sum of the platforms' means, 1000 bit/s. */
    platformKbps: z.number(),
    /** Sum over all rows, 1000 bit/s. */
    totalKbps: z.number(),
    verdict: z
      .object({ word: z.enum(['good', 'tight', 'too-slow', 'unknown']), message: z.string() })
      .readonly()
      .nullable(),
  })
  .readonly();
export type Rehearsal = z.infer<typeof rehearsalSchema>;
