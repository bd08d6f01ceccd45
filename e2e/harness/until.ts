/**
 * Waiting, always with an end.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';

export { sleep };

/**
 * Asks again and again until `ask` gives something other than undefined or false.
 *
 * @param what Named in the error when the time is up.
 * @throws {Error} When the time is up; says what was last seen.
 */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  {
    timeoutMs = 15_000,
    everyMs = 50,
    seen,
  }: { timeoutMs?: number; everyMs?: number; seen?: () => unknown } = {},
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) {
      const last = seen === undefined ? '' : `; last seen: ${JSON.stringify(seen())}`;
      throw new Error(`not within ${timeoutMs} ms: ${what}${last}`);
    }
    await sleep(everyMs);
  }
}
