import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from '../bytes/protocol-error.ts';
import { encodeAmf0 } from '../amf/amf0-write.ts';
import { ecmaArray } from '../amf/amf-value.ts';
import { readAudioBody } from './audio-body.ts';
import { classifyMedia } from './classify.ts';
import { readVideoBody } from './video-body.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

const AVC1 = '61766331';
const AV01 = '61763031';
const HVC1 = '68766331';
const MP4A = '6d703461';

test.each<[string, 8 | 9, string, string, string[]]>([
  ['AVC sequence header', 9, '17 00 000000 01', 'sequence-header', ['video:0:sequence']],
  ['AVC keyframe', 9, '17 01 000000 aa', 'keyframe', []],
  ['AVC inter frame', 9, '27 01 000000 aa', 'inter', []],
  ['AVC sequence end', 9, '17 02 000000', 'sequence-end', []],
  ['AVC cut off', 9, '17', 'other', []],
  ['HEVC under 12', 9, '1c 00 000000 01', 'sequence-header', ['video:0:sequence']],
  ['H.263 keyframe', 9, '12 00', 'keyframe', []],
  ['VP6 inter frame', 9, '24 00', 'inter', []],
  ['legacy command', 9, '57 00', 'other', []],
  ['no video', 9, '', 'empty', []],
  ['enhanced sequence start', 9, `90 ${HVC1} 01`, 'sequence-header', ['video:0:sequence']],
  ['AV1 in MPEG-2 TS form', 9, `95 ${AV01} 01`, 'sequence-header', ['video:0:sequence']],
  ['a codec unknown: sequence start', 9, '90 78797a31 01', 'sequence-header', ['video:0:sequence']],
  ['enhanced keyframe', 9, `91 ${HVC1} 000000 aa`, 'keyframe', []],
  ['enhanced keyframe without time', 9, `93 ${HVC1} aa`, 'keyframe', []],
  ['a codec unknown: keyframe', 9, '91 78797a31 aa', 'keyframe', []],
  ['enhanced inter frame', 9, `a3 ${AV01} aa`, 'inter', []],
  ['keyframe behind ModEx', 9, `97 02 000001 01 ${AV01} aa`, 'keyframe', []],
  ['colorInfo', 9, `94 ${HVC1} 02`, 'config', ['video:0:color']],
  ['colorInfo with frame type "command"', 9, `d4 ${HVC1} 02`, 'config', ['video:0:color']],
  ['enhanced command', 9, 'd1 00', 'other', []],
  ['enhanced sequence end', 9, `92 ${HVC1}`, 'sequence-end', []],
  ['packet type unknown', 9, `99 ${HVC1}`, 'other', []],
  ['OBS: sequence start of track 1', 9, `96 00 ${AVC1} 01 01`, 'sequence-header', ['video:1:sequence']],
  ['OBS: keyframe of track 1 starts no GOP', 9, `96 01 ${AVC1} 01 000000 aa`, 'inter', []],
  ['OneTrack keyframe of track 0', 9, `96 01 ${AVC1} 00 000000 aa`, 'keyframe', []],
  ['ManyTracks keyframe with track 0', 9, `96 11 ${AV01} 01 000001 aa 00 000001 bb`, 'keyframe', []],
  ['ManyTracks keyframe without track 0', 9, `96 11 ${AV01} 01 000001 aa 02 000001 bb`, 'inter', []],
  ['ManyTracks inter frame', 9, `a6 11 ${AV01} 00 000001 aa`, 'inter', []],
  [
    'ManyTracksManyCodecs sequence start',
    9,
    `96 20 ${AV01} 02 000001 aa ${AVC1} 00 000001 bb`,
    'sequence-header',
    ['video:2:sequence', 'video:0:sequence'],
  ],
  [
    'colorInfo of two tracks',
    9,
    `96 14 ${AV01} 00 000000 01 000000`,
    'config',
    ['video:0:color', 'video:1:color'],
  ],
  ['multitrack broken', 9, `96 11 ${AV01} 00 000009 aa`, 'other', []],
  ['AAC sequence header', 8, 'af 00 1190', 'sequence-header', ['audio:0:sequence']],
  ['AAC frame', 8, 'af 01 21', 'audio', []],
  ['AAC cut off', 8, 'af', 'other', []],
  ['MP3', 8, '2f fffb', 'audio', []],
  ['silence', 8, '', 'empty', []],
  ['enhanced audio start', 8, `90 ${MP4A} 1190`, 'sequence-header', ['audio:0:sequence']],
  ['enhanced audio', 8, `91 ${MP4A} 21`, 'audio', []],
  ['MultichannelConfig', 8, `94 ${MP4A} 0002`, 'config', ['audio:0:channels']],
  ['OBS: second audio track starts', 8, `95 00 ${MP4A} 01 1190`, 'sequence-header', ['audio:1:sequence']],
  ['OBS: second audio track', 8, `95 01 ${MP4A} 01 21`, 'audio', []],
  ['MultichannelConfig of track 1', 8, `95 04 ${MP4A} 01 0002`, 'config', ['audio:1:channels']],
  ['audio end', 8, `92 ${MP4A}`, 'sequence-end', []],
])('%s', (_, typeId, hex, ...[role, slots]) => {
  expect(classifyMedia(typeId, bytesOf(hex))).toEqual({ role, slots });
});

test('onMetaData is metadata, wrapped or not, of type 18 or 15; other data are not', () => {
  const metadata = encodeAmf0('onMetaData', ecmaArray({ width: 1920 }));
  const wrapped = encodeAmf0('@setDataFrame', 'onMetaData', ecmaArray({ width: 1920 }));
  const expected = { role: 'metadata', slots: ['metadata'] };
  expect(classifyMedia(18, metadata)).toEqual(expected);
  expect(classifyMedia(18, wrapped)).toEqual(expected);
  expect(classifyMedia(15, Uint8Array.from([0, ...wrapped]))).toEqual(expected);
  for (const other of [
    encodeAmf0('onTextData', {}),
    encodeAmf0('@setDataFrame'),
    encodeAmf0(1),
    bytesOf('02ffff'),
  ]) {
    expect(classifyMedia(18, other)).toEqual({ role: 'other', slots: [] });
  }
  expect(classifyMedia(20, metadata).role).toBe('other');
});

test('a plain legacy frame gets a shared result', () => {
  for (const hex of ['17 01 000000 aa', '27 01 000000 aa', '17 00 000000 01']) {
    expect(classifyMedia(9, bytesOf(hex))).toBe(classifyMedia(9, bytesOf(hex)));
  }
  expect(classifyMedia(8, bytesOf('af01aa'))).toBe(classifyMedia(8, bytesOf('af01bb')));
});

test('never throws, and agrees with the readers about keyframes and headers', () => {
  const start = fc.constantFrom(
    '',
    '17',
    '27',
    '91',
    '96',
    '97',
    '9600',
    '9611',
    `9611${AV01}`,
    `9601${AVC1}`,
    `9510${MP4A}`,
  );
  fc.assert(
    fc.property(
      fc.constantFrom(8, 9, 15, 18, 20),
      start,
      fc.uint8Array({ maxLength: 40 }),
      (typeId, hex, rest) => {
        const payload = Uint8Array.from([...bytesOf(hex), ...rest]);
        const { role, slots } = classifyMedia(typeId, payload);
        expect(slots.length > 0).toBe(role === 'metadata' || role === 'sequence-header' || role === 'config');
        if (typeId > 9) return;
        try {
          const body = typeId === 9 ? readVideoBody(payload) : readAudioBody(payload);
          if (body.type !== 'media') return;
          const hasTrack0 = body.tracks.some(({ trackId }) => trackId === 0);
          expect(role === 'keyframe').toBe('isKeyframe' in body && body.isKeyframe && hasTrack0);
          const isHeader = body.kind === 'sequence-start' || body.kind === 'mpeg2ts-sequence-start';
          expect(role === 'sequence-header').toBe(isHeader);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      },
    ),
    { numRuns: 5_000 },
  );
});
