import fc from 'fast-check';
import { expect, test } from 'vitest';
import { audioCodecAfter, audioCodecOf, videoCodecAfter, videoCodecOf } from './codec-line.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const fourCc = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
const unknown = {
  profile: null,
  level: null,
  width: null,
  height: null,
  fps: null,
  bFrames: null,
  reorderFrames: null,
  cabac: null,
  interlaced: null,
  chroma: null,
  bitDepth: null,
};
const noSound = { sampleRate: null, channels: null, profile: null };

const AVC = '014d402affe1001a674d402aeca03c0113f2e022000003000200000300781e30632c01000468ce0fc8';
const AVC_BASELINE = '0142c01effe100186742c01ed900a02ff9701100000303e90000ea600f162e4801000568cb83cb20';
const HEVC =
  '0101600000009000000000007bf000fcfdf8f800000f03a00001001840010c01ffff01600000030090000003000003007b959409a10001002b42010101600000030090000003000003007ba003c0801107cb965654a4c2f0168080000003008000001e04a2000100064401c073c189';
const AV1 = '81080c000a0b00000042abbfc3700be001';
const FLAC = '120012000001500005170bb802f000005dc0a2fc3617bc0e6c99e035cbe06fb4e52a';
const VP9_KEYFRAME = '824983420035501df60638241c18';
const OPUS = '4f70757348656164 01 02 3801 80bb0000 0000 00';

// Records made by ffmpeg 5.1; the figures are ffprobe's.
test.each<[string, string, object]>([
  [
    'legacy H.264',
    `17 00 000000 ${AVC}`,
    { codec: 'H.264', profile: 'Main', level: '4.2', width: 1920, height: 1080, fps: 30, bFrames: true },
  ],
  [
    'Baseline has no B-frames',
    `17 00 000000 ${AVC_BASELINE}`,
    {
      codec: 'H.264',
      profile: 'Constrained Baseline',
      level: '3.0',
      width: 640,
      height: 360,
      fps: 30_000 / 1_001,
      bFrames: false,
      reorderFrames: 0,
      cabac: false,
      interlaced: false,
    },
  ],
  [
    'enhanced H.264',
    `90 ${fourCc('avc1')} ${AVC}`,
    { codec: 'H.264', profile: 'Main', level: '4.2', width: 1920, height: 1080, fps: 30, bFrames: true },
  ],
  [
    'enhanced HEVC',
    `90 ${fourCc('hvc1')} ${HEVC}`,
    {
      codec: 'HEVC',
      profile: 'Main',
      level: '4.1',
      width: 1920,
      height: 1080,
      fps: 60,
      bFrames: true,
      cabac: null,
      interlaced: false,
      chroma: '4:2:0',
      bitDepth: 8,
    },
  ],
  [
    'legacy HEVC',
    `1c 00 000000 ${HEVC}`,
    { codec: 'HEVC', profile: 'Main', level: '4.1', width: 1920, height: 1080, fps: 60, bFrames: true },
  ],
  [
    'AV1',
    `90 ${fourCc('av01')} ${AV1}`,
    { codec: 'AV1', profile: 'Main', level: '4.0', width: 1920, height: 1080, fps: null, bFrames: null },
  ],
  [
    'VP9',
    `90 ${fourCc('vp09')} 01000000 001e820202020000`,
    {
      ...unknown,
      codec: 'VP9',
      profile: 'Profile 0',
      level: '3.0',
      bFrames: false,
      reorderFrames: 0,
      interlaced: false,
      chroma: '4:2:0',
      bitDepth: 8,
    },
  ],
  ['a VP9 keyframe', `91 ${fourCc('vp09')} ${VP9_KEYFRAME}`, { codec: 'VP9', width: 854, height: 480 }],
  ['a VP9 inter frame', `a1 ${fourCc('vp09')} 86004092`, { codec: 'VP9', ...unknown }],
  ['VP9 with half a config', `90 ${fourCc('vp09')} 01000000`, { codec: 'VP9', ...unknown }],
  ['a codec unknown keeps its FourCC', `90 ${fourCc('xyz1')} 00`, unknown],
  ['a frame tells the codec only', '27 01 000000 aa', { codec: 'H.264', ...unknown }],
  ['a config that cannot be read', '17 00 000000 01ff', { codec: 'H.264', ...unknown }],
  ['an empty config', `90 ${fourCc('hvc1')}`, { codec: 'HEVC', ...unknown }],
])('video: %s', (_, hex, expected) => {
  expect(videoCodecOf(bytesOf(hex))).toMatchObject(expected);
});

test.each<[string, string, object]>([
  ['AAC', 'af 00 119056e500', { codec: 'AAC', sampleRate: 48_000, channels: 2, profile: 'LC' }],
  ['AAC mono', 'af 00 120856e500', { codec: 'AAC', sampleRate: 44_100, channels: 1, profile: 'LC' }],
  [
    'enhanced AAC 5.1',
    `90 ${fourCc('mp4a')} 11b056e500`,
    { codec: 'AAC', sampleRate: 48_000, channels: 6, profile: 'LC' },
  ],
  ['HE-AAC', 'af 00 2b118800', { codec: 'AAC', sampleRate: 48_000, channels: 2, profile: 'HE-AAC' }],
  ['AAC frame: its legacy header always says 44.1 kHz stereo', 'af 01 21', { codec: 'AAC', ...noSound }],
  ['Opus', `90 ${fourCc('Opus')} ${OPUS}`, { codec: 'Opus', ...noSound, sampleRate: 48_000, channels: 2 }],
  ['Opus without a header', `90 ${fourCc('Opus')}`, { codec: 'Opus', ...noSound, sampleRate: 48_000 }],
  ['MP3 by its legacy header', '2f fffb', { codec: 'MP3', ...noSound, sampleRate: 44_100, channels: 2 }],
  [
    'MP3 by its frame: the legacy header has no 48 kHz',
    '2f fffb54c4',
    { codec: 'MP3', ...noSound, sampleRate: 48_000, channels: 1 },
  ],
  [
    'AC-3',
    `91 ${fourCc('ac-3')} 0b77dce55e40ebf8`,
    { codec: 'AC-3', ...noSound, sampleRate: 44_100, channels: 6 },
  ],
  ['AC-3 without a header', `90 ${fourCc('ac-3')}`, { codec: 'AC-3', ...noSound }],
  [
    'E-AC-3',
    `91 ${fourCc('ec-3')} 0b77017f3487c000`,
    { codec: 'E-AC-3', ...noSound, sampleRate: 48_000, channels: 2 },
  ],
  ['FLAC', `90 ${fourCc('fLaC')} ${FLAC}`, { codec: 'FLAC', ...noSound, sampleRate: 48_000, channels: 2 }],
  ['a FLAC frame', `91 ${fourCc('fLaC')} 00`, { codec: 'FLAC', ...noSound }],
  ['a config that cannot be read', 'af 00 ff', { codec: 'AAC', ...noSound }],
])('audio: %s', (_, hex, expected) => {
  expect(audioCodecOf(bytesOf(hex))).toEqual(expected);
});

test.each(['', '57 00', `96 00 ${fourCc('avc1')} 01 01`, `94 ${fourCc('hvc1')} 02`])(
  'video %j tells nothing of the default track',
  (hex) => {
    expect(videoCodecOf(bytesOf(hex))?.width ?? null).toBeNull();
  },
);

test('VP9: the level of the config and the size of the newest keyframe', () => {
  const config = bytesOf(`90 ${fourCc('vp09')} 01000000 001e820202020000`);
  const key = (hex: string): Uint8Array => bytesOf(`91 ${fourCc('vp09')} ${hex}`);
  let known = videoCodecAfter(undefined, config, 'sequence-header');
  known = videoCodecAfter(known, key(VP9_KEYFRAME), 'keyframe');
  expect(known).toMatchObject({ level: '3.0', width: 854, height: 480 });
  known = videoCodecAfter(known, bytesOf(`a1 ${fourCc('vp09')} 86004092`), 'inter');
  known = videoCodecAfter(known, key('8249'), 'keyframe');
  expect(known).toMatchObject({ level: '3.0', width: 854, height: 480 });
  expect(videoCodecAfter(known, key('824983420013f00b30'), 'keyframe')).toMatchObject({
    width: 320,
    height: 180,
  });
});

test('sound without a sequence header, or with an empty one, is told by its frames', () => {
  const empty = audioCodecAfter(undefined, bytesOf(`90 ${fourCc('ac-3')}`), 'sequence-header');
  expect(empty).toMatchObject({ codec: 'AC-3', sampleRate: null });
  const frame = bytesOf(`91 ${fourCc('ac-3')} 0b77dce55e40ebf8`);
  const told = audioCodecAfter(empty, frame, 'audio');
  expect(told).toMatchObject({ codec: 'AC-3', sampleRate: 44_100 });
  expect(audioCodecAfter(told, bytesOf('2f fffb'), 'audio')).toBe(told);
  expect(audioCodecAfter(undefined, new Uint8Array(0), 'empty')).toBeUndefined();
});

test('any bytes give a description or undefined', () => {
  const start = fc.constantFrom(
    '',
    '17',
    '1700000000',
    `90${fourCc('hvc1')}`,
    `90${fourCc('av01')}`,
    'af00',
    `90${fourCc('Opus')}`,
    `90${fourCc('vp09')}`,
    `91${fourCc('vp09')}`,
    `90${fourCc('fLaC')}`,
    `91${fourCc('ec-3')}0b77`,
    '2fff',
  );
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 60 }), (hex, rest) => {
      const payload = Uint8Array.from([...bytesOf(hex), ...rest]);
      for (const line of [videoCodecOf(payload), audioCodecOf(payload)])
        if (line !== undefined) expect(line.codec).not.toBe('');
    }),
    { numRuns: 2_000 },
  );
});
