import { expect, test } from 'vitest';
import { joinBytes } from '../bytes/join.ts';
import { flvFileHeader, flvTag } from '../flv/flv-tags.ts';
import { FfmpegError } from './ffmpeg-error.ts';
import { readSlate } from './read-slate.ts';

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const text = (value: string): readonly number[] => [...Buffer.from(value)];
/** One frame a second: two to a loop. */
const RATE = { num: 1, den: 1 };
const HEADER = bytes(0x17, 0, 0, 0, 0, 1, 2);
const KEY = bytes(0x17, 1, 0, 0, 0, 3);
const INTER = bytes(0x27, 1, 0, 0, 0, 4);
const END = bytes(0x17, 2, 0, 0, 0);
const file = (...payloads: readonly Uint8Array[]): Uint8Array =>
  joinBytes([
    flvFileHeader(),
    flvTag(18, 0, bytes(2, 0, 0)),
    ...payloads.map((payload, n) => flvTag(9, n * 7, payload)),
  ]);

test('H.264: header and frames, on times of their own', () => {
  expect(readSlate(file(HEADER, KEY, INTER, END), RATE)).toEqual({
    header: HEADER,
    frames: [
      { payload: KEY, timeMs: 0 },
      { payload: INTER, timeMs: 1000 },
    ],
    durationMs: 2000,
  });
});

test('times are whole, the duration is exact', () => {
  const frames = [KEY, ...Array.from({ length: 59 }, () => INTER)];
  const loop = readSlate(file(HEADER, ...frames), { num: 30_000, den: 1001 });
  expect(loop.frames.slice(0, 4).map(({ timeMs }) => timeMs)).toEqual([0, 33, 67, 100]);
  expect([loop.frames.at(-1)?.timeMs, loop.durationMs]).toEqual([1969, 2002]);
});

test('HEVC and AV1 in Enhanced RTMP, with colours told on the side', () => {
  const header = bytes(0x90, ...text('hvc1'), 1);
  const colours = bytes(0x94, ...text('hvc1'), 2);
  // CodedFramesX has no composition time, CodedFrames one of three bytes.
  const [key, inter] = [bytes(0x93, ...text('hvc1'), 5), bytes(0xa1, ...text('hvc1'), 0, 0, 0, 6)];
  const hevc = readSlate(file(header, colours, key, inter), RATE);
  expect([hevc.header, hevc.frames.map(({ payload }) => payload)]).toEqual([header, [key, inter]]);

  const [start, first, second] = ['90', '91', 'a1'].map((hex) =>
    bytes(Number.parseInt(hex, 16), ...text('av01'), 7),
  );
  if (start === undefined || first === undefined || second === undefined) throw new Error('three messages');
  expect(readSlate(file(start, first, second), RATE).frames).toHaveLength(2);
});

test.each<readonly [string, Uint8Array]>([
  ['nothing', bytes()],
  ['no FLV', bytes(...text('Matroska, perhaps'))],
  ['no header', file(KEY, INTER)],
  ['no keyframe at the start', file(HEADER, INTER, INTER)],
  ['a second keyframe', file(HEADER, KEY, KEY)],
  ['too few frames', file(HEADER, KEY)],
  ['too many frames', file(HEADER, KEY, INTER, INTER)],
  ['a file cut off', file(HEADER, KEY, INTER).subarray(0, -3)],
  ['a frame that is shown later than it is decoded', file(HEADER, KEY, bytes(0x27, 1, 0, 0, 33, 4))],
])('refuses %s', (_, bad) => {
  expect(() => readSlate(bad, RATE)).toThrow(FfmpegError);
  expect(() => readSlate(bad, RATE)).toThrow('FFmpeg made a video that cannot be looped.');
});

test('refuses a frame that cannot be read', () => {
  expect(() => readSlate(file(HEADER, bytes(0x17, 1)), RATE)).toThrow(FfmpegError);
});
