import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAudioBody } from '../flv/audio-body.ts';
import { bytesOf } from '../codec/testing/fuzz-record.ts';
import { silentAudioOf } from './silent-audio.ts';

const MP4A = '6d703461';
const OPUS = '4f707573';
const FLAC = '664c6143';
const MP3 = '2e6d7033';
/** OpusHead up to its mapping family, behind the count of channels. */
const opusHead = (channels: string, mapping: string): string =>
  `4f70757348656164 01 ${channels} 0000 80bb0000 0000 ${mapping}`;
/** Blocks of 4096 or from 1024 to 4096 samples, 48 kHz, stereo, 16 bits. */
const streamInfo = (minBlock: string): string =>
  `${minBlock}1000 000000 000000 0bb802f0 00000000 ${'00'.repeat(16)}`;

type Row = readonly [
  name: string,
  header: string | undefined,
  last: string | undefined,
  expected: string,
  timing: string,
];

// AAC of 48 kHz stereo: CPE 0, common window, gains 140, END.
const PAIR = '210004608c1c';

test.each<Row>([
  ['AAC, legacy', 'af00 1190', 'af01 2110', `af01 ${PAIR}`, '1024/48000'],
  ['AAC before its first frame', 'af00 1190', undefined, `af01 ${PAIR}`, '1024/48000'],
  ['AAC after an empty message, which says nothing', 'af00 1190', '', `af01 ${PAIR}`, '1024/48000'],
  ['AAC, enhanced', `90 ${MP4A} 1190`, `91 ${MP4A} 2110`, `91 ${MP4A} ${PAIR}`, '1024/48000'],
  [
    'AAC as track 0 of a multitrack message',
    `95 00 ${MP4A} 00 1190`,
    undefined,
    `91 ${MP4A} ${PAIR}`,
    '1024/48000',
  ],
  [
    'AAC whose newest frame was of another track',
    'af00 1190',
    `95 01 ${OPUS} 01 fcfffe`,
    `af01 ${PAIR}`,
    '1024/48000',
  ],
  [
    'AAC whose frames have the form that its header had not',
    'af00 1190',
    `91 ${MP4A} 2110`,
    `91 ${MP4A} ${PAIR}`,
    '1024/48000',
  ],
  ['HE-AAC counts at the core', 'af00 2b920800', undefined, `af01 ${PAIR}`, '1024/22050'],
  ['AAC of 960 samples', 'af00 1194', undefined, `af01 ${PAIR}`, '960/48000'],
  [
    'MP3, legacy: CRC, padding and private bit off',
    undefined,
    '2f fffa9764 1234',
    `2f fffb9444 ${'00'.repeat(380)}`,
    '1152/48000',
  ],
  ['MP3, enhanced', undefined, `91 ${MP3} fff384c4`, `91 ${MP3} fff384c4 ${'00'.repeat(188)}`, '576/24000'],
  ['MP3 of 8 kHz', undefined, 'e2 ffe318c4', `e2 ffe318c4 ${'00'.repeat(68)}`, '576/8000'],
  ['Opus, mono', `90 ${OPUS} ${opusHead('01', '00')}`, undefined, `91 ${OPUS} f8fffe`, '960/48000'],
  [
    'Opus, stereo, though the last frame was mono',
    `90 ${OPUS} ${opusHead('02', '00')}`,
    `91 ${OPUS} 78aa`,
    `91 ${OPUS} fcfffe`,
    '960/48000',
  ],
  ['Opus without a config', undefined, `91 ${OPUS} 7caa`, `91 ${OPUS} fcfffe`, '960/48000'],
  ['Opus with an empty config', `90 ${OPUS}`, `91 ${OPUS} 78aa`, `91 ${OPUS} f8fffe`, '960/48000'],
  [
    'Opus, 5.1',
    `90 ${OPUS} ${opusHead('06', '01 04 02 000401020305')}`,
    undefined,
    `91 ${OPUS} fc02fffe fc02fffe f802fffe f8fffe`,
    '960/48000',
  ],
  [
    'FLAC',
    `90 ${FLAC} 664c6143 80000022 ${streamInfo('1000')}`,
    undefined,
    `91 ${FLAC} fff8 70 10 00 0fff fd 00000000 0000 c838`,
    '4096/48000',
  ],
  [
    'FLAC with a bare STREAMINFO',
    `90 ${FLAC} ${streamInfo('1000')}`,
    undefined,
    `91 ${FLAC} fff8 70 10 00 0fff fd 00000000 0000 c838`,
    '4096/48000',
  ],
  ['PCM of 16 bits', undefined, '3f 01020304', `3f ${'00'.repeat(3528)}`, '882/44100'],
  ['PCM of 8 bits at the lowest rate', undefined, '30 80', `30 ${'80'.repeat(110)}`, '110/5512.5'],
  ['G.711 A-law', undefined, '72 00', `72 ${'d5'.repeat(160)}`, '160/8000'],
  ['G.711 mu-law, stereo', undefined, '83 00', `83 ${'ff'.repeat(320)}`, '160/8000'],
])('%s', (_, header, last, expected, timing) => {
  const silent = silentAudioOf(optional(header), optional(last));
  expect(Buffer.from(silent?.payload ?? []).toString('hex')).toBe(expected.replaceAll(' ', ''));
  expect(`${silent?.samples}/${silent?.sampleRateHz}`).toBe(timing);
});

test('FLAC keeps to blocks of one length or of many, as the stream does', () => {
  const sync = (header: string, last?: string): number | undefined =>
    silentAudioOf(bytesOf(`90 ${FLAC} ${header}`), optional(last))?.payload[6];
  expect(sync(streamInfo('1000'))).toBe(0xf8);
  expect(sync(streamInfo('0400'))).toBe(0xf9);
  expect(sync(streamInfo('0400'), `91 ${FLAC} fff8`)).toBe(0xf8);
  expect(sync(streamInfo('1000'), `91 ${FLAC} fff9`)).toBe(0xf9);
});

test.each<readonly [string, string | undefined, string | undefined]>([
  ['no sound', undefined, undefined],
  ['AAC without its header', undefined, 'af01 2110'],
  ['AAC with a header that is cut off', 'af00 11', undefined],
  ['AAC with a header of another codec', `90 ${OPUS} ${opusHead('02', '00')}`, 'af01 2110'],
  ['AAC by program config element', 'af00 118004c4040021100d4c61766335392e33372e31303056e500', undefined],
  ['AAC SSR', 'af00 1990', undefined],
  ['AAC LD', 'af00 b990 00', undefined],
  ['xHE-AAC', 'af00 f946 4000', undefined],
  ['only the header of another track', `95 00 ${MP4A} 01 1190`, undefined],
  ['a header in the place of a frame', undefined, 'af00 1190'],
  ['MP3 without a frame', `90 ${MP3}`, undefined],
  ['MP3 of free format', undefined, '2f fffb0464'],
  ['MP3 of a bitrate that does not exist', undefined, '2f fffbf464'],
  ['MP3 of a rate that does not exist', undefined, '2f fffb9c64'],
  ['MPEG layer II', undefined, '2f fffd9464'],
  ['what is no MP3', undefined, '2f 12345678'],
  ['Opus with an empty config and no frame', `90 ${OPUS}`, undefined],
  ['Opus of no streams', `90 ${OPUS} ${opusHead('02', '01 00 00 0001')}`, undefined],
  ['Opus of more pairs than streams', `90 ${OPUS} ${opusHead('02', '01 01 02 0001')}`, undefined],
  [
    'FLAC of no rate',
    `90 ${FLAC} ${streamInfo('1000').replace('0bb8', '0000').replace('02f0', '00f0')}`,
    undefined,
  ],
  ['FLAC with another metadata block', `90 ${FLAC} 664c6143 84000022 ${streamInfo('1000')}`, undefined],
  ['FLAC with a header that is cut off', `90 ${FLAC} 664c6143 80000022 1000`, undefined],
  ['AC-3', '90 61632d33', '91 61632d33 0b77'],
  ['E-AC-3', '90 65632d33', '91 65632d33 0b77'],
  ['Speex', undefined, 'b2 01'],
  ['Nellymoser', undefined, '62 01'],
  ['ADPCM', undefined, '1e 01'],
  ['a message that cannot be read', '95', '91 00'],
])('none for %s', (_, header, last) => {
  expect(silentAudioOf(optional(header), optional(last))).toBeUndefined();
});

test('whatever comes, the answer is a frame of the same codec or none', () => {
  const kinds = [
    'af00',
    'af01',
    '2f',
    '3f',
    '72',
    `90${MP4A}`,
    `91${OPUS}`,
    `90${OPUS}`,
    `90${FLAC}`,
    `91${MP3}`,
  ];
  const message = fc
    .tuple(fc.constantFrom(...kinds), fc.uint8Array({ maxLength: 60 }))
    .map(([start, rest]) => Uint8Array.from([...bytesOf(start), ...rest]));
  fc.assert(
    fc.property(fc.option(message, { nil: undefined }), message, (header, last) => {
      const silent = silentAudioOf(header, last);
      if (silent === undefined) return;
      expect(silent.samples / silent.sampleRateHz).toBeGreaterThan(0);
      const body = readAudioBody(silent.payload);
      expect(body).toMatchObject({ kind: 'coded-frames', multitrack: 'none' });
    }),
    { numRuns: 3_000 },
  );
});

function optional(hex: string | undefined): Uint8Array | undefined {
  return hex === undefined ? undefined : bytesOf(hex);
}
