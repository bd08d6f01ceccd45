/**
 * What a target's encoder sends, as its platform's rules and its own health look at it.
 * @module
 */
import type { HealthReport } from '../../src-shared/model/health.ts';
import type { SourceRole } from '../../src-shared/model/ingest.ts';
import type { StreamRates } from '../health/line-meter.ts';
import type { SentStream } from '../health/rules/check-rules.ts';
import type { IngestSlot } from '../ingest/ingest-slot.ts';

/** What the target's encoder sends right now, as far as it is known. */
export type SourceFigures = {
  readonly sent: SentStream;
  readonly rates: StreamRates | undefined;
  /** What the encoder calls itself; null: it does not say. */
  readonly software: string | null;
};

/** Of the encoder that is on air. */
export function sourceFigures(
  slot: IngestSlot,
  { video, audio, meters }: HealthReport,
  rates: StreamRates | undefined,
): SourceFigures {
  const sent = {
    video,
    audio,
    videoKbps: meters.video?.kbps10s ?? null,
    audioKbps: meters.audio?.kbps10s ?? null,
    keyframeIntervalSec: meters.keyframeIntervalSec,
  };
  const publisher = slot.onAir === 'backup' ? slot.backupPublisher : slot.publisher;
  return { sent, rates, software: publisher?.software ?? null };
}

/** The way to an encoder and back, as the handshake or a later ping told it. */
export function roundTripOf(slot: IngestSlot, role: SourceRole): { readonly roundTripMs: number | null } {
  const publisher = role === 'main' ? slot.publisher : slot.backupPublisher;
  const ms = publisher?.caller.roundTripMs() ?? null;
  return { roundTripMs: ms === null ? null : Math.round(ms) };
}
