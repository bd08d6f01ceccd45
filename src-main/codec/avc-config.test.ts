import { expect, test } from 'vitest';
import { readAvcConfig, readAvcSps } from './avc-config.ts';
import { bitsOf, se, u, ue, withEmulationPrevention } from './testing/bits-of.ts';
import { bytesOf, codeOf, fuzzRecord } from './testing/fuzz-record.ts';

const progressive420 = { interlaced: false, chroma: '4:2:0', bitDepth: 8, cabac: true, nalLengthBytes: 4 };

// Made by ffmpeg 5.1 with libx264; the figures are ffprobe's.
const RECORDS: readonly (readonly [string, string, object])[] = [
  [
    '1080p30 Main',
    '014d402affe1001a674d402aeca03c0113f2e022000003000200000300781e30632c01000468ce0fc8',
    {
      profile: 'Main',
      level: '4.2',
      width: 1920,
      height: 1080,
      fps: 30,
      maxReorderFrames: 2,
      ...progressive420,
      cabac: false,
    },
  ],
  [
    '720p60 High',
    '01640020ffe1001967640020acd9405005bb0110000003001000000780f183196001000668ebe3cb22c0fdf8f800',
    {
      profile: 'High',
      level: '3.2',
      width: 1280,
      height: 720,
      fps: 60,
      maxReorderFrames: 2,
      ...progressive420,
    },
  ],
  [
    '360p29.97 Baseline, order count type 2',
    '0142c01effe100186742c01ed900a02ff9701100000303e90000ea600f162e4801000568cb83cb20',
    {
      profile: 'Constrained Baseline',
      level: '3.0',
      width: 640,
      height: 360,
      fps: 30_000 / 1001,
      maxReorderFrames: 0,
      ...progressive420,
      cabac: false,
    },
  ],
  [
    '480p25 Main without B-frames, CBR with HRD',
    '014d401effe10024674d401ed900d83de6f0110000030001000003003260400 0f424001e84e4c30078b1724001000468ebccb2',
    {
      profile: 'Main',
      level: '3.0',
      width: 854,
      height: 480,
      fps: 25,
      maxReorderFrames: 0,
      ...progressive420,
    },
  ],
  [
    '1080i25 Main',
    '014d4028ffe10019674d4028f403c0227ef011000003000100000300321f162ea001000468de0fc8',
    {
      profile: 'Main',
      level: '4.0',
      width: 1920,
      height: 1080,
      fps: 25,
      maxReorderFrames: 0,
      ...progressive420,
      cabac: false,
      interlaced: true,
    },
  ],
  [
    '640x362 4:2:2',
    '017a001fffe1001a677a001fb6cd940a02ff9f0110000003001000000640f183196001000668ebe3cb22c0fefafa00',
    {
      profile: 'High 4:2:2',
      level: '3.1',
      width: 640,
      height: 362,
      fps: 50,
      maxReorderFrames: 2,
      interlaced: false,
      chroma: '4:2:2',
      bitDepth: 10,
      cabac: true,
      nalLengthBytes: 4,
    },
  ],
  [
    '360p24 High 10, scaling matrices',
    '016e001effe1001b676e001ea6cd940a02ff97011000000300100000030300f162d96001000768ebe3cb3002c0fdfafa00',
    {
      profile: 'High 10',
      level: '3.0',
      width: 640,
      height: 360,
      fps: 24,
      maxReorderFrames: 2,
      interlaced: false,
      chroma: '4:2:0',
      bitDepth: 10,
      cabac: true,
      nalLengthBytes: 4,
    },
  ],
  [
    '322x182 4:4:4',
    '01f4000dffe1001b67f4000d919b282a33c7c5e022000003000200000300641e28532c01000868ebe3c44c000440fff8f800',
    {
      profile: 'High 4:4:4 Predictive',
      level: '1.3',
      width: 322,
      height: 182,
      fps: 25,
      maxReorderFrames: 2,
      interlaced: false,
      chroma: '4:4:4',
      bitDepth: 8,
      cabac: true,
      nalLengthBytes: 4,
    },
  ],
  [
    '576p25, all of VUI',
    '0164001effe1002d6764001eacd940b4126ffc010000b69c04040694000003000400000300c9810003d090007a12930c01e2c5b2c001000468ebe3cb',
    {
      profile: 'High',
      level: '3.0',
      width: 720,
      height: 576,
      fps: 25,
      maxReorderFrames: 2,
      ...progressive420,
    },
  ],
];

test.each(RECORDS)('%s', (_, hex, expected) => {
  expect(readAvcConfig(bytesOf(hex))).toEqual(expected);
});

/** An SPS of 1920x1088 without cropping and VUI; the parts given replace the usual ones. */
function spsOf({
  profile = 77,
  constraints = 0,
  level = 40,
  chroma = '',
  orderCount = ue(0) + ue(0),
  mapUnits = 67,
  frames = '1',
  cropping = '0',
  vui = '0',
}): Uint8Array {
  const head = u(0x67, 8) + u(profile, 8) + u(constraints, 8) + u(level, 8) + ue(0);
  const size = ue(119) + ue(mapUnits);
  return withEmulationPrevention(
    bitsOf(`${head}${chroma}${ue(0)}${orderCount}${ue(4)}0${size}${frames}1${cropping}${vui}1`),
  );
}

test('reorder depth and frame rate are undefined when not told', () => {
  expect(readAvcSps(spsOf({}))).toMatchObject({
    width: 1920,
    height: 1088,
    fps: undefined,
    maxReorderFrames: undefined,
  });
});

test('order count types 1 and 2', () => {
  const type1 = ue(1) + '0' + se(-1) + se(1) + ue(2) + se(5) + se(-5);
  expect(readAvcSps(spsOf({ orderCount: type1 }))).toMatchObject({
    width: 1920,
    maxReorderFrames: undefined,
  });
  expect(readAvcSps(spsOf({ orderCount: ue(2) }))).toMatchObject({ maxReorderFrames: 0 });
});

test('scaling lists, ended early and in full', () => {
  const lists = '1' + se(-8) + '1' + se(1).repeat(16) + '0000' + '1' + se(0).repeat(64) + '0';
  const chroma = ue(1) + ue(0) + ue(0) + '0' + '1' + lists;
  expect(readAvcSps(spsOf({ profile: 100, chroma }))).toMatchObject({
    profile: 'High',
    width: 1920,
    height: 1088,
  });
});

test('cropping counts in chroma samples, and in both fields of interlaced pictures', () => {
  const cropping = '1' + ue(1) + ue(2) + ue(0) + ue(2);
  expect(readAvcSps(spsOf({ cropping }))).toMatchObject({ width: 1914, height: 1084 });
  expect(readAvcSps(spsOf({ cropping, mapUnits: 33, frames: '00' }))).toMatchObject({
    width: 1914,
    height: 1080,
    interlaced: true,
  });
  const mono = ue(0) + ue(0) + ue(0) + '00';
  expect(readAvcSps(spsOf({ profile: 100, chroma: mono, cropping }))).toMatchObject({
    width: 1917,
    height: 1086,
    chroma: '4:0:0',
  });
  const tooMuch = '1' + ue(960) + ue(0) + ue(0) + ue(0);
  expect(codeOf(() => readAvcSps(spsOf({ cropping: tooMuch })))).toBe('codec-bad-size');
});

test('a clock resolution in place of a frame rate is not believed', () => {
  const timing = (ticks: number, scale: number): string =>
    '1' + '0000' + '1' + u(ticks, 32) + u(scale, 32) + '0' + '0000';
  expect(readAvcSps(spsOf({ vui: timing(1, 180_000) })).fps).toBeUndefined();
  expect(readAvcSps(spsOf({ vui: timing(0, 60) })).fps).toBeUndefined();
  expect(readAvcSps(spsOf({ vui: timing(1, 480) })).fps).toBe(240);
});

test.each<[string, Parameters<typeof spsOf>[0], string, string]>([
  ['Baseline', { profile: 66 }, 'Baseline', '4.0'],
  ['Constrained Baseline', { profile: 66, constraints: 0x40 }, 'Constrained Baseline', '4.0'],
  ['level 1b by flag', { level: 11, constraints: 0x10 }, 'Main', '1b'],
  ['level 1.1', { level: 11 }, 'Main', '1.1'],
  [
    'High 10 Intra',
    { profile: 110, constraints: 0x10, chroma: ue(1) + ue(2) + ue(2) + '00' },
    'High 10 Intra',
    '4.0',
  ],
  ['an unknown profile', { profile: 99, level: 62 }, 'unknown:99', '6.2'],
])('name of %s', (_, parts, profile, level) => {
  expect(readAvcSps(spsOf(parts))).toMatchObject({ profile, level });
});

test('entropy coding is told by the first PPS behind all SPS', () => {
  const record = (tail: string): Uint8Array =>
    bytesOf(`014d402affe1001a674d402aeca03c0113f2e022000003000200000300781e30632c${tail}`);
  expect(readAvcConfig(record('01000468ce0fc8')).cabac).toBe(false);
  expect(readAvcConfig(record('01000468ee0fc8')).cabac).toBe(true);
  expect(readAvcConfig(record('00')).cabac).toBeUndefined();
  expect(readAvcConfig(record('')).cabac).toBeUndefined();
  const sps = '001a674d402aeca03c0113f2e022000003000200000300781e30632c';
  expect(readAvcConfig(bytesOf(`014d402affe2${sps}${sps}01000468ee0fc8`)).cabac).toBe(true);
  expect(codeOf(() => readAvcConfig(bytesOf(`014d402affe2${sps}00ff`)))).toBe('codec-truncated');
  expect(codeOf(() => readAvcConfig(record('01000468ee')))).toBe('codec-truncated');
  expect(codeOf(() => readAvcConfig(record('01000467ee0fc8')))).toBe('codec-no-parameter-set');
  expect(codeOf(() => readAvcConfig(record('01000168')))).toBe('codec-truncated');
});

test.each([
  ['an empty record', '', 'codec-truncated'],
  ['another version', '004d402affe1001a', 'codec-bad-version'],
  ['no SPS', '014d402affe0001a', 'codec-no-parameter-set'],
  ['a SPS larger than the record', '014d402affe1001a674d', 'codec-truncated'],
  ['a PPS in its place', '014d402affe1000168', 'codec-no-parameter-set'],
])('%s is refused', (_, hex, code) => {
  expect(codeOf(() => readAvcConfig(bytesOf(hex)))).toBe(code);
});

test('any bytes give a config or ProtocolError', () => {
  fuzzRecord(
    readAvcConfig,
    RECORDS.map(([, hex]) => hex),
  );
  fuzzRecord((bytes) => readAvcSps(Uint8Array.from([0x67, ...bytes])), []);
});
