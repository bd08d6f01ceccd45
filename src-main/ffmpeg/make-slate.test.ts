import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { joinBytes } from '../bytes/join.ts';
import { flvFileHeader, flvTag } from '../flv/flv-tags.ts';
import { FfmpegError } from './ffmpeg-error.ts';
import { makeSlate } from './make-slate.ts';
import type { SpawnFfmpeg } from './run-ffmpeg.ts';
import type { SlateVideo } from './slate-arguments.ts';

/** Above every number that a process can have: nobody's priority is changed. */
const NOBODY = 2 ** 30;
/** One frame a second: two to a loop. */
const video = { width: 64, height: 64, fps: 1, profile: null, level: null };
const AV1 = [0x61, 0x76, 0x30, 0x31];
const FLV = joinBytes([
  flvFileHeader(),
  ...[0x90, 0x91, 0xa1].map((first) => flvTag(9, 0, Uint8Array.of(first, ...AV1, 1))),
]);

/** An FFmpeg that answers each run in turn: with a file, or with what it complains of. */
function fakeFfmpeg(...answers: readonly (Uint8Array | string)[]): {
  spawn: SpawnFfmpeg;
  encoders: string[];
} {
  const encoders: string[] = [];
  const spawn: SpawnFfmpeg = (_, args) => {
    const answer = answers[encoders.length] ?? '';
    encoders.push(args[args.indexOf('-c:v') + 1] ?? '');
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const child = Object.assign(new EventEmitter(), { pid: NOBODY, stdout, stderr, kill: () => true });
    if (typeof answer === 'string') stderr.write(answer);
    else stdout.write(answer);
    setImmediate(() => child.emit('close', typeof answer === 'string' ? 1 : 0, null));
    return child;
  };
  return { spawn, encoders };
}

function make(codec: SlateVideo['codec'], spawn: SpawnFfmpeg): ReturnType<typeof makeSlate> {
  const signal = new AbortController().signal;
  return makeSlate({
    ffmpeg: '/my/ffmpeg',
    picture: '/my/picture.png',
    video: { codec, ...video },
    signal,
    spawn,
  });
}

async function whyNot(codec: SlateVideo['codec'], ...answers: readonly string[]): Promise<string> {
  const error: unknown = await make(codec, fakeFfmpeg(...answers).spawn).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(FfmpegError);
  return error instanceof FfmpegError ? error.message : '';
}

test('takes the next encoder when this FFmpeg was built without the first', async () => {
  const { spawn, encoders } = fakeFfmpeg("Unknown encoder 'libaom-av1'\n", FLV);
  expect(await make('av01', spawn)).toMatchObject({ durationMs: 2000 });
  expect(encoders).toEqual(['libaom-av1', 'libsvtav1']);
});

test('no encoder at all', async () => {
  expect(await whyNot('hvc1', "Unknown encoder 'libx265'")).toBe(
    'FFmpeg at /my/ffmpeg has no HEVC encoder (libx265). Choose a full build of FFmpeg in the settings.',
  );
});

test('an FFmpeg from before Enhanced RTMP', async () => {
  const words =
    '[flv @ 0x1] Video codec av1 not compatible with flv\nCould not write header for output file #0\n';
  expect(await whyNot('av01', words)).toBe(
    'FFmpeg at /my/ffmpeg is too old to write AV1 for streams. Choose version 6.1 or later in the settings.',
  );
});

test('a picture that is gone, that may not be read, that is none', async () => {
  expect(await whyNot('avc1', 'file:/my/picture.png: No such file or directory')).toBe(
    'The picture /my/picture.png is not there any more. Choose another one.',
  );
  expect(await whyNot('avc1', 'file:/my/picture.png: Permission denied\n')).toBe(
    'The picture /my/picture.png may not be read. Choose another one.',
  );
  expect(await whyNot('avc1', 'first\nfile:/my/picture.png: Invalid data found\n')).toBe(
    'FFmpeg could not make the picture /my/picture.png into a video. Choose another picture. FFmpeg said: file:/my/picture.png: Invalid data found',
  );
});
