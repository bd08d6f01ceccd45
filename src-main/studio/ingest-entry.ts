/**
 * One ingest while the studio runs.
 * @module
 */
import type { HealthReport } from '../../src-shared/model/health.ts';
import type { SourceRole } from '../../src-shared/model/ingest.ts';
import type { LineMeter, LineSample } from '../health/line-meter.ts';
import type { StreamMeter } from '../health/stream-meter.ts';
import type { IngestSlot } from '../ingest/ingest-slot.ts';
import type { IngestEvents } from './ingest-events.ts';

/** What the book keeps of it beside its settings. */
export type IngestEntry = {
  readonly slot: IngestSlot;
  readonly events: IngestEvents;
  /** Of the encoders that are here. */
  readonly meters: Map<SourceRole, { readonly stream: StreamMeter; readonly line: LineMeter }>;
  health: HealthReport | null;
  /** Of what is on air. */
  line: LineSample | undefined;
  players: number;
  /** Whether what publishes is our own test signal. */
  isTestSignal: boolean;
};

/** Nobody is on it yet. */
export function newEntry(slot: IngestSlot, events: IngestEvents): IngestEntry {
  return { slot, events, meters: new Map(), health: null, line: undefined, players: 0, isTestSignal: false };
}
