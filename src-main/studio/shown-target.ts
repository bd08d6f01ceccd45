/**
 * A target as everybody sees it: what is saved, and how it runs.
 * @module
 */
import type { Target } from '../../src-shared/model/target.ts';
import type { TargetSupervisor } from '../outbound/target-supervisor.ts';
import type { SavedTarget } from '../settings/settings.ts';
import { isoTime } from './studio-parts.ts';

/** Puts the pieces together. `url` and `maskedKey` as they may be shown. */
export function shownTarget(parts: {
  saved: SavedTarget;
  url: string;
  maskedKey: string;
  supervisor: TargetSupervisor;
  bitrateKbps: number;
  received: Target['received'];
}): Target {
  const { saved, url, maskedKey, supervisor, bitrateKbps, received } = parts;
  const { counts, lastError, nextRetryAt } = supervisor;
  return {
    id: saved.id,
    name: saved.name,
    platform: saved.platform,
    url,
    streamKey: maskedKey,
    ingestId: saved.ingestId,
    enabled: saved.enabled,
    state: supervisor.state,
    since: isoTime(supervisor.since),
    attempt: supervisor.attempt,
    nextRetryAt: nextRetryAt === undefined ? null : isoTime(nextRetryAt),
    lastError:
      lastError === undefined
        ? null
        : { code: lastError.verdict.code, message: lastError.verdict.message, at: isoTime(lastError.at) },
    bytesSent: counts.bytesSent,
    bytesAcknowledged: counts.bytesAcknowledged,
    bitrateKbps,
    droppedFrames: counts.droppedFrames,
    queueMs: Math.round(counts.queueMs),
    reconnects: supervisor.reconnects,
    received,
    findings: [],
  };
}
