/**
 * Readers of answers without end that take nothing any more: a laptop that sleeps, a player that hangs.
 * @module
 */
import type { ServerResponse } from 'node:http';
import type { Clock, Timer } from '../platform/clock.ts';

/** A reader that has taken nothing of what waits for it for this long is gone, ms: no network holds still longer. */
const STUCK_MS = 30_000;
/** Time a reader gets for the rest once all is written, ms. */
const REST_MS = 2_000;

/**
 * Writes to one response and destroys it when its reader is stuck. What counts as taken is what the system has taken
 * over, so its own buffers come on top.
 */
export class ReaderWatch {
  readonly #response: ServerResponse;
  readonly #clock: Clock;
  #waiting = 0;
  #takenAt = 0;
  #timer: Timer | undefined;
  #over = false;

  constructor(response: ServerResponse, clock: Clock) {
    this.#response = response;
    this.#clock = clock;
    response.on('close', () => {
      this.#over = true;
      this.#timer?.cancel();
    });
  }

  /** Nothing is written once the response has ended or its reader is gone. */
  write(chunk: Uint8Array | string): void {
    const response = this.#response;
    if (this.#over || response.destroyed || response.writableEnded) return;
    if (this.#waiting === 0) this.#takenAt = this.#clock.now();
    this.#waiting += 1;
    response.write(chunk, () => {
      this.#waiting -= 1;
      this.#takenAt = this.#clock.now();
    });
    this.#timer ??= this.#clock.after(STUCK_MS, this.#look);
  }

  /** Ends the response; what its reader has not taken soon is lost. */
  end(): void {
    if (this.#over || this.#response.destroyed || this.#response.writableEnded) return;
    this.#timer?.cancel();
    this.#timer = this.#clock.after(REST_MS, () => {
      this.#response.destroy();
    });
    this.#response.end();
  }

  readonly #look = (): void => {
    this.#timer = undefined;
    if (this.#waiting === 0) return;
    const left = this.#takenAt + STUCK_MS - this.#clock.now();
    if (left > 0) this.#timer = this.#clock.after(left, this.#look);
    else this.#response.destroy();
  };
}
