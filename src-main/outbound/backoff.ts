/**
 * When to try again: capped exponential with full jitter, so that targets lost together do not return together.
 * @module
 */

/** Longest wait before the first retry, ms. */
const FIRST_DELAY_MS = 1_000;
/** Longest wait at all, ms: a platform that is back should not be kept waiting longer by us. */
const CAP_MS = 30_000;
/** Shortest wait, ms: full jitter may draw 0, and a server that refuses at once must not be hammered. */
const LEAST_MS = 250;

/**
 * Delay before try number `attempt` + 1, ms.
 * @param attempt Tries that have failed in a row, from 1.
 * @param chance 0 ≤ chance < 1.
 */
export function retryDelayMs(attempt: number, chance: number): number {
  const ceiling = Math.min(CAP_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 10));
  return Math.max(LEAST_MS, Math.round(chance * ceiling));
}
