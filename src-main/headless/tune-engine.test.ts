import * as v8 from 'node:v8';
import { beforeEach, expect, test, vi } from 'vitest';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { BEGINNING_MS, EngineTuner, HOT_AFTER } from './tune-engine.ts';

vi.mock('node:v8');

const told = (): unknown[] =>
  vi
    .mocked(v8.setFlagsFromString)
    .mock.calls.map(([flag]) => flag)
    .filter((flag) => Object.values<string>(HOT_AFTER).includes(flag));

beforeEach(() => {
  vi.mocked(v8.setFlagsFromString).mockClear();
});

test('while a show begins V8 makes functions fast sooner, and then as ever', () => {
  const clock = new ManualClock();
  const { tune } = new EngineTuner(clock, true);
  tune(0);
  expect(told()).toEqual([]);
  tune(1);
  expect(told()).toEqual([HOT_AFTER.atFirst]);
  clock.advance(BEGINNING_MS - 1);
  expect(told()).toHaveLength(1);
  clock.advance(1);
  expect(told()).toEqual([HOT_AFTER.atFirst, HOT_AFTER.usually]);
  expect(clock.pending).toBe(0);
});

test('another show begins anew; one that ends while another goes on does not', () => {
  const clock = new ManualClock();
  const { tune } = new EngineTuner(clock, true);
  tune(1);
  clock.advance(BEGINNING_MS - 1);
  tune(2);
  clock.advance(BEGINNING_MS - 1);
  expect(told()).toEqual([HOT_AFTER.atFirst, HOT_AFTER.atFirst]);
  clock.advance(1);
  tune(1);
  clock.advance(BEGINNING_MS);
  expect(told()).toEqual([HOT_AFTER.atFirst, HOT_AFTER.atFirst, HOT_AFTER.usually]);
});

test('nothing waits any more once all shows are over', () => {
  const clock = new ManualClock();
  const { tune } = new EngineTuner(clock, true);
  tune(1);
  tune(0);
  expect([clock.pending, told()]).toEqual([0, [HOT_AFTER.atFirst, HOT_AFTER.usually]]);
  tune(0);
  expect(told()).toHaveLength(2);
});

test('a V8 without that flag is not told: it would complain to whoever looks at the terminal', () => {
  const clock = new ManualClock();
  const { tune } = new EngineTuner(clock, false);
  tune(1);
  clock.advance(BEGINNING_MS);
  tune(0);
  expect([told(), clock.pending]).toEqual([[], 0]);
});
