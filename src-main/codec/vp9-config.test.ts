import { expect, test } from 'vitest';
import { bytesOf, codeOf, fuzzRecord } from './testing/fuzz-record.ts';
import { readVp9Config, readVp9Keyframe } from './vp9-config.ts';

// Made by FFmpeg with libvpx-vp9; the figures are ffprobe's.
const RECORDS: readonly (readonly [string, string, object])[] = [
  ['480p', '01000000 001e820202020000', { profile: 'Profile 0', level: '3.0', chroma: '4:2:0', bitDepth: 8 }],
  [
    '4:2:2 10 bits',
    '01000000 030ba40202020000',
    { profile: 'Profile 3', level: '1.1', chroma: '4:2:2', bitDepth: 10 },
  ],
  [
    '4:4:4',
    '01000000 010b860202020000',
    { profile: 'Profile 1', level: '1.1', chroma: '4:4:4', bitDepth: 8 },
  ],
];
const KEYFRAMES: readonly (readonly [string, string, object])[] = [
  [
    '854x480',
    '824983420035501df60638241c18',
    { profile: 'Profile 0', chroma: '4:2:0', bitDepth: 8, size: { width: 854, height: 480 } },
  ],
  [
    '322x182 4:2:2 10 bits',
    'b124c1a10200a0805ab031c120e0',
    { profile: 'Profile 3', chroma: '4:2:2', bitDepth: 10, size: { width: 322, height: 182 } },
  ],
  [
    '320x180 4:4:4',
    'a249834200027e0166c0c7048383',
    { profile: 'Profile 1', chroma: '4:4:4', bitDepth: 8, size: { width: 320, height: 180 } },
  ],
  [
    '320x180 RGB',
    'a2498342e013f00b360638241c18',
    { profile: 'Profile 1', chroma: '4:4:4', bitDepth: 8, size: { width: 320, height: 180 } },
  ],
];

test.each(RECORDS)('record of %s', (_, hex, expected) => {
  expect(readVp9Config(bytesOf(hex))).toEqual(expected);
  expect(readVp9Config(bytesOf(hex.slice(9)))).toEqual(expected);
});

test('a level of 0 and 4:4:0 are not told', () => {
  expect(readVp9Config(bytesOf('0100880202020000'))).toEqual({
    profile: 'Profile 1',
    level: undefined,
    chroma: undefined,
    bitDepth: 8,
  });
});

test.each(KEYFRAMES)('keyframe of %s', (_, hex, expected) => {
  expect(readVp9Keyframe(bytesOf(hex))).toEqual(expected);
});

test.each([
  ['an empty record', '', 'codec-truncated'],
  ['a record cut off', '01000000 001e8202020200', 'codec-out-of-range'],
  ['seven bytes', '001e8202020200', 'codec-truncated'],
  ['profile 4', '041e820202020000', 'codec-out-of-range'],
  ['9 bits', '001e920202020000', 'codec-out-of-range'],
])('%s is refused', (_, hex, code) => {
  expect(codeOf(() => readVp9Config(bytesOf(hex)))).toBe(code);
});

test.each([
  ['no frame', '', 'codec-truncated'],
  ['an inter frame', '86004092', 'codec-out-of-range'],
  ['an existing frame shown', '8800', 'codec-out-of-range'],
  ['another codec', '1249834200', 'codec-bad-version'],
  ['another sync code', '8249834300', 'codec-bad-version'],
  ['RGB in profile 0', '82498342e035501df6', 'codec-out-of-range'],
  ['a keyframe cut off', '824983420035', 'codec-truncated'],
])('as a keyframe, %s is refused', (_, hex, code) => {
  expect(codeOf(() => readVp9Keyframe(bytesOf(hex)))).toBe(code);
});

test('any bytes give a config or ProtocolError', () => {
  fuzzRecord(
    readVp9Config,
    RECORDS.map(([, hex]) => hex),
  );
  fuzzRecord(
    readVp9Keyframe,
    KEYFRAMES.map(([, hex]) => hex),
  );
});
