/**
 * One line of the event log, in words a streamer understands.
 * @module
 */
import { z } from 'zod';

/** One event. */
export const logEventSchema = z
  .object({
    /** Rises by one per event since the studio started. */
    seq: z.number(),
    /** ISO 8601. */
    at: z.string(),
    level: z.enum(['info', 'warning', 'error']),
    /** Kebab-case, stable, for scripts. */
    code: z.string(),
    message: z.string(),
    ingestId: z.string().nullable(),
    targetId: z.string().nullable(),
  })
  .readonly();
export type LogEvent = z.infer<typeof logEventSchema>;
