import { expect, test } from 'vitest';
import { isStale } from './build-if-stale.mjs';

test.each([
  ['all newer', 10, [11, 12], false],
  ['as old as the source', 10, [10, 12], false],
  ['one older', 10, [9, 12], true],
  ['one missing', 10, [undefined, 12], true],
])('%s', (_, source, outputs, stale) => {
  expect(isStale(source, outputs)).toBe(stale);
});
