/**
 * Makes the loop of a picture that stands in for the encoder, in the stream's own codec, size and rate.
 * @module
 */
import type { SlateLoop } from '../filler/slate-loop.ts';
import { FfmpegError } from './ffmpeg-error.ts';
import { readSlate } from './read-slate.ts';
import { runFfmpeg } from './run-ffmpeg.ts';
import type { SpawnFfmpeg } from './run-ffmpeg.ts';
import { encodersOf, frameRateOf, slateArguments } from './slate-arguments.ts';
import type { SlateVideo } from './slate-arguments.ts';

const NAMES: Readonly<Record<SlateVideo['codec'], string>> = { avc1: 'H.264', hvc1: 'HEVC', av01: 'AV1' };

/**
 * Runs FFmpeg once, for at most 30 s and with low priority. When the promise settles, its process is gone.
 *
 * @param options `ffmpeg`: the program, as `findFfmpeg` gives it. `picture`: a file in any format that it reads.
 *   `spawn`: for tests.
 * @throws {FfmpegError} A sentence for the streamer: what is in the way, and what to do.
 * @throws The signal's reason when it aborts.
 */
export async function makeSlate(options: {
  readonly ffmpeg: string;
  readonly picture: string;
  readonly video: SlateVideo;
  readonly signal: AbortSignal;
  readonly spawn?: SpawnFfmpeg;
}): Promise<SlateLoop> {
  const { ffmpeg, picture, video, ...running } = options;
  for (const encoder of encodersOf(video.codec)) {
    const run = await runFfmpeg(ffmpeg, slateArguments({ picture, video, encoder }), running);
    if (run.code === 0) return readSlate(run.stdout, frameRateOf(video.fps));
    if (!/Unknown encoder/i.test(run.stderr)) throw new FfmpegError(whyNot(run.stderr, options));
  }
  const name = NAMES[video.codec];
  throw new FfmpegError(
    `FFmpeg at ${ffmpeg} has no ${name} encoder (${encodersOf(video.codec).join(' or ')}). Choose a full build of FFmpeg in the settings.`,
  );
}

/** What stands in the way, from the last words of FFmpeg. */
function whyNot(stderr: string, { ffmpeg, picture, video }: Parameters<typeof makeSlate>[0]): string {
  if (/not compatible with flv|not (currently )?supported in container/i.test(stderr)) {
    return `FFmpeg at ${ffmpeg} is too old to write ${NAMES[video.codec]} for streams. Choose version 6.1 or later in the settings.`;
  }
  if (/No such file or directory/i.test(stderr)) {
    return `The picture ${picture} is not there any more. Choose another one.`;
  }
  if (/Permission denied/i.test(stderr)) return `The picture ${picture} may not be read. Choose another one.`;
  const lastLine = stderr.trimEnd().split('\n').at(-1) ?? '';
  return `FFmpeg could not make the picture ${picture} into a video. Choose another picture. FFmpeg said: ${lastLine}`;
}
