import { expect, test } from 'vitest';
import { readOpusConfig } from './opus-config.ts';
import { bytesOf, codeOf, fuzzRecord } from './testing/fuzz-record.ts';

// Made by ffmpeg 5.1 with libopus; the figures are ffprobe's.
const STEREO = '4f70757348656164 01 02 3801 80bb0000 0000 00';
const SURROUND = '4f70757348656164 01 06 3801 80bb0000 0000 01 0402000401020305';

test('stereo', () => {
  expect(readOpusConfig(bytesOf(STEREO))).toEqual({
    channels: 2,
    sampleRateHz: 48_000,
    inputSampleRateHz: 48_000,
    preSkip: 312,
    outputGainDb: 0,
    mappingFamily: 0,
  });
});

test('5.1, and a negative gain', () => {
  expect(readOpusConfig(bytesOf(SURROUND))).toMatchObject({ channels: 6, mappingFamily: 1 });
  expect(readOpusConfig(bytesOf(STEREO.replace(' 0000 00', ' 80fe 00')))).toMatchObject({
    outputGainDb: -1.5,
  });
});

test('an empty header is allowed (protocol.md point 20) and tells nothing', () => {
  expect(readOpusConfig(bytesOf(''))).toBeUndefined();
});

test.each([
  ['half a header', '4f70757348656164', 'codec-truncated'],
  ['another magic', STEREO.replace('4f', '4e'), 'codec-bad-version'],
  ['major version 1', STEREO.replace(' 01 02', ' 10 02'), 'codec-bad-version'],
  ['no channel', STEREO.replace(' 01 02', ' 01 00'), 'codec-out-of-range'],
  ['three channels in family 0', STEREO.replace(' 01 02', ' 01 03'), 'codec-out-of-range'],
  ['a mapping cut off', SURROUND.slice(0, -2), 'codec-truncated'],
])('%s is refused', (_, hex, code) => {
  expect(codeOf(() => readOpusConfig(bytesOf(hex)))).toBe(code);
});

test('any bytes give a config or ProtocolError', () => {
  fuzzRecord(readOpusConfig, [STEREO, SURROUND]);
});
