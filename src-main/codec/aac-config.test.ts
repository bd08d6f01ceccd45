import { expect, test } from 'vitest';
import { readAacConfig } from './aac-config.ts';
import { bitsOf, u } from './testing/bits-of.ts';
import { bytesOf, codeOf, fuzzRecord } from './testing/fuzz-record.ts';

const lc = (sampleRateHz: number, channels: number): object => ({
  objectType: 2,
  profile: 'LC',
  sampleRateHz,
  coreSampleRateHz: sampleRateHz,
  channels,
  frameSamples: 1024,
  hasSbr: false,
  hasPs: false,
});
const he = { objectType: 2, sampleRateHz: 44_100, coreSampleRateHz: 22_050, channels: 2, hasSbr: true };

const RECORDS: readonly (readonly [string, string, object])[] = [
  // Made by ffmpeg 5.1; the figures are ffprobe's. `56e500` says that there is no SBR.
  ['48 kHz stereo of ffmpeg', '119056e500', lc(48_000, 2)],
  ['44.1 kHz mono of ffmpeg', '120856e500', lc(44_100, 1)],
  ['5.1 of ffmpeg', '11b056e500', lc(48_000, 6)],
  [
    'four channels by program config element',
    '118004c4040021100d4c61766335392e33372e31303056e500',
    lc(48_000, 4),
  ],
  ['48 kHz stereo as OBS sends it', '1190', lc(48_000, 2)],
  ['HE-AAC, explicit', '2b920800', { ...he, profile: 'HE-AAC', hasPs: false }],
  ['HE-AACv2, explicit', 'eb8a0800', { ...he, profile: 'HE-AACv2', hasPs: true }],
  ['HE-AAC, backward compatible', '139056e5a0', { ...he, profile: 'HE-AAC', hasPs: false }],
  ['HE-AACv2, backward compatible', '138856e5a54880', { ...he, profile: 'HE-AACv2', hasPs: true }],
];

test.each(RECORDS)('%s', (_, hex, expected) => {
  expect(readAacConfig(bytesOf(hex))).toMatchObject(expected);
});

test.each<[string, string, object]>([
  [
    'an explicit sample rate',
    u(2, 5) + u(15, 4) + u(47_999, 24) + u(1, 4) + '000',
    { sampleRateHz: 47_999, channels: 1 },
  ],
  [
    '960 samples a frame, core coder',
    u(2, 5) + u(3, 4) + u(2, 4) + '11' + u(0, 14) + '0',
    { frameSamples: 960 },
  ],
  ['7.1', u(2, 5) + u(3, 4) + u(7, 4) + '000', { channels: 8 }],
  ['ER AAC LD with extension', u(23, 5) + u(3, 4) + u(2, 4) + '001' + '000' + '0' + '00', { profile: 'LD' }],
  [
    'xHE-AAC',
    u(31, 5) + u(10, 6) + u(3, 4) + u(2, 4) + u(0, 8),
    { objectType: 42, profile: 'xHE-AAC', frameSamples: undefined },
  ],
])('%s', (_, bits, expected) => {
  expect(readAacConfig(bitsOf(bits))).toMatchObject(expected);
});

test.each([
  ['an empty config', '', 'codec-truncated'],
  ['half a config', '11', 'codec-truncated'],
  ['a sample rate index that does not exist', '1690', 'codec-out-of-range'],
  ['a channel layout that does not exist', '11c0', 'codec-out-of-range'],
  ['a program config element cut off', '1180', 'codec-truncated'],
])('%s is refused', (_, hex, code) => {
  expect(codeOf(() => readAacConfig(bytesOf(hex)))).toBe(code);
});

test('any bytes give a config or ProtocolError', () => {
  fuzzRecord(
    readAacConfig,
    RECORDS.map(([, hex]) => hex),
  );
});
