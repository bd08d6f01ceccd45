/** Loops made by the installed FFmpeg, and held against its own decoder and prober. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinBytes } from '../bytes/join.ts';
import { readAvcConfig } from '../codec/avc-config.ts';
import type { SlateLoop } from '../filler/slate-loop.ts';
import { flvFileHeader, flvTag } from '../flv/flv-tags.ts';
import { readVideoBody } from '../flv/video-body.ts';
import { FfmpegError } from './ffmpeg-error.ts';
import { makeSlate } from './make-slate.ts';
import { readSlate } from './read-slate.ts';
import { frameRateOf, slateArguments } from './slate-arguments.ts';
import type { SlateVideo } from './slate-arguments.ts';

const VIDEO = 9;
const folder = mkdtempSync(join(tmpdir(), 'relaydeck-slate-'));
const hasFfmpeg =
  spawnSync('ffmpeg', ['-version']).status === 0 && spawnSync('ffprobe', ['-version']).status === 0;
const withFfmpeg = test.skipIf(!hasFfmpeg);
const needs = hasFfmpeg ? '' : ' (needs FFmpeg and ffprobe)';
const never = new AbortController().signal;
/** Its name begins with what looks like a protocol, and holds a quote. */
const picture = join(folder, "it's: a picture.png");

beforeAll(() => {
  if (!hasFfmpeg) return;
  // Half of it transparent: there the background has to show.
  const half = "testsrc2=s=1000x700,format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*gt(X,500)'";
  ffmpeg('-f', 'lavfi', '-i', half, '-frames:v', '1', `file:${picture}`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ffmpeg = (...args: readonly string[]): Buffer =>
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], { maxBuffer: 2 ** 28 });

/** The loop, so many times over, as a file. */
function fileOf({ header, frames, durationMs }: SlateLoop, times: number): string {
  const path = join(folder, 'loop.flv');
  const tags = Array.from({ length: times }, (_, n) =>
    frames.map(({ payload, timeMs }) => flvTag(VIDEO, Math.round(n * durationMs) + timeMs, payload)),
  );
  const pieces = [flvFileHeader({ hasAudio: false }), flvTag(VIDEO, 0, header), ...tags.flat()];
  writeFileSync(path, joinBytes(pieces));
  return path;
}

type Probed = {
  readonly streams: readonly Readonly<Record<string, unknown>>[];
  readonly frames: readonly { readonly pict_type: string; readonly key_frame: number }[];
};
function probe(path: string): Probed {
  const args = ['-v', 'error', '-of', 'json', '-show_streams', '-show_frames', path];
  const text = execFileSync('ffprobe', args, { maxBuffer: 2 ** 26 }).toString();
  return JSON.parse(text) as Probed;
}

type Row = readonly [
  string,
  Omit<SlateVideo, 'codec'>,
  { rate: string; profile: string; frames: number; ms: number },
];
const ROWS: readonly Row[] = [
  [
    '1080p60 High',
    { width: 1920, height: 1080, fps: 60, profile: 'High', level: '4.2' },
    { rate: '60/1', profile: 'High', frames: 120, ms: 2000 },
  ],
  [
    '720p30 Main',
    { width: 1280, height: 720, fps: 30, profile: 'Main', level: '3.1' },
    { rate: '30/1', profile: 'Main', frames: 60, ms: 2000 },
  ],
  [
    '480p of NTSC, Baseline',
    { width: 854, height: 480, fps: 29.97, profile: 'Baseline', level: '3.1' },
    { rate: '30000/1001', profile: 'Constrained Baseline', frames: 60, ms: 2002 },
  ],
  [
    'upright, 59.94, nothing told',
    { width: 720, height: 1280, fps: 60_000 / 1001, profile: null, level: null },
    { rate: '60000/1001', profile: 'High', frames: 120, ms: 2002 },
  ],
];

for (const [name, video, wanted] of ROWS) {
  withFfmpeg(`${name}${needs}`, async () => {
    const loop = await makeSlate({
      ffmpeg: 'ffmpeg',
      picture,
      video: { codec: 'avc1', ...video },
      signal: never,
    });
    expect([loop.frames.length, loop.durationMs]).toEqual([wanted.frames, wanted.ms]);
    expect(loop.frames[1]?.timeMs).toBe(Math.round(wanted.ms / wanted.frames));
    expect(loop.frames.map(({ payload }) => readVideoBody(payload)).filter(isKeyframe)).toHaveLength(1);
    const bytes = loop.frames.reduce((sum, { payload }) => sum + payload.length, 0);
    expect(bytes).toBeLessThan(500_000);

    const header = readVideoBody(loop.header);
    const config = header.type === 'media' ? header.tracks[0]?.data : undefined;
    expect(readAvcConfig(config ?? new Uint8Array(0))).toMatchObject({
      ...{ width: video.width, height: video.height, profile: wanted.profile, maxReorderFrames: 0 },
      ...(video.level === null ? {} : { level: video.level }),
    });

    const path = fileOf(loop, 2);
    const { streams, frames } = probe(path);
    expect(streams[0]).toMatchObject({
      ...{ width: video.width, height: video.height, r_frame_rate: wanted.rate, profile: wanted.profile },
      ...{ has_b_frames: 0, pix_fmt: 'yuv420p', color_space: 'bt709' },
    });
    const types = frames.map(({ pict_type, key_frame }) => `${pict_type}${key_frame}`);
    const oneLoop = ['I1', ...Array.from({ length: wanted.frames - 1 }, () => 'P0')];
    expect(types).toEqual([...oneLoop, ...oneLoop]);

    const decoded = spawnSync('ffmpeg', ['-v', 'error', '-xerror', '-i', path, '-f', 'null', '-']);
    expect([decoded.status, decoded.stderr.toString()]).toEqual([0, '']);
  });
}

const isKeyframe = (body: ReturnType<typeof readVideoBody>): boolean =>
  body.type === 'media' && body.isKeyframe;

withFfmpeg(
  `the background is around the picture and shows through it, the same in every frame${needs}`,
  async () => {
    const video: SlateVideo = {
      codec: 'avc1',
      width: 640,
      height: 360,
      fps: 30,
      profile: 'High',
      level: null,
    };
    const path = fileOf(await makeSlate({ ffmpeg: 'ffmpeg', picture, video, signal: never }), 1);
    const toRgb = ['-vf', 'scale=in_color_matrix=bt709,format=rgb24', '-f', 'rawvideo', '-'];
    const pixels = ffmpeg('-i', path, ...toRgb);
    const at = (frame: number, x: number, y: number): readonly number[] => {
      const start = ((frame * 360 + y) * 640 + x) * 3;
      return [...pixels.subarray(start, start + 3)];
    };
    for (const frame of [0, 30, 59]) {
      for (const [x, y] of [
        [10, 180],
        [630, 180],
        [200, 180],
      ] as const) {
        const [red = 0, green = 0, blue = 0] = at(frame, x, y);
        expect(Math.max(Math.abs(red - 0x0b), Math.abs(green - 0x0d), Math.abs(blue - 0x12))).toBeLessThan(6);
      }
      // The picture's right half is no background.
      expect(Math.max(...at(frame, 450, 180))).toBeGreaterThan(60);
    }
  },
);

withFfmpeg(`the built-in picture${needs}`, async () => {
  const builtIn = join(import.meta.dirname, '../../assets/slate.png');
  const video: SlateVideo = {
    codec: 'avc1',
    width: 1920,
    height: 1080,
    fps: 30,
    profile: 'High',
    level: '4.0',
  };
  const loop = await makeSlate({ ffmpeg: 'ffmpeg', picture: builtIn, video, signal: never });
  expect(loop.frames.reduce((sum, { payload }) => sum + payload.length, 0)).toBeLessThan(100_000);
});

withFfmpeg(`a picture that is gone, or is none, is told in words${needs}`, async () => {
  const video: SlateVideo = { codec: 'avc1', width: 640, height: 360, fps: 30, profile: 'High', level: null };
  const why = (path: string): Promise<unknown> =>
    makeSlate({ ffmpeg: 'ffmpeg', picture: path, video, signal: never }).catch((error: unknown) => error);
  const gone = join(folder, 'gone.png');
  expect(await why(gone)).toMatchObject({
    name: 'FfmpegError',
    message: `The picture ${gone} is not there any more. Choose another one.`,
  });
  const text = join(folder, 'text.png');
  writeFileSync(text, 'no picture');
  const error = await why(text);
  expect(error).toBeInstanceOf(FfmpegError);
  expect(String(error)).toContain('Choose another picture. FFmpeg said: ');
});

withFfmpeg(`HEVC and AV1 are made, or it is said what for they cannot be${needs}`, async () => {
  for (const codec of ['hvc1', 'av01'] as const) {
    const video: SlateVideo = { codec, width: 640, height: 360, fps: 30, profile: 'Main', level: null };
    const made: unknown = await makeSlate({ ffmpeg: 'ffmpeg', picture, video, signal: never }).catch(
      (error: unknown) => error,
    );
    if (made instanceof FfmpegError) {
      expect(made.message).toMatch(
        /too old to write (HEVC|AV1) for streams\. Choose version 6\.1|has no (HEVC|AV1) encoder/,
      );
    } else {
      expect(made).toMatchObject({ durationMs: 2000 });
    }
  }
});

const encoders = hasFfmpeg ? ffmpeg('-encoders').toString() : '';
const hasNodeAv =
  spawnSync('node', ['-e', "import('node-av/lib').catch(() => process.exit(1))"]).status === 0;
/** Written by the installed FFmpeg, whatever its version, and put into Enhanced FLV by FFmpeg 8. */
for (const [codec, encoder] of [
  ['hvc1', 'libx265'],
  ['av01', 'libaom-av1'],
  ['av01', 'libsvtav1'],
] as const) {
  const canRun = hasNodeAv && encoders.includes(encoder);
  test.skipIf(!canRun)(
    `${encoder}: what it is told gives a loop${canRun ? '' : ' (needs FFmpeg with it, node-av)'}`,
    () => {
      const video: SlateVideo = { codec, width: 640, height: 360, fps: 29.97, profile: 'Main', level: null };
      const [inMkv, inFlv] = [join(folder, 'made.mkv'), join(folder, 'made.flv')];
      const args = slateArguments({ picture, video, encoder });
      ffmpeg(...args.slice(0, args.indexOf('-flvflags')), inMkv);
      const job = JSON.stringify({ inputs: [inMkv], outputs: [inFlv] });
      const remuxed = spawnSync('node', [join(import.meta.dirname, '../../e2e/harness/ffmpeg8.mjs'), job]);
      expect([remuxed.status, remuxed.stderr.toString()]).toEqual([0, '']);
      const loop = readSlate(readFileSync(inFlv), frameRateOf(video.fps));
      expect([loop.frames.length, loop.durationMs]).toEqual([60, 2002]);
      expect(readVideoBody(loop.header)).toMatchObject({ isEnhanced: true, tracks: [{ codec }] });
      const { streams } = probe(inMkv);
      expect(streams[0]).toMatchObject({
        width: 640,
        height: 360,
        r_frame_rate: '30000/1001',
        pix_fmt: 'yuv420p',
      });
    },
  );
}

withFfmpeg(`an abort ends FFmpeg at once${needs}`, async () => {
  const control = new AbortController();
  const video: SlateVideo = {
    codec: 'avc1',
    width: 3840,
    height: 2160,
    fps: 120,
    profile: 'High',
    level: null,
  };
  const making = makeSlate({ ffmpeg: 'ffmpeg', picture, video, signal: control.signal });
  control.abort(new Error('not wanted any more'));
  await expect(making).rejects.toThrow('not wanted any more');
});

test('a program that is none is told in words', async () => {
  const video: SlateVideo = { codec: 'avc1', width: 640, height: 360, fps: 30, profile: 'High', level: null };
  const ffmpegPath = join(folder, 'nowhere');
  await expect(makeSlate({ ffmpeg: ffmpegPath, picture, video, signal: never })).rejects.toThrow(
    `FFmpeg at ${ffmpegPath} could not be started. Choose another FFmpeg in the settings.`,
  );
});
