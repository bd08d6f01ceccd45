/**
 * What of a target is kept secret: its key, its password, its proxy.
 * @module
 */
import { maskKey } from '../secrets/mask-key.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { SavedTarget } from '../settings/settings.ts';

/** Empty: none. */
export type TargetSecretTexts = {
  readonly streamKey: string;
  /** Of the second connection; empty: the first one's. */
  readonly backupKey: string;
  readonly password: string;
  readonly proxy: string;
};

/** A target as it is kept, with what is secret about it. */
export type KeptTarget = { readonly saved: SavedTarget; readonly secrets: TargetSecretTexts };

const NAMES = {
  streamKey: 'stream-key',
  backupKey: 'backup-key',
  password: 'password',
  proxy: 'proxy',
} as const;
const FIELDS = ['streamKey', 'backupKey', 'password', 'proxy'] as const;

/** The secrets of all targets, by target id. */
export class TargetSecrets {
  readonly #secrets: SecretStore;

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  get(id: string): TargetSecretTexts {
    const text = (field: (typeof FIELDS)[number]): string =>
      this.#secrets.get(`target/${id}/${NAMES[field]}`)?.reveal() ?? '';
    return {
      streamKey: text('streamKey'),
      backupKey: text('backupKey'),
      password: text('password'),
      proxy: text('proxy'),
    };
  }

  /** Keeps what is given; empty texts are forgotten. */
  set(id: string, texts: TargetSecretTexts): void {
    for (const field of FIELDS) {
      if (texts[field] === '') this.#secrets.delete(`target/${id}/${NAMES[field]}`);
      else this.#secrets.set(`target/${id}/${NAMES[field]}`, texts[field]);
    }
  }

  delete(id: string): void {
    this.set(id, { streamKey: '', backupKey: '', password: '', proxy: '' });
  }
}

/** A proxy's address as it may be shown: without its password. */
export function shownProxy(proxy: string): string {
  if (!URL.canParse(proxy)) return proxy;
  const url = new URL(proxy);
  if (url.password === '') return proxy;
  return `${url.protocol}//${url.username}:••••@${url.host}`;
}

/** What was read back as dots and comes again is no new key. */
export function newKey(given: string | undefined, before: string): string {
  return given === undefined || given === maskKey(before) ? before : given;
}
