import { expect, it } from 'vitest';
import { isUnplayable, restartDelayMs } from './preview-rules.ts';

it('waits longer after each failure, up to eight seconds', () => {
  expect([1, 2, 3, 9].map(restartDelayMs)).toEqual([400, 800, 1600, 8000]);
});

it('gives up on a codec, not on a network', () => {
  expect(isUnplayable('MediaError', 'CodecUnsupported', 0)).toBe(true);
  expect(isUnplayable('NetworkError', 'Exception', 9)).toBe(false);
  expect(isUnplayable('MediaError', 'MediaMSEError', 0)).toBe(false);
  expect(isUnplayable('MediaError', 'MediaMSEError', 2)).toBe(true);
});
