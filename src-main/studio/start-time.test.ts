import { expect, test } from 'vitest';
import { startsAt } from './start-time.ts';

const AT = '2026-11-22T20:00:00.000Z';
const AT_MS = Date.parse(AT);

test.each([
  ['nothing set', null, null, 5, undefined],
  ['a time', AT, null, undefined, AT_MS],
  ['a wait, before the show', null, 20, undefined, undefined],
  ['a wait', null, 20, 1_000, 21_000],
  ['both, the time later', AT, 20, AT_MS - 60_000, AT_MS],
  ['both, the wait later', AT, 20, AT_MS - 5_000, AT_MS + 15_000],
  ['both, before the show', AT, 20, undefined, undefined],
  ['a wait of 0', null, 0, 1_000, 1_000],
] as const)('%s', (_, startAt, startAfterSeconds, showBegan, expected) => {
  expect(startsAt({ startAt, startAfterSeconds }, showBegan)).toBe(expected);
});
