import { expect, test } from 'vitest';
import { readAv1Config } from './av1-config.ts';
import { bitsOf, u, ue } from './testing/bits-of.ts';
import { bytesOf, codeOf, fuzzRecord } from './testing/fuzz-record.ts';

// Made by ffmpeg 5.1; the figures are ffprobe's.
const RECORDS: readonly (readonly [string, string, object])[] = [
  [
    '1080p of SVT-AV1',
    '81080c000a0b00000042abbfc3700be001',
    {
      profile: 'Main',
      tier: 'Main',
      level: '4.0',
      chroma: '4:2:0',
      bitDepth: 8,
      size: { width: 1920, height: 1080 },
      fps: undefined,
    },
  ],
  [
    '480p 10 bits of libaom',
    '81044c000a0b00000024c6abdf36be5010',
    {
      profile: 'Main',
      tier: 'Main',
      level: '3.0',
      chroma: '4:2:0',
      bitDepth: 10,
      size: { width: 854, height: 480 },
      fps: undefined,
    },
  ],
  [
    '480p 4:4:4 of libaom',
    '812400000a0b20000024c6abdf36be4080',
    {
      profile: 'High',
      tier: 'Main',
      level: '3.0',
      chroma: '4:4:4',
      bitDepth: 8,
      size: { width: 854, height: 480 },
      fps: undefined,
    },
  ],
];

test.each(RECORDS)('%s', (_, hex, expected) => {
  expect(readAv1Config(bytesOf(hex))).toEqual(expected);
});

const SIZE = u(10, 4) + u(10, 4) + u(1919, 11) + u(1079, 11);

function recordOf(sequence: string): Uint8Array {
  const obu = bitsOf(sequence);
  return Uint8Array.from([0x81, 0x08, 0x0c, 0, 0x0a, obu.length, ...obu]);
}

test('frame rate, decoder model and two operating points', () => {
  const timing = '1' + u(1, 32) + u(120, 32) + '1' + ue(1) + '1' + u(9, 5) + u(1, 32) + u(0, 10);
  const points =
    '1' +
    u(1, 5) +
    (u(0, 12) + u(8, 5) + '0' + '1' + u(0, 21) + '1' + u(3, 4)) +
    (u(0, 12) + u(5, 5) + '0' + '0');
  expect(readAv1Config(recordOf(`${u(0, 5)}${timing}${points}${SIZE}`))).toMatchObject({
    size: { width: 1920, height: 1080 },
    fps: 60,
  });
});

test('reduced still picture header', () => {
  expect(readAv1Config(recordOf(`000 1 1 ${u(8, 5)} ${SIZE}`))).toMatchObject({
    size: { width: 1920, height: 1080 },
  });
});

test('without a sequence header in it the record tells no size', () => {
  expect(readAv1Config(bytesOf('81089c00'))).toMatchObject({ tier: 'High', size: undefined, fps: undefined });
  // A metadata OBU alone, with extension byte.
  expect(readAv1Config(bytesOf('81081c00 2e 00 01 ff'))).toMatchObject({ chroma: '4:0:0', size: undefined });
});

test('level "max", 12 bits, 4:2:2', () => {
  expect(readAv1Config(bytesOf('815f6800'))).toMatchObject({
    profile: 'Professional',
    level: 'max',
    bitDepth: 12,
    chroma: '4:2:2',
  });
});

test.each([
  ['an empty record', '', 'codec-truncated'],
  ['another version', '82080c00', 'codec-bad-version'],
  ['an OBU larger than the record', '81080c00 0a 0b 00', 'codec-truncated'],
  ['an OBU size cut off', '81080c00 0a ff', 'codec-truncated'],
  ['an OBU size without end', '81080c00 0a ffffffffffffffffff', 'codec-out-of-range'],
])('%s is refused', (_, hex, code) => {
  expect(codeOf(() => readAv1Config(bytesOf(hex)))).toBe(code);
});

test('any bytes give a config or ProtocolError', () => {
  fuzzRecord(
    readAv1Config,
    RECORDS.map(([, hex]) => hex),
  );
  fuzzRecord((bytes) => readAv1Config(Uint8Array.from([0x81, 0x08, 0x0c, 0, ...bytes])), []);
});
