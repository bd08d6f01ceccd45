import { expect, test } from 'vitest';
import { delayDoesNotFit, fits } from './delay-fits.ts';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
const delay = { delayMs: 600_000, kbps: 6_000, memoryBytes: 64 * MIB };

test('a delay needs its bytes and a tenth; beyond memory they must fit the disk, of which a GiB stays free', () => {
  const diskBytes = 495_000_000 - 64 * MIB;
  expect(fits({ ...delay, freeBytes: GIB + diskBytes })).toEqual({ ok: true });
  expect(fits({ ...delay, freeBytes: GIB + diskBytes - 1 })).toEqual({
    ok: false,
    needBytes: 495_000_000,
    haveBytes: 494_999_999,
  });
});

test('what fits into memory asks for no disk', () => {
  expect(fits({ ...delay, delayMs: 80_000, freeBytes: 0 })).toEqual({ ok: true });
  expect(fits({ ...delay, freeBytes: 0 })).toMatchObject({ ok: false, haveBytes: 64 * MIB });
});

test('a refusal says what is needed, what there is, and what to do', () => {
  expect(delayDoesNotFit(delay, { needBytes: 495_000_000, haveBytes: 67_108_864 })).toBe(
    "A delay of 600 s at 6 Mbit/s needs 495 MB; there is room for 67 MB in memory and on the disk, of which 1 GB stays free. Free some space on the disk, choose a shorter delay, or lower the encoder's bitrate.",
  );
  expect(delayDoesNotFit({ delayMs: 500, kbps: 160 }, { needBytes: 4.5e9, haveBytes: 0 })).toMatch(
    /^A delay of 0\.5 s at 160 kbit\/s needs 4\.5 GB;/,
  );
});
