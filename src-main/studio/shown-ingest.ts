/**
 * An ingest as everybody sees it: what is saved, and how it runs.
 * @module
 */
import type { HealthReport } from '../../src-shared/model/health.ts';
import type { BackupReport, Encoder, Ingest, ShowDelay, SlateReport } from '../../src-shared/model/ingest.ts';
import type { IngestSlot, Publisher } from '../ingest/ingest-slot.ts';
import type { SavedIngest } from '../settings/settings.ts';
import type { IngestKeys } from './ingest-keys.ts';
import { isoTime } from './studio-parts.ts';

/** Keys shorter than this can be guessed by trying, characters. */
const SHORT_KEY_CHARS = 12;

/** Puts the pieces together. */
export function shownIngest(parts: {
  readonly saved: SavedIngest;
  readonly keys: IngestKeys;
  readonly serverUrl: string;
  readonly slot: IngestSlot;
  readonly health: HealthReport | null;
  readonly players: number;
  readonly slate: SlateReport;
  readonly delay: ShowDelay;
  readonly testSignal: boolean;
}): Ingest {
  const { saved, keys, serverUrl, slot, health, players, slate, delay, testSignal } = parts;
  const { streamKey, playKey } = keys;
  return {
    id: saved.id,
    name: saved.name,
    app: saved.app,
    streamKey,
    serverUrl,
    publishUrl: `${serverUrl}/${streamKey}`,
    playKey,
    holdSeconds: saved.holdSeconds,
    holdThen: saved.holdThen,
    holdPicture: saved.holdPicture,
    holdPictureFile: saved.holdPictureFile,
    slate,
    stallSeconds: saved.stallSeconds,
    switchBack: saved.switchBack,
    switchBackSeconds: saved.switchBackSeconds,
    backup: saved.backup ? shownBackup(slot, keys.backupKey, serverUrl) : null,
    onAir: slot.onAir ?? null,
    delay,
    state: slot.state,
    since: isoTime(slot.since),
    holdEndsAt: slot.holdEndsAt === undefined ? null : isoTime(slot.holdEndsAt),
    encoder: shownEncoder(slot.publisher),
    health,
    players,
    testSignal,
    warnings: warningsFor(saved.backup ? [streamKey, keys.backupKey] : [streamKey]),
  };
}

function shownBackup(slot: IngestSlot, streamKey: string, serverUrl: string): BackupReport {
  const { compatible, message } =
    slot.backupPublisher === undefined ? { compatible: null, message: '' } : slot.comparison;
  const publishUrl = `${serverUrl}/${streamKey}`;
  return { streamKey, publishUrl, encoder: shownEncoder(slot.backupPublisher), compatible, message };
}

function warningsFor(keys: readonly string[]): readonly string[] {
  if (keys.every(({ length }) => length >= SHORT_KEY_CHARS)) return [];
  return [
    `This stream key is short: anybody who reaches this port can guess it. Keys of ${SHORT_KEY_CHARS} characters or more are safer.`,
  ];
}

function shownEncoder(publisher: Publisher | undefined): Encoder | null {
  if (publisher === undefined) return null;
  const { caller, connectedAt, software, videoMessages, audioMessages } = publisher;
  return {
    address: caller.address,
    software,
    connectedAt: isoTime(connectedAt),
    bytesReceived: caller.bytesReceived(),
    videoMessages,
    audioMessages,
  };
}
