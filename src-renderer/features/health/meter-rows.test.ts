import { describe, expect, it } from 'vitest';
import { sampleHealth, sampleMeters } from '../../state/testing/samples.ts';
import { meterGroups } from './meter-rows.ts';

const valueOf = (health: typeof sampleHealth, name: string): string | undefined =>
  meterGroups(health)
    .flatMap(({ rows }) => rows)
    .find((row) => row.name === name)
    ?.value.replaceAll('\u202f', ' ');

describe('meterGroups', () => {
  it('gives each figure its unit', () => {
    expect(valueOf(sampleHealth, 'Video, peak')).toBe('7 100 kbit/s');
    expect(valueOf(sampleHealth, 'Keyframe spread')).toBe('0.10 s');
    expect(valueOf(sampleHealth, 'Drift of sound')).toBe('0.2 ms/min');
    expect(valueOf(sampleHealth, 'Bit depth')).toBe('8 bit');
  });

  it('says what is not known, and leaves out what a codec does not have', () => {
    const { video } = sampleHealth;
    if (video === null) throw new Error('The sample has a picture.');
    const health = {
      ...sampleHealth,
      video: { ...video, cabac: null },
      meters: { ...sampleMeters, roundTripMs: null },
    };
    expect(valueOf(health, 'CABAC')).toBeUndefined();
    expect(valueOf(health, 'Round trip')).toBe('–');
  });

  it('leaves out groups of tracks that are not sent', () => {
    const silent = { ...sampleHealth, audio: null, meters: { ...sampleMeters, audio: null } };
    expect(meterGroups(silent).map(({ title }) => title)).not.toContain('Sound');
    expect(valueOf(silent, 'Audio, peak')).toBeUndefined();
  });
});
