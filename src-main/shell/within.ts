/**
 * Waiting, but not for ever.
 * @module
 */
import type { Clock } from '../platform/clock.ts';

/** Settles with `work`, also when it fails, and after `maxMs` at the latest. */
export function within(work: Promise<unknown>, maxMs: number, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const limit = clock.after(maxMs, resolve);
    const end = (): void => {
      limit.cancel();
      resolve();
    };
    work.then(end, end);
  });
}
