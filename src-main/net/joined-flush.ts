/**
 * When what was written to sockets is handed to the system: what answers received bytes right after them, anything else
 * at the end of its turn of the event loop, as one write per line. What goes to very many lines waits a few ms for
 * company: there, system calls are nearly all that a relay costs.
 * @module
 */

import { READ_BYTES } from './lent-reads.ts';

/** How long what goes to a crowd waits to be joined with what follows, unless it is said otherwise, ms. */
export const JOIN_MS = 5;

/**
 * Lines written to in one read or turn that make a crowd. Below, waiting gains little or nothing: it takes a timer, and
 * a wake-up costs as much as some writes.
 */
export const CROWD_LINES = 64;

/** Gathers what is due on many lines. */
export class JoinedFlush {
  /** 0: nothing ever waits. */
  joinMs = JOIN_MS;
  #due: (() => void)[] = [];
  /** What is written now is handed over when the received bytes have been dealt with. */
  #isReading = false;

  /** Calls `flush` once, at the end of this read or turn or `joinMs` later at most. */
  soon(flush: () => void): void {
    if (this.#due.length === 0 && !this.#isReading) setImmediate(this.#endTurn);
    this.#due.push(flush);
  }

  /**
   * Has received bytes dealt with, and hands over at once what is written meanwhile: the turn's end is spared a visit.
   * Not so when the bytes fill a read: more is about to follow, and belongs to the same write.
   */
  read(listener: (bytes: Uint8Array) => void, bytes: Uint8Array): void {
    // What is due already has its time.
    if (this.#due.length > 0 || bytes.length >= READ_BYTES) {
      listener(bytes);
      return;
    }
    this.#isReading = true;
    try {
      listener(bytes);
    } finally {
      this.#isReading = false;
      if (this.#due.length > 0) this.#endTurn();
    }
  }

  readonly #endTurn = (): void => {
    if (this.#due.length < CROWD_LINES || this.joinMs === 0) {
      this.#flush();
    } else {
      setTimeout(this.#flush, this.joinMs);
    }
  };

  readonly #flush = (): void => {
    const due = this.#due;
    this.#due = [];
    for (const flush of due) flush();
  };
}

/** Of all lines of the program, so that one turn and one timer serve all. */
export const LINES_FLUSH = new JoinedFlush();
