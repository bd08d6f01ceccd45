/**
 * Time, as an argument.
 * @module
 */

/** A timer that has not fired yet can be taken back. */
export type Timer = { readonly cancel: () => void };

/** Real in the product, driven by hand in tests. */
export type Clock = {
  /** Milliseconds from any fixed point; never goes back. */
  readonly now: () => number;
  /** Milliseconds since 1970, as the computer believes; may jump. */
  readonly wallNow: () => number;
  /** Calls `fire` once, `delayMs` from now. */
  readonly after: (delayMs: number, fire: () => void) => Timer;
};
