/**
 * The settings in memory, saved on every change.
 * @module
 */
import type { Clock } from '../platform/clock.ts';
import type { Files } from '../platform/files.ts';
import { SaveQueue } from '../platform/save-queue.ts';
import { whyNotSaved } from '../platform/why-file-failed.ts';
import { SettingsError } from './settings-error.ts';
import type { Settings } from './settings.ts';

/** Only the owner may read them: target addresses can hold names and passwords. */
const FILE_MODE = 0o600;

/** Holds the newest settings. A failed save keeps them in memory and is tried again. */
export class SettingsStore {
  #value: Settings;
  readonly #queue: SaveQueue;

  /** Use `openSettings`; this one is for tests that need a store holding `value`. */
  constructor(
    value: Settings,
    options: { path: string; files: Files; clock: Clock; onSaveFailed: (error: SettingsError) => void },
  ) {
    const { path, files, clock, onSaveFailed } = options;
    this.#value = value;
    this.#queue = new SaveQueue(
      () => files.writeWhole(path, `${JSON.stringify(this.#value, null, 2)}\n`, FILE_MODE),
      {
        clock,
        onFailed: (cause) => {
          const message = whyNotSaved('settings', path, cause);
          onSaveFailed(new SettingsError('not-writable', message, { path, cause }));
        },
      },
    );
  }

  get value(): Settings {
    return this.#value;
  }

  /** Takes the changed settings over at once and starts to save them; does nothing when `change` returns the same. */
  update(change: (settings: Settings) => Settings): void {
    const next = change(this.#value);
    if (next === this.#value) return;
    this.#value = next;
    this.#queue.request();
  }

  /** Settles when all is saved, or when a last try has failed (told through `onSaveFailed`). */
  flush(): Promise<void> {
    return this.#queue.flush();
  }

  /** Saves even without a change: the first start leaves its file behind. */
  saveNow(): void {
    this.#queue.request();
  }
}
