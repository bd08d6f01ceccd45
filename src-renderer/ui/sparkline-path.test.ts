import { expect, it } from 'vitest';
import { sparklinePath } from './sparkline-path.ts';

it('ends at the right edge and lifts the pen over holes', () => {
  expect(sparklinePath([1, 2, 3, 4], [100, 100, null, 50])).toBe('M297 9.1L298 9.1M300 54.5');
});

it('draws nothing from nothing', () => {
  expect(sparklinePath([], [])).toBe('');
});
