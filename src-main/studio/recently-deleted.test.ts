import { expect, test } from 'vitest';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { insertedAt, placeOf, RecentlyDeleted, UNDO_MS } from './recently-deleted.ts';
import { CommandRefused } from './studio-port.ts';

function refusalOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    if (error instanceof CommandRefused) return error.refusal;
    throw error;
  }
  return undefined;
}

test('what was deleted can be had for 30 s, and is then refused with the way out', () => {
  const clock = new ManualClock();
  const deleted = new RecentlyDeleted<string>(clock, 'target');
  deleted.keep('a', 'kept');
  clock.advance(UNDO_MS - 1);
  expect(deleted.get('a')).toBe('kept');
  clock.advance(1);
  expect(refusalOf(() => deleted.get('a'))).toEqual({
    code: 'no-such-deleted-target',
    message:
      'No target with the id "a" was deleted in the last 30 seconds, so there is nothing to bring back. Add it anew.',
    field: null,
  });
});

test('a second deletion of the same id has its own time', () => {
  const clock = new ManualClock();
  const deleted = new RecentlyDeleted<string>(clock, 'ingest');
  deleted.keep('a', 'first');
  clock.advance(20_000);
  deleted.keep('a', 'second');
  clock.advance(20_000);
  expect(deleted.get('a')).toBe('second');
});

test('nothing is left, not even a timer, once all is forgotten', () => {
  const clock = new ManualClock();
  const deleted = new RecentlyDeleted<string>(clock, 'target');
  deleted.keep('a', 'one');
  deleted.keep('b', 'two');
  deleted.forgetAll();
  expect(clock.pending).toBe(0);
  expect(refusalOf(() => deleted.get('b'))).toMatchObject({ code: 'no-such-deleted-target' });
});

test.each([
  ['first', ['a', 'b', 'c'], 'a', ['b', 'c'], ['a', 'b', 'c']],
  ['middle', ['a', 'b', 'c'], 'b', ['a', 'c'], ['a', 'b', 'c']],
  ['last', ['a', 'b', 'c'], 'c', ['a', 'b'], ['a', 'b', 'c']],
  ['one in front is gone, too', ['a', 'b', 'c', 'd'], 'c', ['a', 'd'], ['a', 'c', 'd']],
  ['new ones came behind', ['a', 'b'], 'b', ['a', 'x'], ['a', 'b', 'x']],
])('back at its place: %s', (_, before, id, since, expected) => {
  const entries = (ids: readonly string[]) => ids.map((one) => ({ id: one }));
  const place = placeOf(entries(before), id);
  expect(insertedAt(entries(since), { id }, place).map((entry) => entry.id)).toEqual(expected);
});
