import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CROWD_LINES, JOIN_MS, JoinedFlush } from './joined-flush.ts';
import { READ_BYTES } from './lent-reads.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lines that are written to together; when each was flushed, ms from the start. */
function lines(count: number, joined = new JoinedFlush()) {
  const began = performance.now();
  const at = Array.from({ length: count }, (): number[] => []);
  const write = (): void => {
    // As a transport does: a line that is due is not named again.
    for (const times of at) joined.soon(() => void times.push(performance.now() - began));
  };
  return { at, write };
}

test('a few lines are flushed at the end of each turn, however soon it follows', () => {
  const { at, write } = lines(CROWD_LINES - 1);
  for (let turn = 0; turn < 3; turn++) {
    write();
    vi.advanceTimersByTime(1);
  }
  for (const times of at) expect(times).toEqual([0, 1, 2]);
});

test('a crowd waits for what follows, 5 ms at most', () => {
  const { at, write } = lines(CROWD_LINES);
  write();
  vi.advanceTimersByTime(JOIN_MS - 1);
  write();
  expect(at[0]).toEqual([]);
  vi.advanceTimersByTime(20);
  for (const times of at) expect(times).toEqual([JOIN_MS, JOIN_MS]);
  write();
  vi.advanceTimersByTime(20);
  expect(at[0]?.at(-1)).toBe(JOIN_MS - 1 + 20 + JOIN_MS);
});

test('0 ms: nothing ever waits', () => {
  const joined = new JoinedFlush();
  joined.joinMs = 0;
  const { at, write } = lines(CROWD_LINES, joined);
  for (let turn = 0; turn < 3; turn++) {
    write();
    vi.advanceTimersByTime(1);
  }
  expect(at[0]).toEqual([0, 1, 2]);
});

test('a line that is written to while a crowd waits goes with it', () => {
  const joined = new JoinedFlush();
  lines(CROWD_LINES, joined).write();
  vi.advanceTimersByTime(2);
  const one = lines(1, joined);
  one.write();
  vi.advanceTimersByTime(20);
  expect(one.at[0]).toEqual([JOIN_MS - 2]);
});

test('what answers received bytes goes out right after them', () => {
  const joined = new JoinedFlush();
  const { at, write } = lines(2, joined);
  joined.read(
    () => {
      write();
      expect(at[0]).toEqual([]);
    },
    new Uint8Array(READ_BYTES - 1),
  );
  expect(at).toEqual([[0], [0]]);
  vi.advanceTimersByTime(20);
  expect(at).toEqual([[0], [0]]);
});

test('bytes that fill a read are followed by more: the end of the turn it is', () => {
  const joined = new JoinedFlush();
  const { at, write } = lines(1, joined);
  joined.read(write, new Uint8Array(READ_BYTES));
  expect(at[0]).toEqual([]);
  joined.read(() => undefined, new Uint8Array(1));
  expect(at[0]).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(at[0]).toEqual([0]);
});

test('an answer to a crowd waits like anything else to one, and keeps its time while more is read', () => {
  const joined = new JoinedFlush();
  const { at, write } = lines(CROWD_LINES, joined);
  joined.read(write, new Uint8Array(1));
  vi.advanceTimersByTime(JOIN_MS - 1);
  joined.read(write, new Uint8Array(1));
  expect(at[0]).toEqual([]);
  vi.advanceTimersByTime(20);
  expect(at[0]).toEqual([JOIN_MS, JOIN_MS]);
});

test('a read that fails takes nothing with it: what was written goes out, and the next turn is as ever', () => {
  const joined = new JoinedFlush();
  const { at, write } = lines(1, joined);
  const fail = (): void => {
    write();
    throw new Error('of the listener');
  };
  expect(() => joined.read(fail, new Uint8Array(1))).toThrow('of the listener');
  expect(at[0]).toEqual([0]);
  write();
  expect(at[0]).toEqual([0]);
  vi.advanceTimersByTime(1);
  expect(at[0]).toEqual([0, 0]);
});
