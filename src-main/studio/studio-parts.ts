/**
 * What the books of the studio share.
 * @module
 */
import type { Update } from '../../src-shared/bridge/contract.ts';
import type { Dial } from '../net/dial.ts';
import type { Clock } from '../platform/clock.ts';
import type { HmacSha256, Md5 } from '../platform/crypto.ts';
import type { Random } from '../platform/random.ts';
import type { Spill } from '../platform/spill.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { EventLog } from './event-log.ts';
import type { SlateMaker } from './slate-pictures.ts';

/** The rooms and stores that every book works with. */
export type StudioParts = {
  readonly settings: SettingsStore;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly hmacSha256: HmacSha256;
  readonly md5: Md5;
  readonly dial: Dial;
  readonly events: EventLog;
  readonly emit: (update: Update) => void;
  /** Whether anybody hears it: what costs something to say is not said to nobody. */
  readonly isHeard: () => boolean;
  readonly slates: SlateMaker;
  /** Room on the disk for what an ingest's delay does not keep in memory. */
  readonly openSpill: (ingestId: string) => Promise<Spill>;
  /** Bytes that may still be put there. */
  readonly freeDiskBytes: () => Promise<number>;
};

/** A short id for an ingest or target: 48 bits, so that two never meet in one settings file. */
export function newId(random: Random): string {
  return Array.from(random.bytes(6), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Wall time as the contract writes it. */
export function isoTime(wallMs: number): string {
  return new Date(wallMs).toISOString();
}

/** Only what was given; what was left out stays as it is. */
export function given<T extends object>(changes: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
