/**
 * Whether a player still takes what it is sent.
 * @module
 */

import type { Transport } from '../net/transport.ts';

/** A player that takes nothing for this long is gone, ms. */
const STUCK_TIMEOUT_MS = 30_000;

/** One per connection; times are ms, monotonic. */
export class PlayerWatch {
  /** When its line last took something, and how much it had taken by then. */
  #takenAt: number;
  #takenBytes = 0;
  readonly #line: Pick<Transport, 'bytesSent' | 'backlogBytes'>;

  constructor(line: Pick<Transport, 'bytesSent' | 'backlogBytes'>, now: number) {
    this.#line = line;
    this.#takenAt = now;
  }

  /** It has acknowledged something: of a slow line that moves, the system's own buffers tell only now and then. */
  acknowledged(now: number): void {
    this.#takenAt = now;
  }

  /** Asked once a second, also while nothing is played. */
  isStuck(now: number, plays: boolean): boolean {
    const taken = this.#line.bytesSent();
    // A slow line never runs empty, as the feed fills it up at once; what counts is that it moves.
    const moves = taken !== this.#takenBytes || this.#line.backlogBytes() === 0;
    if (moves || !plays) this.#takenAt = now;
    this.#takenBytes = taken;
    return now - this.#takenAt > STUCK_TIMEOUT_MS;
  }
}
