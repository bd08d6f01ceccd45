/**
 * What FFmpeg is told, to make a picture into a loop like the stream that it stands in for.
 * @module
 */
import { FfmpegError } from './ffmpeg-error.ts';

/** The stream's picture, as its sequence header tells it. */
export type SlateVideo = {
  readonly codec: 'avc1' | 'hvc1' | 'av01';
  /** Pixels, even. */
  readonly width: number;
  readonly height: number;
  /** Frames per second; those of NTSC are recognised and made exact. */
  readonly fps: number;
  /** As `codec` names them: `High`, `Main`, `Constrained Baseline`, …; null: not told. */
  readonly profile: string | null;
  /** `4.2`; null: not told. */
  readonly level: string | null;
};

/** An exact frame rate. */
export type FrameRate = { readonly num: number; readonly den: number };

/** Around the picture where its shape is not the stream's: the background of the built-in one. */
const BACKGROUND = '0x0b0d12';
const MIN_SIDE = 16;
const MAX_SIDE = 8192;
const MAX_FPS = 480;
/** What platforms ask for, and so what streams have. */
const LOOP_SECONDS = 2;
/** Rates of NTSC are a thousandth below a whole one; encoders round them to two or three places. */
const NTSC_TOLERANCE = 0.006;
const RATE_PLACES = 1000;
/** Keeps the keyframe of a busy photo to a quarter of a megabyte. */
const MAX_RATE = ['-maxrate', '2M', '-bufsize', '2M'] as const;
/** A still picture is for any player: high profiles of more bits or colours are no use to it. */
const H264_PROFILES: { readonly [profile: string]: string } = {
  Baseline: 'baseline',
  'Constrained Baseline': 'baseline',
  Main: 'main',
};

/** The rate in whole numbers, exact for whole ones and those of NTSC. */
export function frameRateOf(fps: number): FrameRate {
  const whole = Math.round(fps);
  if (Math.abs(fps - whole) < 0.001) return { num: whole, den: 1 };
  if (Math.abs(fps - (whole * 1000) / 1001) < NTSC_TOLERANCE) return { num: whole * 1000, den: 1001 };
  return { num: Math.round(fps * RATE_PLACES), den: RATE_PLACES };
}

/** Frames of the loop: two seconds' worth, to the nearest frame. */
export function loopFrames({ num, den }: FrameRate): number {
  return Math.max(1, Math.round((LOOP_SECONDS * num) / den));
}

/**
 * FFmpeg's encoders for the codec, the one to try first in front; which of them there are depends on who built it.
 * libaom stands before the faster SVT-AV1 because the latter hangs where FFmpeg is too old to write AV1 into FLV.
 */
export function encodersOf(codec: SlateVideo['codec']): readonly string[] {
  if (codec === 'avc1') return ['libx264'];
  return codec === 'hvc1' ? ['libx265'] : ['libaom-av1', 'libsvtav1'];
}

/**
 * All arguments: reads the picture, writes FLV to stdout.
 *
 * @throws {FfmpegError} A size or rate that no loop can be made for.
 */
export function slateArguments(options: {
  readonly picture: string;
  readonly video: SlateVideo;
  readonly encoder: string;
}): readonly string[] {
  const { picture, video, encoder } = options;
  checkVideo(video);
  const rate = frameRateOf(video.fps);
  const frames = loopFrames(rate);
  return [
    ...['-hide_banner', '-nostdin', '-loglevel', 'error', '-filter_complex_threads', '1'],
    // A file is a file, whatever its name begins with.
    ...['-threads', '1', '-i', `file:${picture}`],
    ...['-filter_complex', filters(video, rate), '-map', '[loop]', '-an', '-frames:v', `${frames}`],
    ...['-c:v', encoder, '-threads', '1', '-g', `${frames}`, ...encoderArguments(encoder, video, frames)],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
    ...['-flvflags', 'no_duration_filesize', '-f', 'flv', 'pipe:1'],
  ];
}

function checkVideo({ width, height, fps }: SlateVideo): void {
  const isSide = (side: number): boolean => Number.isInteger(side) && side >= MIN_SIDE && side <= MAX_SIDE;
  if (isSide(width) && isSide(height) && width % 2 === 0 && height % 2 === 0 && fps >= 1 && fps <= MAX_FPS)
    return;
  throw new FfmpegError(
    `No picture can be made for a stream of ${width}x${height} at ${fps} frames a second: its last frame is shown instead.`,
  );
}

/**
 * The picture is fitted in once and that one frame repeated: scaling each would cost more than encoding it. It is laid
 * over a background rather than padded, so that what is transparent in it shows the background too.
 */
function filters({ width, height }: SlateVideo, { num, den }: FrameRate): string {
  const size = `${width}:${height}`;
  return [
    `color=c=${BACKGROUND}:s=${width}x${height}:r=${num}/${den},format=rgb24[background]`,
    `[0:v]trim=end_frame=1,scale=${size}:force_original_aspect_ratio=decrease:flags=lanczos,setsar=1,format=rgba[picture]`,
    '[background][picture]overlay=x=(W-w)/2:y=(H-h)/2:format=rgb,trim=end_frame=1,' +
      'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,' +
      `loop=loop=-1:size=1,settb=${den}/${num},setpts=N,fps=${num}/${den}[loop]`,
  ].join(';');
}

/** No B-frames, and no keyframe but the first: the loop is one closed GOP. */
function encoderArguments(encoder: string, video: SlateVideo, frames: number): readonly string[] {
  const { profile, level } = video;
  switch (encoder) {
    case 'libx264':
      return [
        ...[
          '-preset',
          'veryfast',
          '-tune',
          'stillimage',
          '-profile:v',
          H264_PROFILES[profile ?? ''] ?? 'high',
        ],
        ...(level !== null && /^(1b|\d\.\d)$/.test(level) ? ['-level', level] : []),
        ...['-crf', '23', ...MAX_RATE, '-bf', '0', '-flags', '+cgop'],
        ...['-keyint_min', `${frames}`, '-sc_threshold', '0', '-pix_fmt', 'yuv420p'],
      ];
    case 'libx265': {
      const gop = `keyint=${frames}:min-keyint=${frames}:scenecut=0:open-gop=0:bframes=0`;
      return [
        ...['-preset', 'veryfast', '-profile:v', 'main', '-crf', '25', ...MAX_RATE, '-pix_fmt', 'yuv420p'],
        ...['-x265-params', `${gop}:repeat-headers=0:pools=1:frame-threads=1:log-level=error`],
      ];
    }
    case 'libsvtav1':
      // Low delay: each frame is shown as it is decoded.
      return [
        '-preset',
        '10',
        '-crf',
        '35',
        '-svtav1-params',
        'pred-struct=1:lp=1:scd=0',
        '-pix_fmt',
        'yuv420p',
      ];
    default:
      return [
        '-usage',
        'realtime',
        '-cpu-used',
        '8',
        '-lag-in-frames',
        '0',
        '-crf',
        '30',
        '-pix_fmt',
        'yuv420p',
      ];
  }
}
