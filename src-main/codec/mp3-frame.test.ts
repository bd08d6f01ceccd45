import { expect, test } from 'vitest';
import { readMp3Frame } from './mp3-frame.ts';
import { bytesOf, codeOf, fuzzRecord } from './testing/fuzz-record.ts';

// The first is FFmpeg's with libmp3lame; the figures are ffprobe's.
test.each([
  ['fffb54c4', { layer: 3, sampleRateHz: 48_000, channels: 1 }],
  ['fffb9064', { layer: 3, sampleRateHz: 44_100, channels: 2 }],
  ['fff384c4', { layer: 3, sampleRateHz: 24_000, channels: 1 }],
  ['ffe39800', { layer: 3, sampleRateHz: 8_000, channels: 2 }],
  ['fffd9440', { layer: 2, sampleRateHz: 48_000, channels: 2 }],
])('%s', (hex, expected) => {
  expect(readMp3Frame(bytesOf(hex))).toEqual(expected);
});

test.each([
  ['nothing', '', 'codec-truncated'],
  ['two bytes', 'fffb', 'codec-truncated'],
  ['no sync word', 'ff1b9064', 'codec-bad-version'],
  ['a reserved version', 'ffeb9064', 'codec-out-of-range'],
  ['a reserved layer', 'fff99064', 'codec-out-of-range'],
  ['a reserved rate', 'fffb9c64', 'codec-out-of-range'],
])('%s is refused', (_, hex, code) => {
  expect(codeOf(() => readMp3Frame(bytesOf(hex)))).toBe(code);
});

test('any bytes give a frame or ProtocolError', () => {
  fuzzRecord(readMp3Frame, ['fffb54c4000000', 'fff384c4']);
});
