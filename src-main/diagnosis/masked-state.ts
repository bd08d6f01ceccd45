/**
 * The studio's state as a stranger may see it: figures, states, errors; no key, not even a masked one.
 * @module
 */
import type { IncomingConnection, Ingest } from '../../src-shared/model/ingest.ts';
import type { ShowSummary } from '../../src-shared/model/show-report.ts';
import type { StudioState } from '../../src-shared/model/studio-state.ts';
import type { Target } from '../../src-shared/model/target.ts';
import { maskUrl } from './mask-url.ts';

// Fields are named one by one, so that a new one is shown only when somebody has looked at it.
const INGEST_FIELDS = [
  'id',
  'name',
  'app',
  'state',
  'since',
  'onAir',
  'holdSeconds',
  'holdThen',
  'holdPicture',
  'holdEndsAt',
  'slate',
  'stallSeconds',
  'switchBack',
  'switchBackSeconds',
  'encoder',
  'delay',
  'health',
  'players',
  'testSignal',
  'warnings',
] as const satisfies readonly (keyof Ingest)[];

const TARGET_FIELDS = [
  'id',
  'name',
  'platform',
  'ingestId',
  'hasPassword',
  'certificateSha256',
  'bindAddress',
  'enabled',
  'priority',
  'startAt',
  'startAfterSeconds',
  'startsAt',
  'delaySeconds',
  'delayedBySeconds',
  'backupMode',
  'backupLeg',
  'shed',
  'state',
  'since',
  'attempt',
  'nextRetryAt',
  'lastError',
  'bytesSent',
  'bytesAcknowledged',
  'bitrateKbps',
  'droppedFrames',
  'queueMs',
  'backlogBytes',
  'roundTripMs',
  'reconnects',
  'received',
  'findings',
  'health',
] as const satisfies readonly (keyof Target)[];

const CONNECTION_FIELDS = [
  'id',
  'address',
  'software',
  'role',
  'stage',
  'outcome',
  'reason',
  'ingestId',
  'startedAt',
] as const satisfies readonly (keyof IncomingConnection)[];

const SHOW_FIELDS = [
  'id',
  'ingestId',
  'ingestName',
  'startedAt',
  'endedAt',
  'lastSeenAt',
  'targets',
  'reconnects',
] as const satisfies readonly (keyof ShowSummary)[];

/** Without events and connections, which are bounded apart. */
export function maskedState({ rtmpUrl, ingests, targets, uplink, rehearsal }: StudioState): object {
  return {
    rtmpUrl: maskUrl(rtmpUrl),
    ingests: ingests.map(ingest),
    targets: targets.map(target),
    uplink,
    rehearsal,
  };
}

/** One incoming connection. */
export function maskedConnection(connection: IncomingConnection): object {
  return picked(connection, CONNECTION_FIELDS);
}

/** One show. */
export function maskedShow(show: ShowSummary): object {
  return picked(show, SHOW_FIELDS);
}

function ingest(shown: Ingest): object {
  const { backup, streamKey, playKey } = shown;
  return {
    ...picked(shown, INGEST_FIELDS),
    hasStreamKey: streamKey !== '',
    hasPlayKey: playKey !== '',
    hasHoldPictureFile: shown.holdPictureFile !== '',
    backup:
      backup === null
        ? null
        : { encoder: backup.encoder, compatible: backup.compatible, message: backup.message },
  };
}

function target(shown: Target): object {
  const hasStreamKey = shown.streamKey !== '';
  return {
    ...picked(shown, TARGET_FIELDS),
    url: maskUrl(shown.url, { lastPartIsKey: !hasStreamKey }),
    hasStreamKey,
    hasUser: shown.user !== '',
    proxy: maskUrl(shown.proxy),
    backupUrl: maskUrl(shown.backupUrl, { lastPartIsKey: !hasStreamKey && shown.backupStreamKey === '' }),
    hasBackupStreamKey: shown.backupStreamKey !== '',
  };
}

function picked<T extends object>(value: T, fields: readonly (keyof T)[]): object {
  return Object.fromEntries(fields.map((field) => [field, value[field]]));
}
