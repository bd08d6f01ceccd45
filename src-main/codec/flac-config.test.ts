import { expect, test } from 'vitest';
import { readFlacConfig } from './flac-config.ts';
import { bytesOf, codeOf, fuzzRecord } from './testing/fuzz-record.ts';

// Made by FFmpeg; the figures are ffprobe's.
const BARE = '120012000001500005170bb802f000005dc0a2fc3617bc0e6c99e035cbe06fb4e52a';

test.each([
  ['STREAMINFO alone', BARE],
  ['its block', `80000022${BARE}`],
  ['marker and block', `664c614300000022${BARE}`],
])('%s', (_, hex) => {
  expect(readFlacConfig(bytesOf(hex))).toEqual({ sampleRateHz: 48_000, channels: 2, bitsPerSample: 16 });
});

test.each([
  ['nothing', '', 'codec-no-parameter-set'],
  ['a marker alone', '664c6143', 'codec-no-parameter-set'],
  ['another block first', `664c614384000022${BARE}`, 'codec-no-parameter-set'],
  ['a block cut off', `664c614300000022${BARE.slice(2)}`, 'codec-truncated'],
  ['a sample rate of 0', '0'.repeat(68), 'codec-out-of-range'],
])('%s is refused', (_, hex, code) => {
  expect(codeOf(() => readFlacConfig(bytesOf(hex)))).toBe(code);
});

test('any bytes give a config or ProtocolError', () => {
  fuzzRecord(readFlacConfig, [BARE, `664c614300000022${BARE}`]);
});
