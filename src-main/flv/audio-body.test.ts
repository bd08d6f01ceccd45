import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from '../bytes/protocol-error.ts';
import { readAudioBody, readMultichannelConfig } from './audio-body.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const track = (trackId: number, codec: string, hex: string): object => ({
  trackId,
  codec,
  data: bytesOf(hex),
});

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
  return 'nothing thrown';
}

const MP4A = '6d703461';
const OPUS = '4f707573';
const FLAC = '664c6143';

test.each<[string, string, object]>([
  [
    '14 AAC sequence header',
    'af 00 1190',
    {
      kind: 'sequence-start',
      isEnhanced: false,
      legacySound: { sampleRateHz: 44_100, sampleBits: 16, channels: 2 },
      tracks: [track(0, 'mp4a', '1190')],
    },
  ],
  ['14 AAC frame', 'af 01 2110', { kind: 'coded-frames', tracks: [track(0, 'mp4a', '2110')] }],
  ['14 AAC packet type unknown', 'af 02 2110', { kind: 'reserved' }],
  [
    '14 MP3',
    '2e fffb',
    {
      legacySound: { sampleRateHz: 44_100, sampleBits: 16, channels: 1 },
      tracks: [track(0, '.mp3', 'fffb')],
    },
  ],
  [
    '14 Speex',
    'b2 01',
    { legacySound: { sampleRateHz: 5_500, sampleBits: 16, channels: 1 }, tracks: [track(0, 'speex', '01')] },
  ],
  ['14 a sound format unknown', 'c0 01', { kind: 'coded-frames', tracks: [track(0, 'unknown:12', '01')] }],
  [
    '19 SequenceStart',
    `90 ${FLAC} 664c6143`,
    {
      kind: 'sequence-start',
      isEnhanced: true,
      legacySound: undefined,
      tracks: [track(0, 'fLaC', '664c6143')],
    },
  ],
  ['19 CodedFrames', `91 ${MP4A} aa`, { kind: 'coded-frames', tracks: [track(0, 'mp4a', 'aa')] }],
  ['19 SequenceEnd', `92 ${MP4A}`, { kind: 'sequence-end', tracks: [track(0, 'mp4a', '')] }],
  ['19 type 3 is reserved', `93 ${MP4A} aa`, { kind: 'reserved' }],
  ['19 type 6 is no multitrack here', `96 ${MP4A} aa`, { kind: 'reserved', multitrack: 'none' }],
  ['20 Opus, case matters', `91 ${OPUS} aa`, { tracks: [track(0, 'Opus', 'aa')] }],
  ['20 opus in lower case is another codec', '91 6f707573 aa', { tracks: [track(0, 'unknown:opus', 'aa')] }],
  [
    '20 Opus SequenceStart may be empty',
    `90 ${OPUS}`,
    { kind: 'sequence-start', tracks: [track(0, 'Opus', '')] },
  ],
  ['20 AC-3 and E-AC-3', '91 61632d33 aa', { tracks: [track(0, 'ac-3', 'aa')] }],
  [
    '21 MultichannelConfig',
    `94 ${OPUS} 0106 0000003f`,
    { kind: 'multichannel-config', tracks: [track(0, 'Opus', '01060000003f')] },
  ],
  [
    '22 ModEx: nanoseconds',
    `97 02 00000a 01 ${MP4A} aa`,
    { nanosecondOffset: 10, kind: 'coded-frames', tracks: [track(0, 'mp4a', 'aa')] },
  ],
  [
    '23 multitrack is 5: OneTrack',
    `95 00 ${MP4A} 01 1190`,
    { multitrack: 'one-track', kind: 'sequence-start', tracks: [track(1, 'mp4a', '1190')] },
  ],
  [
    '24 ManyTracks',
    `95 11 ${MP4A} 01 000001 aa 00 000002 bbcc`,
    {
      multitrack: 'many-tracks',
      kind: 'coded-frames',
      tracks: [track(1, 'mp4a', 'aa'), track(0, 'mp4a', 'bbcc')],
    },
  ],
  [
    '24 ManyTracksManyCodecs',
    `95 21 ${MP4A} 00 000001 aa ${OPUS} 01 000001 bb`,
    { multitrack: 'many-codecs', tracks: [track(0, 'mp4a', 'aa'), track(1, 'Opus', 'bb')] },
  ],
])('point %s', (_, hex, expected) => {
  expect(readAudioBody(bytesOf(hex))).toMatchObject({ type: 'media', ...expected });
});

test('point 14: no bytes are silence', () => {
  expect(readAudioBody(bytesOf(''))).toEqual({ type: 'empty' });
});

test.each<[string, string, object]>([
  ['unspecified', '00 02', { order: 'unspecified', channelCount: 2 }],
  ['native', '01 06 0000003f', { order: 'native', channelCount: 6, mask: 0x3f }],
  ['custom', '02 03 00 fe ff', { order: 'custom', channelCount: 3, mapping: [0, 0xfe, 0xff] }],
])('point 21: channel order %s', (_, hex, expected) => {
  expect(readMultichannelConfig(bytesOf(hex))).toEqual(expected);
  const bytes = bytesOf(hex);
  expect(codeOf(() => readMultichannelConfig(bytes.subarray(0, bytes.length - 1)))).toBe('flv-truncated');
});

test.each([
  ['AAC without packet type', 'af', 'flv-truncated'],
  ['a FourCC cut off', '91 6d70', 'flv-truncated'],
  ['a track larger than the message', `95 11 ${MP4A} 00 000002 aa`, 'flv-truncated'],
  ['multitrack inside multitrack', `95 05 ${MP4A} 00`, 'flv-bad-multitrack'],
])('%s is refused', (_, hex, code) => {
  expect(codeOf(() => readAudioBody(bytesOf(hex)))).toBe(code);
});

test('a channel order unknown is refused', () => {
  expect(codeOf(() => readMultichannelConfig(bytesOf('03 01')))).toBe('flv-bad-channel-order');
});

test('any bytes give a body or ProtocolError', () => {
  const start = fc.constantFrom('', 'af', '91', '94', '95', '97', '9501', '9511', '9521', `9511${MP4A}`);
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 60 }), (hex, rest) => {
      const payload = Uint8Array.from([...bytesOf(hex), ...rest]);
      expect(codeOf(() => readAudioBody(payload))).toMatch(/^(nothing thrown|flv-[a-z-]+)$/);
      expect(codeOf(() => readMultichannelConfig(payload))).toMatch(/^(nothing thrown|flv-[a-z-]+)$/);
    }),
    { numRuns: 3_000 },
  );
});
