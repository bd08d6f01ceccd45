import { expect, test } from 'vitest';
import { readHevcConfig, readHevcSps } from './hevc-config.ts';
import { bitsOf, se, u, ue, withEmulationPrevention } from './testing/bits-of.ts';
import { bytesOf, codeOf, fuzzRecord } from './testing/fuzz-record.ts';

const usual = { tier: 'Main', interlaced: false, chroma: '4:2:0', bitDepth: 8, nalLengthBytes: 4 };

// Made by ffmpeg 5.1 with libx265, its SEI cut off; the figures are ffprobe's.
const RECORDS: readonly (readonly [string, string, object])[] = [
  [
    '1080p60 Main',
    '0101600000009000000000007bf000fcfdf8f800000f03a00001001840010c01ffff01600000030090000003000003007b959409a10001002b42010101600000030090000003000003007ba003c0801107cb965654a4c2f0168080000003008000001e04a2000100064401c073c189',
    { profile: 'Main', level: '4.1', width: 1920, height: 1080, fps: 60, maxReorderFrames: 2, ...usual },
  ],
  [
    '720p29.97 Main 10',
    '0102200000009000000000005df000fcfdfafa00000f03a00001001840010c01ffff02200000030090000003000003005d959409a10001002a42010102200000030090000003000003005da00280802d1365959649395e02d01000003e900007530080a2000100074401c172b46240',
    {
      profile: 'Main 10',
      level: '3.1',
      width: 1280,
      height: 720,
      fps: 30_000 / 1001,
      maxReorderFrames: 2,
      ...usual,
      bitDepth: 10,
    },
  ],
  [
    '360p30 4:4:4',
    '0104080000009e08000000003ff000fcfff8f800000f03a00001001740010c01ffff0408000003009e0800000300003f928090a1000100284201010408000003009e0800000300003f9000a0402d2cb2549265780b4040000003004000000782a2000100084401c172860c4624',
    {
      profile: 'Range Extensions',
      level: '2.1',
      width: 640,
      height: 360,
      fps: 30,
      maxReorderFrames: 0,
      ...usual,
      chroma: '4:4:4',
    },
  ],
  [
    '360p24 with two temporal layers, colours and HRD',
    '0101600000009000000000003ff002fffdf8f800001303a00001001c40010c02ffff01600000030090000003000003003f00009598acc048a10001004342010201600000030090000003000003003f0000a005020169659598acd249b5e1cd40404041000003000100000300186014965e000f424001e84b8003d090007a1220a2000100074401c172b46240',
    { profile: 'Main', level: '2.1', width: 640, height: 360, fps: 24, maxReorderFrames: 2, ...usual },
  ],
  // Fields: 576 lines each, 25 of them a second.
  [
    'fields',
    '0101600000004000000000005af000fcfdf8f800000f03a00001001840010c01ffff01600000030040000003000003005a959809a10001002b42010101600000030040000003000003005aa005a20090596566924caf016868000003000800000300c840a2000100074401c172b46240',
    {
      profile: 'Main',
      level: '3.0',
      width: 720,
      height: 576,
      fps: 12.5,
      maxReorderFrames: 2,
      ...usual,
      interlaced: true,
    },
  ],
];

test.each(RECORDS)('%s', (_, hex, expected) => {
  expect(readHevcConfig(bytesOf(hex))).toEqual(expected);
});

/** An SPS of 1920x1080 in Main, level 4; the parts given replace the usual ones. */
function spsOf({
  layers = 0,
  layerFlags = '',
  scaling = '0',
  pcm = '0',
  sets = ue(0),
  longTerm = '0',
  vui = '0',
}): Uint8Array {
  const head = u(0x4201, 16) + '0000' + u(layers, 3) + '1';
  const profile = '00' + '0' + u(1, 5) + u(0, 80) + u(120, 8) + layerFlags;
  const size = ue(0) + ue(1) + ue(1920) + ue(1080) + '0' + ue(0) + ue(0) + ue(4);
  const reorder = '1' + (ue(4) + ue(3) + ue(0)).repeat(layers + 1);
  const blocks = ue(0).repeat(6);
  return withEmulationPrevention(
    bitsOf(`${head}${profile}${size}${reorder}${blocks}${scaling}11${pcm}${sets}${longTerm}11${vui}01`),
  );
}

const TIMING = '1' + '0000' + '000' + '0' + '1' + u(1, 32) + u(50, 32);
const expected = { level: '4.0', width: 1920, height: 1080, fps: 50, maxReorderFrames: 3 };

test('everything between size and VUI is passed over', () => {
  const lists =
    ('0' + ue(0)).repeat(6) +
    ('1' + se(-3).repeat(64)).repeat(6) +
    ('1' + se(2) + se(1).repeat(64)).repeat(8);
  const explicit = ue(1) + ue(1) + ue(0) + '1' + ue(0) + '1';
  // Built on the set before it: two of three pictures stay.
  const predicted = '1' + '1' + ue(0) + '1' + '01' + '00';
  const predictedAgain = '1' + '0' + ue(0) + '1' + '1' + '1';
  const sps = spsOf({
    layers: 1,
    layerFlags: '11' + '0'.repeat(14) + u(0, 88) + u(90, 8),
    scaling: `11${lists}`,
    pcm: '1' + u(0, 8) + ue(0) + ue(0) + '0',
    sets: ue(3) + explicit + predicted + predictedAgain,
    longTerm: '1' + ue(2) + u(0, 18),
    vui: TIMING,
  });
  expect(readHevcSps(sps)).toMatchObject(expected);
});

test('default scaling lists', () => {
  expect(readHevcSps(spsOf({ scaling: '10', vui: TIMING }))).toMatchObject(expected);
});

test('the average frame rate of the record stands in when the SPS has none', () => {
  const sps = spsOf({});
  const header = bytesOf('01016000000090000000000078f000fcfdf8f8 1900 0f 01 21 0001');
  const record = Uint8Array.from([...header, 0, sps.length, ...sps]);
  expect(readHevcConfig(record)).toMatchObject({ fps: 25, width: 1920, nalLengthBytes: 4 });
});

test.each([
  ['an empty record', '', 'codec-truncated'],
  ['another version', '02'.repeat(23), 'codec-bad-version'],
  ['no array', '01'.repeat(22) + '00', 'codec-no-parameter-set'],
  ['a NAL unit larger than the record', '01'.repeat(22) + '01 21 0001 0010 42', 'codec-truncated'],
  ['an empty NAL unit', '01'.repeat(22) + '01 21 0001 0000', 'codec-no-parameter-set'],
])('%s is refused', (_, hex, code) => {
  expect(codeOf(() => readHevcConfig(bytesOf(hex)))).toBe(code);
});

test('any bytes give a config or ProtocolError', () => {
  fuzzRecord(
    readHevcConfig,
    RECORDS.map(([, hex]) => hex),
  );
  fuzzRecord((bytes) => readHevcSps(Uint8Array.from([0x42, 1, ...bytes])), []);
});
