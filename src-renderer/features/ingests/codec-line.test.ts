import { expect, it } from 'vitest';
import { sampleHealth } from '../../state/testing/samples.ts';
import { codecLine } from './codec-line.ts';

const plain = (line: string | null) => line?.replaceAll('\u202f', ' ');

it('says codec, size, rate and sound', () => {
  expect(plain(codecLine(sampleHealth))).toBe('H.264 High 1920×1080 60 fps · AAC 48 kHz stereo');
});

it('leaves out what is not known', () => {
  const { video } = sampleHealth;
  if (video === null) throw new Error('The sample has a picture.');
  const unknown = { ...video, codec: 'HEVC', profile: null, width: null, height: null, fps: 29.97 };
  const health = { ...sampleHealth, audio: null, video: unknown };
  expect(plain(codecLine(health))).toBe('HEVC 29.97 fps');
  expect(codecLine(null)).toBeNull();
});
