/**
 * Saves one value again and again: never two at once, and many changes in a row as one save.
 * @module
 */
import type { Clock, Timer } from './clock.ts';

/** Wait after a failed save before the next try: short enough to lose little, long enough not to fill the log. */
const RETRY_AFTER_MS = 10_000;

/** Saves the newest value whenever asked; keeps trying while the disk refuses. */
export class SaveQueue {
  readonly #save: () => Promise<void>;
  readonly #clock: Clock;
  readonly #onFailed: (error: unknown) => void;
  #dirty = false;
  #failing = false;
  #running: Promise<void> | undefined;
  #retry: Timer | undefined;

  /**
   * @param save Writes the value as it is at the time of the call.
   * @param options.onFailed Called for the first failure in a row only: the disk stays full for a while.
   */
  constructor(save: () => Promise<void>, options: { clock: Clock; onFailed: (error: unknown) => void }) {
    this.#save = save;
    this.#clock = options.clock;
    this.#onFailed = options.onFailed;
  }

  /** Says that the value has changed. The save starts at once, or right after the one under way. */
  request(): void {
    this.#dirty = true;
    this.#retry?.cancel();
    this.#retry = undefined;
    this.#running ??= this.#run();
  }

  /** Settles when all is saved, or when one more try has failed. Never rejects. */
  async flush(): Promise<void> {
    if (this.#dirty) this.request();
    await this.#running;
  }

  async #run(): Promise<void> {
    // One turn later, so that changes made in the same turn go into the same save.
    await Promise.resolve();
    while (this.#dirty) {
      this.#dirty = false;
      try {
        await this.#save();
        this.#failing = false;
      } catch (error) {
        this.#dirty = true;
        this.#running = undefined;
        if (!this.#failing) this.#onFailed(error);
        this.#failing = true;
        this.#retry = this.#clock.after(RETRY_AFTER_MS, () => {
          this.request();
        });
        return;
      }
    }
    this.#running = undefined;
  }
}
