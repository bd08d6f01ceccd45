import { expect, it } from 'vitest';
import { recommendedVideoKbps } from './recommended-bitrate.ts';

it('shares the upload among the targets and keeps a reserve', () => {
  expect(recommendedVideoKbps(20, 3)).toBe(4800);
  expect(recommendedVideoKbps(100, 1)).toBe(6000);
  expect(recommendedVideoKbps(0.1, 5)).toBe(0);
});
