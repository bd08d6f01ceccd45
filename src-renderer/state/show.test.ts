import { describe, expect, it } from 'vitest';
import type { TargetState } from '../../src-shared/model/target.ts';
import { hasViewers, masterAction, showOf, targetCount } from './show.ts';
import { EMPTY_VIEW } from './studio-view.ts';
import { sampleIngest, sampleTarget } from './testing/samples.ts';

const targets = (...states: TargetState[]) =>
  states.map((state, index) => sampleTarget({ id: `t${index}`, state }));

describe('showOf', () => {
  it('is off air without a live target', () => {
    expect(showOf({ ...EMPTY_VIEW, targets: targets('connecting', 'waiting') })).toEqual({ type: 'off-air' });
  });

  it('is on air since the first live target', () => {
    const since = '2026-01-02T20:00:00.000Z';
    expect(showOf({ ...EMPTY_VIEW, targets: targets('live', 'failed'), onAirSince: since })).toEqual({
      type: 'on-air',
      sinceMs: Date.parse(since),
    });
  });

  it('holds when an ingest does, until the first of them ends', () => {
    const ingests = [
      sampleIngest({ state: 'holding', holdEndsAt: '2026-01-02T20:02:00.000Z' }),
      sampleIngest({ id: 'b', state: 'holding', holdEndsAt: '2026-01-02T20:01:00.000Z' }),
    ];
    const view = { ...EMPTY_VIEW, ingests, targets: targets('live'), onAirSince: '2026-01-02T19:00:00.000Z' };
    expect(showOf(view)).toEqual({ type: 'holding', untilMs: Date.parse('2026-01-02T20:01:00.000Z') });
  });
});

describe('targetCount', () => {
  it('counts every target that is not off as wanted', () => {
    expect(targetCount(targets('live', 'live', 'retrying', 'failed', 'off'))).toEqual({ live: 2, wanted: 4 });
  });
});

describe('masterAction', () => {
  it.each<[TargetState[], string]>([
    [[], 'go-live'],
    [['off', 'failed'], 'go-live'],
    [['waiting', 'off'], 'cancel'],
    [['connecting'], 'end-show'],
    [['live', 'waiting'], 'end-show'],
    [['retrying'], 'end-show'],
  ])('%j: %s', (states, action) => {
    expect(masterAction(targets(...states))).toBe(action);
  });
});

describe('hasViewers', () => {
  it('is false for a rehearsal', () => {
    expect(hasViewers(sampleTarget({ state: 'live' }))).toBe(true);
    expect(hasViewers(sampleTarget({ state: 'live', platform: 'rehearsal' }))).toBe(false);
    expect(hasViewers(sampleTarget({ state: 'waiting' }))).toBe(false);
  });
});
