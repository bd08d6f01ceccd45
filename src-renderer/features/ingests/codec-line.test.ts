import { expect, it } from 'vitest';
import { sampleHealth } from '../../state/testing/samples.ts';
import { codecLine } from './codec-line.ts';

const plain = (line: string | null) => line?.replaceAll('\u202f', ' ');

it('says codec, size, rate and sound', () => {
  expect(plain(codecLine(sampleHealth))).toBe('H.264 High 1920×1080 60 fps · AAC 48 kHz stereo');
});

it('leaves out what is not known', () => {
  const video = {
    ...sampleHealth.video,
    codec: 'HEVC',
    profile: null,
    width: null,
    height: null,
    fps: 29.97,
  };
  const { level, kbps, keyframeIntervalSec, bFrames } = {
    level: null,
    kbps: 1,
    keyframeIntervalSec: null,
    bFrames: null,
  };
  const health = {
    ...sampleHealth,
    audio: null,
    video: { ...video, level, kbps, keyframeIntervalSec, bFrames },
  };
  expect(plain(codecLine({ ...health }))).toBe('HEVC 29.97 fps');
  expect(codecLine(null)).toBeNull();
});
