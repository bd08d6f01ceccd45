import { expect, test } from 'vitest';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { SAMPLE_INTERVAL_MS, Sampler } from './sampler.ts';

/** A sampler whose steps take so many ms each, and what came one after the other. */
function sampling(...lengths: readonly number[]) {
  const clock = new ManualClock();
  const seen: string[] = [];
  let workedMs = 0;
  const now = (): number => clock.now() + workedMs;
  const sampler = new Sampler({ now, wallNow: now, after: clock.after }, function* (at) {
    seen.push(`of ${at}`);
    // Media that have come, and wait for the program.
    clock.after(0, () => seen.push('media'));
    for (const ms of lengths) {
      workedMs += ms;
      seen.push('step');
      yield;
    }
  });
  sampler.start();
  return { clock, seen, sampler };
}

test('short steps are all taken in one go, once a second', () => {
  const { clock, seen } = sampling(0.25, 0.25);
  clock.advance(SAMPLE_INTERVAL_MS - 1);
  expect(seen).toEqual([]);
  clock.advance(1);
  expect(seen).toEqual(['of 1000', 'step', 'step', 'media']);
  clock.advance(SAMPLE_INTERVAL_MS);
  expect(seen).toHaveLength(8);
});

test('media pass after a long one, and the sample goes on where it was', () => {
  const { clock, seen } = sampling(0.5, 4, 4, 0.5);
  clock.advance(SAMPLE_INTERVAL_MS);
  expect(seen).toEqual(['of 1000', 'step', 'step', 'media', 'step', 'step']);
  clock.advance(SAMPLE_INTERVAL_MS);
  expect(seen.filter((what) => what === 'step')).toHaveLength(8);
});

test('stopped between two steps, it goes no further', () => {
  const { clock, seen, sampler } = sampling(4, 4);
  clock.after(SAMPLE_INTERVAL_MS, () => {
    sampler.stop();
  });
  clock.advance(SAMPLE_INTERVAL_MS);
  expect([seen, clock.pending]).toEqual([['of 1000', 'step', 'media'], 0]);
});
