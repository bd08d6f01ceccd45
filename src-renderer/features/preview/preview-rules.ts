/**
 * @module
 */

/** Starts in a row that the browser's buffer may refuse before the picture is given up. */
const MOST_BUFFER_FAILURES = 2;
/** Longest wait before the picture is asked for again, ms. */
const LAST_RESTART_MS = 8000;

/** Wait before the picture is asked for again after `failures` in a row, ms. */
export function restartDelayMs(failures: number): number {
  return Math.min(LAST_RESTART_MS, 400 * 2 ** Math.max(0, failures - 1));
}

/** Whether the player's error means that this codec cannot be shown here, now or later. */
export function isUnplayable(type: string, detail: string, failures: number): boolean {
  if (type !== 'MediaError') return false;
  // A buffer may refuse one broken piece; only one that refuses every start cannot play this stream.
  return detail === 'CodecUnsupported' || (detail === 'MediaMSEError' && failures >= MOST_BUFFER_FAILURES);
}
