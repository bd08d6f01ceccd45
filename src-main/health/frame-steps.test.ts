import { expect, test } from 'vitest';
import { FrameSteps } from './frame-steps.ts';

/** Steps of a constant rate in whole ms. */
function steps(fps: number, count: number, from = 0): number[] {
  const at = (frame: number): number => Math.round((frame * 1_000) / fps);
  return Array.from({ length: count }, (_, n) => at(from + n + 1) - at(from + n));
}

function feed(...all: readonly (readonly number[])[]): FrameSteps {
  const frames = new FrameSteps();
  for (const step of all.flat()) frames.take(step);
  return frames;
}

test.each([23.976, 24, 25, 29.97, 30, 50, 59.94, 60, 120])('%d frames a second drop nothing', (fps) => {
  const frames = feed(steps(fps, 400));
  expect([frames.dropped, frames.duplicates, frames.isVariable]).toEqual([0, 0, false]);
  expect(frames.usualMs).toBeCloseTo(1_000 / fps, 1);
  expect(frames.sampleJitterMs()).toBeLessThan(0.51);
});

test.each([
  [30, 1],
  [60, 1],
  [59.94, 59],
  [25, 240],
])('at %d frames a second %d missing in a row are counted', (fps, missing) => {
  const hole = Math.round(((missing + 1) * 1_000) / fps);
  expect(feed(steps(fps, 100), [hole], steps(fps, 100)).dropped).toBe(missing);
  // Before the usual step is known, too: it is looked at again then.
  expect(feed(steps(fps, 4), [hole], steps(fps, 100)).dropped).toBe(missing);
});

test('a frame that is late by half a step is no loss', () => {
  expect(feed(steps(30, 60), [50, 17], steps(30, 60)).dropped).toBe(0);
});

test('a quarter of all frames missing evenly is counted', () => {
  const third = Array.from({ length: 40 }, () => [33, 33, 67]).flat();
  expect(feed(steps(30, 60), third).dropped).toBe(40);
});

test('a variable rate counts only steps of over three usual ones', () => {
  const uneven = Array.from({ length: 60 }, () => [33, 67, 100, 50, 67]).flat();
  const frames = feed(uneven);
  expect([frames.dropped, frames.isVariable]).toEqual([0, true]);
  frames.take(400);
  expect(frames.dropped).toBeGreaterThanOrEqual(4);
  // Constant again once it has been so for a while.
  for (const step of steps(30, 80)) frames.take(step);
  expect(frames.isVariable).toBe(false);
});

test('gaps: of a constant rate from half a second on, of a slow or variable one from where they are unusual', () => {
  expect(feed(steps(30, 60)).isGap(501)).toBe(true);
  expect(feed(steps(30, 60)).isGap(500)).toBe(false);
  expect(feed(steps(1, 60)).isGap(1_000)).toBe(false);
  expect(feed(steps(1, 60)).isGap(4_000)).toBe(true);
  expect(new FrameSteps().isGap(600)).toBe(true);
});

test('dropped frames inside a gap count in the total and not as scattered', () => {
  const frames = feed(steps(30, 60), [67], steps(30, 20), [1_000]);
  expect([frames.dropped, frames.scattered]).toEqual([1 + 29, 1]);
});

test('two frames with one timestamp: a duplicate, and the room behind it is no loss', () => {
  const frames = feed(steps(30, 60), [0, 67], steps(30, 20));
  expect([frames.dropped, frames.duplicates]).toEqual([0, 1]);
});

test('a clock that jumps back or far ahead loses no frames', () => {
  expect(feed(steps(30, 60), [-2_000, 2_033], steps(30, 20)).dropped).toBe(0);
  expect(feed(steps(30, 60), [3_600_000], steps(30, 20)).dropped).toBe(0);
});

test('jitter is the mean deviation from the usual step over the last ten seconds', () => {
  const frames = feed(steps(25, 60));
  for (let n = 0; n < 50; n++) frames.take(n % 2 === 0 ? 36 : 44);
  expect(frames.sampleJitterMs()).toBeCloseTo((50 * 4) / 110, 0);
  for (let second = 0; second < 9; second++) frames.sampleJitterMs();
  expect(frames.sampleJitterMs()).toBeNull();
});
