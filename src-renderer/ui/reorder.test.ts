import { describe, expect, it } from 'vitest';
import { dropIndex, makesRoom, moved } from './reorder.ts';

describe('moved', () => {
  it.each([
    [0, 2, 'bca'],
    [2, 0, 'cab'],
    [1, 1, 'abc'],
    [0, -1, 'abc'],
    [0, 9, 'bca'],
    [7, 0, 'abc'],
  ])('from %d to %d: %s', (from, to, expected) => {
    expect(moved(['a', 'b', 'c'], from, to).join('')).toBe(expected);
  });
});

describe('dropIndex', () => {
  // A tall entry between two short ones.
  const spans = [
    { top: 0, height: 20 },
    { top: 20, height: 100 },
    { top: 120, height: 20 },
  ];
  it.each([
    [0, 0, 0],
    [0, 49, 0],
    [0, 51, 1],
    [0, 111, 2],
    [1, 9, 1],
    [1, 11, 2],
    [1, -9, 1],
    [1, -11, 0],
    [2, -49, 2],
    [2, -51, 1],
    [2, -111, 0],
    [2, 500, 2],
    [0, -500, 0],
  ])('entry %d by %d px: %d', (from, byPx, to) => {
    expect(dropIndex(spans, from, byPx)).toBe(to);
  });
});

it('only entries between the old place and the new one make room', () => {
  const down = { from: 1, to: 3, sizePx: 50 };
  expect([0, 1, 2, 3, 4].map((index) => makesRoom(index, down))).toEqual([0, 0, -50, -50, 0]);
  const up = { from: 3, to: 1, sizePx: 50 };
  expect([0, 1, 2, 3, 4].map((index) => makesRoom(index, up))).toEqual([0, 50, 50, 0, 0]);
});
