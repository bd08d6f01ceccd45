/**
 * Asked once: an orderly stop. Asked again: the end at once.
 * @module
 */
import type { Clock } from '../platform/clock.ts';
import { nodeClock } from '../platform/node-clock.ts';

/** Longest orderly stop, ms: targets get some seconds for their goodbyes; a platform that hangs must not keep us. */
const MAX_STOP_MS = 10_000;

/**
 * Asked again this soon is the same wish, ms: Ctrl+C reaches the whole group, and npm hands its own copy on as well.
 */
const SAME_WISH_MS = 300;

/** Holds the way to stop, which is not there yet while the studio starts. */
export class StopOnce {
  readonly #exit: (code: number) => void;
  readonly #clock: Clock;
  #stop: (() => Promise<void>) | undefined;
  #askedAt: number | undefined;

  /** @param exit Ends the process: 0 after an orderly stop, 1 when it was cut short. */
  constructor(exit: (code: number) => void, clock: Clock = nodeClock) {
    this.#exit = exit;
    this.#clock = clock;
  }

  /** Whether the stop has been asked for. */
  get asked(): boolean {
    return this.#askedAt !== undefined;
  }

  /** The studio runs; when the stop was asked for meanwhile, it begins now. */
  ready(stop: () => Promise<void>): void {
    this.#stop = stop;
    if (this.asked) void this.#run(stop);
  }

  /** Settles when the stop is over. */
  async ask(): Promise<void> {
    const now = this.#clock.now();
    if (this.#askedAt !== undefined) {
      if (now - this.#askedAt >= SAME_WISH_MS) this.#exit(1);
      return;
    }
    this.#askedAt = now;
    if (this.#stop !== undefined) await this.#run(this.#stop);
  }

  async #run(stop: () => Promise<void>): Promise<void> {
    const limit = this.#clock.after(MAX_STOP_MS, () => {
      this.#exit(1);
    });
    await stop();
    limit.cancel();
    this.#exit(0);
  }
}
