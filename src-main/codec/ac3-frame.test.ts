import { expect, test } from 'vitest';
import { readAc3Frame } from './ac3-frame.ts';
import { bytesOf, codeOf, fuzzRecord } from './testing/fuzz-record.ts';

// Made by FFmpeg; the figures are ffprobe's.
const SURROUND = '0b77dce5 5e40ebf8403eff9dffc2';
const MONO = '0b77952f 8c402f842bf1cefab0fd';
const ENHANCED = '0b77017f 3487c0002084210838';

test.each([
  [SURROUND, { codec: 'AC-3', sampleRateHz: 44_100, channels: 6 }],
  [MONO, { codec: 'AC-3', sampleRateHz: 32_000, channels: 1 }],
  [MONO.replace('8c40', '8c50'), { codec: 'AC-3', sampleRateHz: 8_000, channels: 1 }],
  [ENHANCED, { codec: 'E-AC-3', sampleRateHz: 48_000, channels: 2 }],
  [ENHANCED.replace('3487', 'c487'), { codec: 'E-AC-3', sampleRateHz: 24_000, channels: 2 }],
])('%s', (hex, expected) => {
  expect(readAc3Frame(bytesOf(hex))).toEqual(expected);
});

test.each([
  ['nothing', '', 'codec-truncated'],
  ['a frame cut off', '0b77dce55e40', 'codec-truncated'],
  ['no sync word', '770bdce55e40ebf8', 'codec-bad-version'],
  ['version 17', '0b77dce55e88ebf8', 'codec-bad-version'],
  ['a reserved rate', '0b77dce5de40ebf8', 'codec-out-of-range'],
  ['a reserved low rate', '0b77017ff487c000', 'codec-out-of-range'],
])('%s is refused', (_, hex, code) => {
  expect(codeOf(() => readAc3Frame(bytesOf(hex)))).toBe(code);
});

test('any bytes give a frame or ProtocolError', () => {
  fuzzRecord(readAc3Frame, [SURROUND, MONO, ENHANCED]);
});
