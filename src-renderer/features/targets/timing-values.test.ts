import { describe, expect, it } from 'vitest';
import { sampleTarget } from '../../state/testing/samples.ts';
import { isoOfLocal, localInput, startTiming, timingArgs } from './timing-values.ts';

const timed = sampleTarget({ delaySeconds: 30, startAt: '2026-11-22T20:00:00.000Z', startAfterSeconds: 20 });

describe('timingArgs', () => {
  it('sends of a new target only what was filled in', () => {
    expect(timingArgs(null, startTiming(null))).toEqual({});
    expect(timingArgs(null, { ...startTiming(null), delaySeconds: '15' })).toEqual({ delaySeconds: 15 });
  });

  it('sends nothing that was not touched', () => {
    expect(timingArgs(timed, startTiming(timed))).toEqual({});
  });

  it('sends null for what was emptied, and no delay for an empty one', () => {
    expect(timingArgs(timed, { delaySeconds: '', startAt: '', startAfterSeconds: '' })).toEqual({
      delaySeconds: 0,
      startAt: null,
      startAfterSeconds: null,
    });
  });

  it('sends a local time as a point in time', () => {
    const startAt = '2026-12-31T23:45';
    expect(timingArgs(timed, { ...startTiming(timed), startAt })).toEqual({
      startAt: new Date(2026, 11, 31, 23, 45).toISOString(),
    });
  });
});

it('shows a time and reads it back to the second', () => {
  for (const iso of ['2026-11-22T20:00:00.000Z', '2026-03-01T05:06:07.000Z']) {
    expect(isoOfLocal(localInput(iso))).toBe(iso);
  }
  expect(isoOfLocal('')).toBeNull();
  expect(isoOfLocal('tomorrow')).toBeNull();
});
