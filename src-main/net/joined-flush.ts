/**
 * When what was written to sockets is handed to the system: all of one turn of the event loop as one write per line.
 * What goes to very many lines waits a few ms for company: there, system calls are nearly all that a relay costs.
 * @module
 */

/** How long what goes to a crowd waits to be joined with what follows, unless it is said otherwise, ms. */
export const JOIN_MS = 5;

/**
 * Lines written to in one turn that make a crowd. Below, waiting gains little or nothing: it takes a timer, and a wake-up
 * costs as much as some writes.
 */
export const CROWD_LINES = 64;

/** Gathers what is due on many lines. */
export class JoinedFlush {
  /** 0: nothing ever waits. */
  joinMs = JOIN_MS;
  #due: (() => void)[] = [];

  /** Calls `flush` once, at the end of this turn or `joinMs` later at most. */
  soon(flush: () => void): void {
    if (this.#due.length === 0) setImmediate(this.#endTurn);
    this.#due.push(flush);
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
