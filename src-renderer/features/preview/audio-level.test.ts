import { expect, it } from 'vitest';
import { levelOf } from './audio-level.ts';

it('reads full scale, half scale and silence', () => {
  const silent = { share: 0 };
  expect(levelOf(Float32Array.of(0.2, -1), silent).share).toBe(1);
  expect(levelOf(Float32Array.of(0.5), silent).share).toBeCloseTo(0.9, 1);
  expect(levelOf(Float32Array.of(0), silent).share).toBe(0);
});

it('falls slowly', () => {
  expect(levelOf(Float32Array.of(0), { share: 0.5 }).share).toBeCloseTo(0.48);
});
