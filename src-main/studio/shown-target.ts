/**
 * A target as everybody sees it: what is saved, and how it runs.
 * @module
 */
import type { Target } from '../../src-shared/model/target.ts';
import type { TargetSupervisor } from '../outbound/target-supervisor.ts';
import { maskKey } from '../secrets/mask-key.ts';
import type { SavedTarget } from '../settings/settings.ts';
import { isoTime } from './studio-parts.ts';
import { shownProxy, type TargetSecretTexts } from './target-secrets.ts';

/** Puts the pieces together. `url` as it may be shown; secrets are masked here. */
export function shownTarget(parts: {
  saved: SavedTarget;
  url: string;
  secrets: TargetSecretTexts;
  supervisor: TargetSupervisor;
  bitrateKbps: number;
  received: Target['received'];
}): Target {
  const { saved, url, secrets, supervisor, bitrateKbps, received } = parts;
  const { counts, lastError, nextRetryAt } = supervisor;
  return {
    id: saved.id,
    name: saved.name,
    platform: saved.platform,
    url,
    streamKey: maskKey(secrets.streamKey),
    ingestId: saved.ingestId,
    user: saved.user,
    hasPassword: secrets.password !== '',
    certificateSha256: saved.certificateSha256,
    proxy: shownProxy(secrets.proxy),
    bindAddress: saved.bindAddress,
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
