import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from '../bytes/protocol-error.ts';
import { readVideoBody } from './video-body.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const track = (trackId: number, codec: string, hex: string, compositionTimeMs = 0): object => ({
  trackId,
  codec,
  compositionTimeMs,
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

const AVC1 = '61766331';
const HVC1 = '68766331';
const AV01 = '61763031';
const VP09 = '76703039';
const VVC1 = '76766331';

test.each<[string, string, object]>([
  [
    '14 AVC sequence header',
    '17 00 000000 0164',
    { kind: 'sequence-start', isKeyframe: false, frameType: 'key', tracks: [track(0, 'avc1', '0164')] },
  ],
  [
    '14 AVC keyframe',
    '17 01 000021 aabb',
    { kind: 'coded-frames', isKeyframe: true, tracks: [track(0, 'avc1', 'aabb', 33)] },
  ],
  [
    '14 AVC inter frame, negative time',
    '27 01 ffffdf cc',
    { frameType: 'inter', isKeyframe: false, tracks: [track(0, 'avc1', 'cc', -33)] },
  ],
  ['14 AVC disposable frame', '37 01 000000 cc', { frameType: 'disposable', isKeyframe: false }],
  ['14 AVC sequence end', '17 02 000000', { kind: 'sequence-end', tracks: [track(0, 'avc1', '')] }],
  ['14 AVC sequence end cut down', '17 02', { kind: 'sequence-end', tracks: [track(0, 'avc1', '')] }],
  ['14 AVC packet type unknown', '17 03 000000 01', { kind: 'reserved' }],
  ['14 HEVC under codec 12', '1c 00 000000 01', { kind: 'sequence-start', tracks: [track(0, 'hvc1', '01')] }],
  [
    '14 H.263 keyframe',
    '12 0102',
    { kind: 'coded-frames', isKeyframe: true, tracks: [track(0, 'h263', '0102')] },
  ],
  ['14 VP6 inter frame', '24 0102', { isKeyframe: false, tracks: [track(0, 'vp6', '0102')] }],
  ['14 a codec unknown', '1f 0102', { kind: 'coded-frames', tracks: [track(0, 'unknown:15', '0102')] }],
  [
    '15 SequenceStart',
    `90 ${HVC1} 0102`,
    { kind: 'sequence-start', isEnhanced: true, isKeyframe: false, tracks: [track(0, 'hvc1', '0102')] },
  ],
  ['15 SequenceEnd', `92 ${AV01}`, { kind: 'sequence-end', tracks: [track(0, 'av01', '')] }],
  [
    '15 MPEG2TSSequenceStart',
    `95 ${AV01} 80`,
    { kind: 'mpeg2ts-sequence-start', tracks: [track(0, 'av01', '80')] },
  ],
  ['15 a packet type unknown', `98 ${AV01} 80`, { kind: 'reserved', tracks: [track(0, 'av01', '80')] }],
  [
    '17 CodedFrames of avc1 have a time',
    `91 ${AVC1} 000010 aa`,
    { isKeyframe: true, tracks: [track(0, 'avc1', 'aa', 16)] },
  ],
  [
    '17 CodedFrames of hvc1 have a time',
    `a1 ${HVC1} fffff0 aa`,
    { isKeyframe: false, tracks: [track(0, 'hvc1', 'aa', -16)] },
  ],
  ['17 CodedFrames of vvc1 have a time', `91 ${VVC1} 000001 aa`, { tracks: [track(0, 'vvc1', 'aa', 1)] }],
  ['17 CodedFrames of av01 have none', `91 ${AV01} 000010 aa`, { tracks: [track(0, 'av01', '000010aa')] }],
  ['17 CodedFrames of vp09 have none', `91 ${VP09} 000010 aa`, { tracks: [track(0, 'vp09', '000010aa')] }],
  [
    '17 CodedFramesX have none',
    `93 ${HVC1} 000010 aa`,
    { kind: 'coded-frames', isKeyframe: true, tracks: [track(0, 'hvc1', '000010aa')] },
  ],
  [
    '16, 17 colorInfo; its frame type is ignored',
    `d4 ${HVC1} 020009`,
    { kind: 'metadata', isKeyframe: false, tracks: [track(0, 'hvc1', '020009')] },
  ],
  [
    '18 a FourCC unknown',
    '91 78797a31 aa',
    { kind: 'coded-frames', isKeyframe: true, tracks: [track(0, 'unknown:xyz1', 'aa')] },
  ],
  [
    '22 ModEx: nanoseconds',
    `97 02 0f423f 01 ${AVC1} 000000 aa`,
    { nanosecondOffset: 999_999, kind: 'coded-frames', tracks: [track(0, 'avc1', 'aa')] },
  ],
  [
    '22 ModEx: nanoseconds out of range are ignored',
    `97 02 0f4240 01 ${AVC1} 000000 aa`,
    { nanosecondOffset: 0 },
  ],
  [
    '22 ModEx: unknown type is skipped',
    `97 00 ff 13 ${AV01} aa`,
    { nanosecondOffset: 0, tracks: [track(0, 'av01', 'aa')] },
  ],
  [
    '22 ModEx: twice',
    `97 00 ff 17 02 000005 03 ${AV01} aa`,
    { nanosecondOffset: 5, tracks: [track(0, 'av01', 'aa')] },
  ],
  [
    '22 ModEx: size over 255',
    `97 ff 0100 ${'00'.repeat(257)} 03 ${AV01} aa`,
    { tracks: [track(0, 'av01', 'aa')] },
  ],
  [
    '22 ModEx before multitrack',
    `97 02 000005 06 00 ${AV01} 01 aa`,
    { nanosecondOffset: 5, kind: 'sequence-start', tracks: [track(1, 'av01', 'aa')] },
  ],
  [
    '23 OneTrack: no size',
    `96 01 ${AVC1} 01 000010 aabb`,
    { multitrack: 'one-track', isKeyframe: true, tracks: [track(1, 'avc1', 'aabb', 16)] },
  ],
  [
    '24 ManyTracks',
    `96 10 ${AVC1} 00 000002 aabb 01 000001 cc`,
    {
      multitrack: 'many-tracks',
      kind: 'sequence-start',
      tracks: [track(0, 'avc1', 'aabb'), track(1, 'avc1', 'cc')],
    },
  ],
  [
    '24 ManyTracksManyCodecs, a time within each size',
    `a6 21 ${AVC1} 00 000004 000010 aa ${AV01} 02 000001 cc`,
    {
      multitrack: 'many-codecs',
      isKeyframe: false,
      tracks: [track(0, 'avc1', 'aa', 16), track(2, 'av01', 'cc')],
    },
  ],
  ['24 a track of no bytes', `96 10 ${AVC1} 07 000000`, { tracks: [track(7, 'avc1', '')] }],
])('point %s', (_, hex, expected) => {
  expect(readVideoBody(bytesOf(hex))).toMatchObject({ type: 'media', ...expected });
});

test.each<[string, string, object]>([
  ['legacy start seek', '57 00', { type: 'command', command: 'start-seek' }],
  ['16 enhanced end seek, no FourCC', 'd1 01', { type: 'command', command: 'end-seek' }],
  ['16 enhanced command of multitrack type', 'd6 09', { type: 'command', command: 'unknown:9' }],
  ['no bytes', '', { type: 'empty' }],
])('%s', (_, hex, expected) => {
  expect(readVideoBody(bytesOf(hex))).toEqual(expected);
});

test.each([
  ['legacy AVC without packet type', '17', 'flv-truncated'],
  ['legacy AVC without its time', '17 01 0000', 'flv-truncated'],
  ['a FourCC cut off', '91 617663', 'flv-truncated'],
  ['a time cut off', `91 ${AVC1} 0000`, 'flv-truncated'],
  ['ModEx cut off', '97', 'flv-truncated'],
  ['ModEx larger than the message', '97 10 00', 'flv-truncated'],
  ['a track larger than the message', `96 10 ${AVC1} 00 000003 aabb`, 'flv-truncated'],
  ['bytes behind the last track', `96 10 ${AVC1} 00 000001 aa bb`, 'flv-truncated'],
  ['multitrack without a track', `96 10 ${AVC1}`, 'flv-truncated'],
  ['multitrack inside multitrack', `96 06 ${AVC1} 00`, 'flv-bad-multitrack'],
  ['a kind of multitrack unknown', `96 31 ${AVC1} 00`, 'flv-bad-multitrack'],
  ['257 tracks', `96 10 ${AVC1} ${'00000000'.repeat(257)}`, 'flv-too-many-tracks'],
])('%s is refused', (_, hex, code) => {
  expect(codeOf(() => readVideoBody(bytesOf(hex)))).toBe(code);
});

test('data are views into the payload', () => {
  const payload = bytesOf('17 01 000000 aabb');
  const body = readVideoBody(payload);
  expect(body.type === 'media' && body.tracks[0]?.data.buffer === payload.buffer).toBe(true);
});

test('any bytes give a body or ProtocolError', () => {
  const start = fc.constantFrom(
    '',
    '17',
    '1c',
    '91',
    '96',
    '97',
    'a1',
    'd1',
    'd4',
    '9600',
    '9610',
    '9620',
    `9610${AVC1}`,
  );
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 60 }), (hex, rest) => {
      const payload = Uint8Array.from([...bytesOf(hex), ...rest]);
      expect(codeOf(() => readVideoBody(payload))).toMatch(/^(nothing thrown|flv-[a-z-]+)$/);
    }),
    { numRuns: 3_000 },
  );
});
