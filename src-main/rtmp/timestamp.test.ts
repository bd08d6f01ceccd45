import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addTimestamp, timestampDistance } from './timestamp.ts';

test.each([
  [0, 0, 0],
  [1000, 40, 1040],
  [0xffff_ffff, 1, 0],
  [0xffff_fff0, 40, 24],
  [5, 0xffff_ffff, 4],
])('%d and %d make %d, wrapped at 2^32 ms', (timestamp, delta, sum) => {
  expect(addTimestamp(timestamp, delta)).toBe(sum);
});

test.each([
  [1000, 1040, 40],
  [1040, 1000, -40],
  [0xffff_fff0, 24, 40],
  [24, 0xffff_fff0, -40],
  [7, 7, 0],
  [0, 0x7fff_ffff, 0x7fff_ffff],
])('from %d to %d it is %d', (earlier, later, distance) => {
  expect(timestampDistance(earlier, later)).toBe(distance);
});

test('the distance added again gives the later one', () => {
  const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
  fc.assert(
    fc.property(u32, u32, (a, b) => {
      expect(addTimestamp(a, timestampDistance(a, b))).toBe(b);
    }),
  );
});
