import { expect, test } from 'vitest';
import { encodersOf, frameRateOf, loopFrames, slateArguments } from './slate-arguments.ts';
import type { SlateVideo } from './slate-arguments.ts';

const video: SlateVideo = { codec: 'avc1', width: 1280, height: 720, fps: 30, profile: 'Main', level: '3.1' };
const made = (change: Partial<SlateVideo>, encoder = 'libx264'): readonly string[] =>
  slateArguments({ picture: 'a picture.png', video: { ...video, ...change }, encoder });
const after = (args: readonly string[], name: string): string | undefined =>
  args.includes(name) ? args[args.indexOf(name) + 1] : undefined;

test.each([
  [60, 60, 1, 120],
  [50, 50, 1, 100],
  [29.97, 30_000, 1001, 60],
  [30_000 / 1001, 30_000, 1001, 60],
  [59.94, 60_000, 1001, 120],
  [59.9401, 60_000, 1001, 120],
  [23.976, 24_000, 1001, 48],
  [119.88, 120_000, 1001, 240],
  [12.5, 12_500, 1000, 25],
  [1, 1, 1, 2],
])('%d frames a second are %d/%d and %d a loop', (fps, num, den, frames) => {
  expect(frameRateOf(fps)).toEqual({ num, den });
  expect(loopFrames({ num, den })).toBe(frames);
});

test.each([
  ['Baseline', 'baseline'],
  ['Constrained Baseline', 'baseline'],
  ['Main', 'main'],
  ['High', 'high'],
  ['High 10', 'high'],
  ['unknown:12', 'high'],
  [null, 'high'],
])('a stream of profile %s gets a picture of %s', (profile, expected) => {
  expect(after(made({ profile }), '-profile:v')).toBe(expected);
});

test('a level is passed on when it is one', () => {
  expect(after(made({ level: '4.2' }), '-level')).toBe('4.2');
  expect(after(made({ level: '1b' }), '-level')).toBe('1b');
  expect(made({ level: null })).not.toContain('-level');
  expect(made({ level: 'unknown' })).not.toContain('-level');
});

test('size and exact rate are in the filter, the picture is a file and nothing else', () => {
  const args = made({ width: 854, height: 480, fps: 29.97 });
  expect(after(args, '-filter_complex')).toContain('s=854x480:r=30000/1001');
  expect(after(args, '-filter_complex')).toContain('scale=854:480:force_original_aspect_ratio=decrease');
  expect(after(args, '-i')).toBe('file:a picture.png');
  expect([after(args, '-frames:v'), after(args, '-g'), after(args, '-bf')]).toEqual(['60', '60', '0']);
});

test('each encoder has a GOP as long as the loop', () => {
  for (const codec of ['avc1', 'hvc1', 'av01'] as const) {
    for (const encoder of encodersOf(codec)) expect(after(made({ codec }, encoder), '-g')).toBe('60');
  }
  expect(after(made({ codec: 'hvc1' }, 'libx265'), '-x265-params')).toContain('keyint=60:min-keyint=60');
});

test.each<Partial<SlateVideo>>([
  { width: 0 },
  { width: 853 },
  { height: 721 },
  { width: 16_384 },
  { width: Number.NaN },
  { fps: 0 },
  { fps: Number.NaN },
  { fps: 1_000 },
])('refuses %o', (change) => {
  expect(() => made(change)).toThrow('No picture can be made for a stream of');
});
