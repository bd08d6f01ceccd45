/**
 * A target as everybody sees it: what is saved, and how it runs.
 * @module
 */
import type { BackupLeg, ShedLevel, Target, TargetError } from '../../src-shared/model/target.ts';
import type { TargetLegs } from '../outbound/target-legs.ts';
import type { TargetSupervisor } from '../outbound/target-supervisor.ts';
import { maskKey } from '../secrets/mask-key.ts';
import type { SavedTarget } from '../settings/settings.ts';
import { isoTime } from './studio-parts.ts';
import { shownProxy, type TargetSecretTexts } from './target-secrets.ts';

/** How a target runs right now. */
export type TargetRunning = {
  readonly legs: TargetLegs;
  readonly shed: ShedLevel;
  /** Wall time, ms; undefined: its time has come, or is not known. */
  readonly startsAt: number | undefined;
  readonly delayedByMs: number;
  readonly bitrateKbps: number;
  readonly backupKbps: number;
  readonly received: Target['received'];
  readonly health: Target['health'];
  readonly findings: Target['findings'];
};

/** Puts the pieces together. `url` as it may be shown; secrets are masked here. */
export function shownTarget(
  parts: TargetRunning & {
    readonly saved: SavedTarget;
    readonly url: string;
    readonly priority: number;
    readonly secrets: TargetSecretTexts;
  },
): Target {
  const { saved, url, priority, secrets, legs, shed, delayedByMs, bitrateKbps, backupKbps, received } = parts;
  const { counts, backup } = legs;
  // One that waits for its time is wanted, and not yet on.
  const isScheduled = saved.enabled && legs.state === 'off';
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
    priority,
    startAt: saved.startAt,
    startAfterSeconds: saved.startAfterSeconds,
    startsAt: isoOrNull(parts.startsAt),
    delaySeconds: saved.delaySeconds,
    delayedBySeconds: delayedByMs / 1000,
    backupMode: saved.backupMode,
    backupUrl: saved.backupUrl,
    backupStreamKey: maskKey(secrets.backupKey),
    backupLeg: backup === undefined ? null : shownLeg(backup, backupKbps),
    shed,
    state: isScheduled ? 'waiting' : legs.state,
    since: isoTime(legs.since),
    attempt: legs.attempt,
    nextRetryAt: isoOrNull(legs.nextRetryAt),
    lastError: shownError(legs.lastError),
    bytesSent: counts.bytesSent,
    bytesAcknowledged: counts.bytesAcknowledged,
    bitrateKbps,
    droppedFrames: counts.droppedFrames,
    queueMs: Math.round(counts.queueMs),
    backlogBytes: counts.backlogBytes,
    roundTripMs: counts.roundTripMs === null ? null : Math.round(counts.roundTripMs),
    reconnects: legs.reconnects,
    received,
    findings: parts.findings,
    health: parts.health,
  };
}

function shownLeg(leg: TargetSupervisor, bitrateKbps: number): BackupLeg {
  const { counts } = leg;
  return {
    state: leg.state,
    since: isoTime(leg.since),
    attempt: leg.attempt,
    nextRetryAt: isoOrNull(leg.nextRetryAt),
    lastError: shownError(leg.lastError),
    bytesSent: counts.bytesSent,
    bitrateKbps,
    droppedFrames: counts.droppedFrames,
    queueMs: Math.round(counts.queueMs),
    reconnects: leg.reconnects,
  };
}

function shownError(error: TargetSupervisor['lastError']): TargetError | null {
  if (error === undefined) return null;
  return { code: error.verdict.code, message: error.verdict.message, at: isoTime(error.at) };
}

function isoOrNull(wallMs: number | undefined): string | null {
  return wallMs === undefined ? null : isoTime(wallMs);
}
