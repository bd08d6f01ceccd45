/**
 * The real clock.
 * @module
 */
import type { Clock } from './clock.ts';

/** Monotonic time from the event loop's performance counter, wall time from the system. */
export const nodeClock: Clock = {
  now: () => performance.now(),
  wallNow: () => Date.now(),
  after: (delayMs, fire) => {
    const handle = setTimeout(fire, Math.max(0, delayMs));
    return {
      cancel: () => {
        clearTimeout(handle);
      },
    };
  },
};
