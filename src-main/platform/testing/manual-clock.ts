/**
 * A clock for tests: time passes only when the test says so.
 * @module
 */
import type { Clock } from '../clock.ts';

/** Fires timers in the order of their time, and lets each see its own time as now. */
export class ManualClock implements Clock {
  #now = 0;
  #next = 0;
  readonly #timers = new Map<number, { at: number; fire: () => void }>();
  /** Wall time at the start: 2026-01-01T00:00:00Z. */
  readonly wallStart = 1_767_225_600_000;

  readonly now = (): number => this.#now;
  readonly wallNow = (): number => this.wallStart + this.#now;
  readonly after = (delayMs: number, fire: () => void): { cancel: () => void } => {
    const handle = this.#next++;
    this.#timers.set(handle, { at: this.#now + Math.max(0, delayMs), fire });
    return { cancel: () => void this.#timers.delete(handle) };
  };

  /** Timers that have not fired. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Lets `ms` pass, firing what falls due on the way. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      let due: [number, { at: number; fire: () => void }] | undefined;
      for (const entry of this.#timers)
        if (entry[1].at <= end && (due === undefined || entry[1].at < due[1].at)) due = entry;
      if (due === undefined) break;
      this.#timers.delete(due[0]);
      this.#now = Math.max(this.#now, due[1].at);
      due[1].fire();
    }
    this.#now = end;
  }
}
