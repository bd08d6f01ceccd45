import { expect, test } from 'vitest';
import { Histogram } from './histogram.ts';

test('percentiles are the upper edges of their steps', () => {
  const delays = new Histogram();
  for (let ms = 1; ms <= 100; ms++) delays.add(ms * 1000 - 50);
  expect([0.5, 0.99, 1].map((share) => delays.percentileMs(share))).toEqual([50, 99, 100]);
});

test('what is longer than it can tell counts as the longest, nothing at all as 0', () => {
  const delays = new Histogram();
  expect(delays.percentileMs(0.99)).toBe(0);
  delays.add(3_600_000_000);
  delays.add(-5);
  expect([delays.percentileMs(0.5), delays.percentileMs(1)]).toEqual([0.1, 10_000]);
  delays.clear();
  expect(delays.percentileMs(1)).toBe(0);
});
