/**
 * All that must not be shown: what is secret now, and what was so a while ago.
 * @module
 */
import { redactor, type Redact } from '../diagnosis/redact.ts';
import type { SecretStore } from '../secrets/secret-store.ts';

/** Keys that were changed or deleted and are looked for all the same: older log lines may name them. */
const MAX_FORMER = 50;

/** Follows the secret store, and remembers a bounded number of secrets that are gone since it was last used. */
export class KnownSecrets {
  readonly #secrets: Pick<SecretStore, 'texts' | 'version'>;
  /** In the order in which they were seen last. */
  readonly #seen = new Set<string>();
  #version: number | undefined;
  /** Undefined: to be made; that takes milliseconds, and a list needs none. */
  #redact: Redact | undefined;

  constructor(secrets: Pick<SecretStore, 'texts' | 'version'>) {
    this.#secrets = secrets;
    this.#look();
  }

  /** Texts of all of them, each once. */
  list(): readonly string[] {
    this.#look();
    return [...this.#seen];
  }

  // A field, not a method: it is handed around without its object.
  /** Takes every one of them out of a text. */
  readonly redact: Redact = (text) => {
    this.#look();
    this.#redact ??= redactor([...this.#seen]);
    return this.#redact(text);
  };

  /** Secrets change rarely, and texts are many. */
  #look(): void {
    const { version } = this.#secrets;
    if (version === this.#version) return;
    this.#version = version;
    const current = new Set(this.#secrets.texts().filter((text) => text !== ''));
    for (const text of current) {
      this.#seen.delete(text);
      this.#seen.add(text);
    }
    for (const text of this.#seen) {
      if (this.#seen.size <= current.size + MAX_FORMER) break;
      this.#seen.delete(text);
    }
    this.#redact = undefined;
  }
}
