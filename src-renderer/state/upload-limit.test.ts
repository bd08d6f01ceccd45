import { describe, expect, it } from 'vitest';
import { NO_UPLINK } from './studio-view.ts';
import { isUploadTight, uploadLimit, uploadShare } from './upload-limit.ts';

const line = (budgetKbps: number | null, measuredKbps: number | null, totalKbps = 0) => ({
  ...NO_UPLINK,
  budgetKbps,
  measuredKbps,
  totalKbps,
});

describe('uploadLimit', () => {
  it.each([
    [null, null, null],
    [8000, null, { kbps: 8000, from: 'given' }],
    [null, 6000, { kbps: 6000, from: 'measured' }],
    [8000, 6000, { kbps: 6000, from: 'measured' }],
    [8000, 9000, { kbps: 8000, from: 'given' }],
  ])('%s given, %s measured: %o', (given, measured, limit) => {
    expect(uploadLimit(line(given, measured))).toEqual(limit);
  });
});

it('is tight above 85 % of the limit, and never without one', () => {
  expect(uploadShare(line(8000, null, 4000))).toBe(0.5);
  expect(isUploadTight(line(8000, null, 6800))).toBe(false);
  expect(isUploadTight(line(8000, null, 6900))).toBe(true);
  expect(uploadShare(line(null, null, 6900))).toBeNull();
  expect(isUploadTight(line(null, null, 6900))).toBe(false);
});
