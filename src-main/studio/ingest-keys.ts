/**
 * The keys of the ingests: of the main encoder, of the backup, of players.
 * @module
 */
import type { Random } from '../platform/random.ts';
import { newStreamKey } from '../secrets/new-stream-key.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { CommandRefused } from './studio-port.ts';

/** Empty: not made yet. */
export type IngestKeys = {
  readonly streamKey: string;
  readonly backupKey: string;
  readonly playKey: string;
};

const NAMES = { streamKey: 'stream-key', backupKey: 'backup-key', playKey: 'play-key' } as const;
const FIELDS = ['streamKey', 'backupKey', 'playKey'] as const;

/** By ingest id, in the secrets `ingest/<id>/…`. */
export class IngestKeyBook {
  readonly #secrets: SecretStore;
  readonly #random: Random;

  constructor(secrets: SecretStore, random: Random) {
    this.#secrets = secrets;
    this.#random = random;
  }

  get(id: string): IngestKeys {
    const text = (field: keyof IngestKeys): string =>
      this.#secrets.get(`ingest/${id}/${NAMES[field]}`)?.reveal() ?? '';
    return { streamKey: text('streamKey'), backupKey: text('backupKey'), playKey: text('playKey') };
  }

  /** Takes the keys that are given. */
  set(id: string, keys: { readonly [K in keyof IngestKeys]?: string | undefined }): void {
    for (const field of FIELDS) {
      const key = keys[field];
      if (key !== undefined) this.#secrets.set(`ingest/${id}/${NAMES[field]}`, key);
    }
  }

  /** Makes those that are missing. */
  complete(id: string): void {
    const known = this.get(id);
    for (const field of FIELDS) if (known[field] === '') this.renew(id, field);
  }

  renew(id: string, field: keyof IngestKeys): void {
    this.#secrets.set(`ingest/${id}/${NAMES[field]}`, newStreamKey(this.#random));
  }

  delete(id: string): void {
    for (const field of FIELDS) this.#secrets.delete(`ingest/${id}/${NAMES[field]}`);
  }
}

/** Keys that somebody wants for an ingest; undefined: as they are. */
export type WantedKeys = { readonly streamKey: string | undefined; readonly backupKey: string | undefined };

/**
 * A key opens one door only.
 * @param others Ids of the other ingests.
 * @param ownId Of the ingest that the keys are for, when it is there already.
 * @throws {CommandRefused} `key-taken`
 */
export function refuseTakenKeys(
  { streamKey, backupKey }: WantedKeys,
  book: IngestKeyBook,
  others: readonly string[],
  ownId?: string,
): void {
  const own = ownId === undefined ? undefined : book.get(ownId);
  const taken = keysOf(others, book);
  const refuse = (field: string): never => {
    const words = 'Another ingest or encoder has this stream key already. Choose a different one.';
    throw new CommandRefused('key-taken', words, field);
  };
  const isTaken = (key: string, beside: string | undefined): boolean =>
    taken.has(key) || key === own?.playKey || key === beside;
  if (streamKey !== undefined && isTaken(streamKey, backupKey ?? own?.backupKey)) refuse('streamKey');
  if (backupKey !== undefined && isTaken(backupKey, streamKey ?? own?.streamKey)) refuse('backupStreamKey');
}

/**
 * An ingest that was deleted wants its keys back.
 * @throws {CommandRefused} `key-taken`: somebody else has one of them since.
 */
export function refuseReturn(
  { name, keys }: { readonly name: string; readonly keys: IngestKeys },
  book: IngestKeyBook,
  others: readonly string[],
): void {
  const taken = keysOf(others, book);
  if (!Object.values(keys).some((key) => taken.has(key))) return;
  const words = `"${name}" cannot come back: another ingest has its stream key since. Change that key first, or add the ingest anew.`;
  throw new CommandRefused('key-taken', words);
}

function keysOf(ids: readonly string[], book: IngestKeyBook): ReadonlySet<string> {
  return new Set(ids.flatMap((id) => Object.values(book.get(id))));
}
