/**
 * Hands updates to whoever has subscribed.
 * @module
 */
import type { Update } from '../../src-shared/bridge/contract.ts';

/** The snapshot first, then every change in order. */
export class UpdateFeed {
  readonly #listeners = new Set<(update: Update) => void>();

  /** Calls `listener` with `snapshot` before it returns. Returns the way to stop. */
  subscribe(snapshot: Update, listener: (update: Update) => void): () => void {
    listener(snapshot);
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Whether anybody has subscribed. */
  get isHeard(): boolean {
    return this.#listeners.size > 0;
  }

  emit(update: Update): void {
    for (const listener of this.#listeners) listener(update);
  }
}
