import { expect, it } from 'vitest';
import { nextLevel, shareOf, SILENCE } from './audio-level.ts';

const full = Float32Array.of(0.2, -1);
const nothing = Float32Array.of(0);

it('reads full scale, half scale and silence', () => {
  expect(nextLevel(full, SILENCE, 50).db).toBe(0);
  expect(nextLevel(Float32Array.of(0.5), SILENCE, 50).db).toBeCloseTo(-6, 1);
  expect(nextLevel(nothing, SILENCE, 50)).toEqual({ db: -60, heldDb: -60, heldForMs: 0 });
  expect([shareOf(0), shareOf(-30), shareOf(-60), shareOf(-90)]).toEqual([1, 0.5, 0, 0]);
});

it('falls slowly, and keeps the mark of the peak for a while', () => {
  const peak = nextLevel(full, SILENCE, 50);
  const after = nextLevel(nothing, peak, 500);
  expect([after.db, after.heldDb]).toEqual([-12, 0]);
  const later = nextLevel(nothing, after, 1_100);
  expect(later.heldDb).toBeLessThan(0);
  expect(later.heldDb).toBeGreaterThanOrEqual(later.db);
});

it('a louder peak takes the mark', () => {
  const quiet = nextLevel(Float32Array.of(0.1), SILENCE, 50);
  expect(nextLevel(full, quiet, 50)).toEqual({ db: 0, heldDb: 0, heldForMs: 0 });
});
