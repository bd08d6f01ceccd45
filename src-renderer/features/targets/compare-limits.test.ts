import { describe, expect, it } from 'vitest';
import { sampleHealth } from '../../state/testing/samples.ts';
import { compareLimits, rulesOf } from './compare-limits.ts';
import { CUSTOM_PRESET } from './own-presets.ts';

const limits = {
  ...CUSTOM_PRESET.limits,
  maxVideoKbps: 4000,
  keyframeIntervalSec: 2,
  maxFps: 60,
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
};
const verdicts = (health: typeof sampleHealth | null) =>
  Object.fromEntries(compareLimits(limits, health).map(({ name, verdict }) => [name, verdict]));

describe('compareLimits', () => {
  it('says what fits and what does not', () => {
    expect(verdicts(sampleHealth)).toEqual({
      'Video bitrate': 'over',
      'Keyframe interval': 'ok',
      'Frame rate': 'ok',
      'Video codec': 'ok',
      'Audio codec': 'ok',
    });
  });

  it('judges nothing that is not measured', () => {
    expect(new Set(Object.values(verdicts(null)))).toEqual(new Set(['unknown']));
  });

  it('states nothing where the platform states nothing', () => {
    expect(compareLimits(CUSTOM_PRESET.limits, sampleHealth)).toEqual([]);
  });
});

describe('rulesOf', () => {
  it('has no rules for a server of one’s own, whatever stands there', () => {
    const stated = { ...limits, resolutions: ['1920x1080'] };
    expect(rulesOf({ category: 'custom', limits: stated }, sampleHealth)).toEqual({
      rows: [],
      resolutions: [],
    });
    const ofPlatform = rulesOf({ category: 'platform', limits: stated }, sampleHealth);
    expect([ofPlatform.rows.length, ofPlatform.resolutions]).toEqual([5, ['1920x1080']]);
  });
});
