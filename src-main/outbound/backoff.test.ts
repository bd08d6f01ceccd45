import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryDelayMs } from './backoff.ts';

test('the longest wait doubles from a second to half a minute', () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 100, 10_000].map((attempt) => retryDelayMs(attempt, 1));
  expect(longest).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000]);
});

test('full jitter: anything from a quarter of a second up to it', () => {
  expect([retryDelayMs(1, 0), retryDelayMs(50, 0), retryDelayMs(3, 0.5)]).toEqual([250, 250, 2_000]);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, chance) => {
        const delay = retryDelayMs(attempt, chance);
        expect(delay).toBeGreaterThanOrEqual(250);
        expect(delay).toBeLessThanOrEqual(30_000);
        expect(Number.isInteger(delay)).toBe(true);
      },
    ),
  );
});
