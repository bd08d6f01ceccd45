/**
 * All that the window and the API show, in one value.
 * @module
 */
import { z } from 'zod';
import { incomingConnectionSchema, ingestSchema } from './ingest.ts';
import { logEventSchema } from './log-event.ts';
import { targetSchema } from './target.ts';

/** Upload of all targets together, 1000 bit/s over the last second; the budget is null when none is set. */
export const uplinkSchema = z.object({ totalKbps: z.number(), budgetKbps: z.number().nullable() }).readonly();
export type Uplink = z.infer<typeof uplinkSchema>;

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
  })
  .readonly();
export type StudioState = z.infer<typeof studioStateSchema>;
