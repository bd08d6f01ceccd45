/**
 * All keys in memory, saved on every change.
 * @module
 */
import type { Clock } from '../platform/clock.ts';
import type { Files } from '../platform/files.ts';
import { SaveQueue } from '../platform/save-queue.ts';
import { whyNotSaved } from '../platform/why-file-failed.ts';
import { plainSeal, type Seal } from './seal.ts';
import { Secret } from './secret.ts';
import { SecretsError } from './secrets-error.ts';

/** Only the owner may read keys. */
const FILE_MODE = 0o600;
/** The version of the file this program writes. */
export const SECRETS_VERSION = 1;

/** What is kept secret: keys of ingests and targets, passwords, proxies (their address may hold one), our own token. */
export type SecretName =
  | `ingest/${string}/${'stream-key' | 'backup-key' | 'play-key'}`
  | `target/${string}/${'stream-key' | 'backup-key' | 'password' | 'proxy'}`
  | `webhook/${string}/${'url' | 'secret'}`
  | 'http/token';

/** Keys by name. A failed save keeps them in memory and is tried again. */
export class SecretStore {
  readonly #secrets: Map<string, Secret>;
  readonly #queue: SaveQueue;
  readonly #sealName: string;
  #version = 0;

  /** Use `openSecrets`; this one is for tests that need a store holding `secrets`. */
  constructor(
    secrets: ReadonlyMap<string, Secret>,
    options: {
      path: string;
      files: Files;
      clock: Clock;
      seal: Seal;
      onSaveFailed: (error: SecretsError) => void;
    },
  ) {
    const { path, files, clock, seal, onSaveFailed } = options;
    this.#secrets = new Map(secrets);
    this.#sealName = seal.name;
    this.#queue = new SaveQueue(() => files.writeWhole(path, this.#fileText(seal), FILE_MODE), {
      clock,
      onFailed: (cause) => {
        onSaveFailed(new SecretsError('not-writable', whyNotSaved('keys', path, cause), { path, cause }));
      },
    });
  }

  /** Undefined when there is none of that name. */
  get(name: SecretName): Secret | undefined {
    return this.#secrets.get(name);
  }

  /** Takes the key over at once and starts to save it. */
  set(name: SecretName, text: string): void {
    if (this.#secrets.get(name)?.reveal() === text) return;
    this.#secrets.set(name, new Secret(text));
    this.#version++;
    this.#queue.request();
  }

  /** Forgets the key; does nothing when there is none. */
  delete(name: SecretName): void {
    if (!this.#secrets.delete(name)) return;
    this.#version++;
    this.#queue.request();
  }

  /** Who keeps the keys from others: the system's key store, or nothing but the mode of the file. */
  get keptBy(): 'system' | 'file' {
    return this.#sealName === plainSeal.name ? 'file' : 'system';
  }

  /** Rises with each change: whoever keeps something made of `texts` makes it anew then. */
  get version(): number {
    return this.#version;
  }

  /** All of them, for taking them out of what is shown to others; nothing else. */
  texts(): readonly string[] {
    return [...this.#secrets.values()].map((secret) => secret.reveal());
  }

  /** Settles when all is saved, or when a last try has failed (told through `onSaveFailed`). */
  flush(): Promise<void> {
    return this.#queue.flush();
  }

  /** Saves even without a change: keys taken over from a plain file are sealed at once. */
  saveNow(): void {
    this.#queue.request();
  }

  #fileText(seal: Seal): string {
    const secrets: Record<string, string> = {};
    for (const [name, secret] of this.#secrets) secrets[name] = seal.seal(secret.reveal());
    return `${JSON.stringify({ version: SECRETS_VERSION, sealedBy: seal.name, secrets }, null, 2)}\n`;
  }
}
