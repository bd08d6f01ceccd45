/**
 * Notices what the computer does under the studio: sleep, a clock that is set, a network that changes.
 * @module
 */
import type { Clock, Timer } from '../platform/clock.ts';

/** How often it looks, ms. */
const LOOK_INTERVAL_MS = 2_000;
/** A look that comes this late, ms, says that the computer slept, or was as good as asleep. */
const SLEPT_MS = 6_000;
/** The clock on the wall may stray from the steady one by this in one interval, ms: corrections over the network are smaller. */
const CLOCK_SET_MS = 3_000;

/** What the owner hears. */
export type ComputerListener = {
  /** It was away for about this long, ms. */
  readonly slept: (ms: number) => void;
  /** The clock on the wall jumped by this, ms: it was set, or the computer slept without its steady clock. */
  readonly clockJumped: (ms: number) => void;
  /** Addresses of this computer that are gone, and that are new. */
  readonly networkChanged: (gone: readonly string[], added: readonly string[]) => void;
};

/** Runs from `start` until `stop`. */
export class ComputerWatch {
  readonly #clock: Clock;
  readonly #addresses: () => readonly string[];
  readonly #listener: ComputerListener;
  #timer: Timer | undefined;
  #lookedAt = 0;
  #lookedAtWall = 0;
  #known: readonly string[] = [];

  /** @param options.addresses Of this computer, that tell whether its way out has changed; may throw. */
  constructor(options: { clock: Clock; addresses: () => readonly string[]; listener: ComputerListener }) {
    this.#clock = options.clock;
    this.#addresses = options.addresses;
    this.#listener = options.listener;
  }

  start(): void {
    this.#known = this.#ask();
    this.#later();
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #later(): void {
    this.#lookedAt = this.#clock.now();
    this.#lookedAtWall = this.#clock.wallNow();
    this.#timer = this.#clock.after(LOOK_INTERVAL_MS, () => {
      this.#look();
      this.#later();
    });
  }

  /** A system that does not tell has not changed. */
  #ask(): readonly string[] {
    try {
      return this.#addresses();
    } catch {
      return this.#known;
    }
  }

  #look(): void {
    const passedMs = this.#clock.now() - this.#lookedAt;
    const strayMs = this.#clock.wallNow() - this.#lookedAtWall - passedMs;
    if (passedMs - LOOK_INTERVAL_MS > SLEPT_MS) this.#listener.slept(passedMs - LOOK_INTERVAL_MS);
    else if (Math.abs(strayMs) > CLOCK_SET_MS) this.#listener.clockJumped(strayMs);
    const before = this.#known;
    this.#known = this.#ask();
    const gone = before.filter((address) => !this.#known.includes(address));
    const added = this.#known.filter((address) => !before.includes(address));
    if (gone.length > 0 || added.length > 0) this.#listener.networkChanged(gone, added);
  }
}
