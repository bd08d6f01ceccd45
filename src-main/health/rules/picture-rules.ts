/**
 * Rules on the picture: codec, size, rate, and how it is coded.
 * @module
 */
import type { VideoHealth } from '../../../src-shared/model/health.ts';
import { FPS_ROOM } from './bitrate-row.ts';
import { listsCodec, plainCodec, shownCodec, shownCodecs } from './codec-names.ts';
import { commonSeverity, short, type Breach, type Rule, type RuleCase } from './rule.ts';

/** H.264 profiles, each of which has what those before it have. */
const PROFILES: readonly (readonly string[])[] = [
  ['constrained baseline', 'baseline', 'extended'],
  ['main'],
  ['high', 'constrained high', 'progressive high'],
];
/** As encoders mean it; the timing of some says a hair more. */
const FPS_SLACK = 0.5;

type Size = { readonly width: number; readonly height: number };

/** In the order in which they are told. */
export const PICTURE_RULES: readonly Rule[] = [
  { id: 'video-codec', check: ofVideo(videoCodec) },
  { id: 'profile', check: ofVideo(profile) },
  { id: 'resolution', check: ofVideo(resolution) },
  { id: 'orientation', check: ofVideo(orientation) },
  { id: 'fps', check: ofVideo(frameRate) },
  { id: 'b-frames', check: ofVideo(bFrames) },
  { id: 'interlaced', check: ofVideo(interlaced) },
  { id: 'chroma-bit-depth', check: ofVideo(chromaBitDepth) },
];

function ofVideo(check: (video: VideoHealth, ruleCase: RuleCase) => Breach | undefined): Rule['check'] {
  return (ruleCase) => (ruleCase.sent.video === null ? undefined : check(ruleCase.sent.video, ruleCase));
}

function videoCodec({ codec }: VideoHealth, { limits, name }: RuleCase): Breach | undefined {
  const { videoCodecs } = limits;
  if (videoCodecs.length === 0 || listsCodec(videoCodecs, codec)) return undefined;
  return {
    severity: 'error',
    sent: shownCodec(codec),
    wanted: shownCodecs(videoCodecs),
    consequence: `${name} may refuse the stream, or viewers may see no picture.`,
    fix: {
      obs: 'Settings → Output → Streaming → Video Encoder: one for H.264',
      vmix: 'cog wheel beside Stream → cog wheel beside Quality → Codec: H264',
      larix: 'Settings → Video → Format: AVC (H.264)',
      ffmpeg: '-c:v libx264',
    },
    basis: 'videoCodecs',
  };
}

function profile(video: VideoHealth, { limits, name }: RuleCase): Breach | undefined {
  const wanted = limits.h264Profile;
  if (wanted === null || video.profile === null || !isH264(video)) return undefined;
  // Beyond High are those for other chroma or more bits, which have a rule of their own.
  if (rank(video.profile) <= rank(wanted)) return undefined;
  const shown = wanted.charAt(0).toUpperCase() + wanted.slice(1);
  return {
    severity: 'info',
    sent: `the H.264 profile ${video.profile}`,
    wanted: shown,
    consequence: `${name} recommends ${shown}. It mostly works all the same; old devices may not show the picture.`,
    fix: {
      obs: `Settings → Output → Streaming → Profile: ${wanted}`,
      vmix: `cog wheel beside Stream → cog wheel beside Quality → Profile: ${shown}`,
      ffmpeg: `-profile:v ${wanted}`,
    },
    basis: 'h264Profile',
  };
}

/** -1: none of those with an order. */
function rank(name: string): number {
  return PROFILES.findIndex((names) => names.includes(name.toLowerCase()));
}

function resolution(video: VideoHealth, { limits, name }: RuleCase): Breach | undefined {
  const size = sizeOf(video);
  const largest = limits.resolutions
    .flatMap((text) => readSize(text) ?? [])
    .toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
  if (size === undefined || largest === undefined) return undefined;
  const [long, low] = sides(largest);
  const [sentLong, sentLow] = sides(size);
  if (sentLong <= long && sentLow <= low) return undefined;
  const width = isUpright(size) ? low : long;
  const height = isUpright(size) ? long : low;
  return {
    severity: 'error',
    sent: `${size.width}×${size.height}`,
    wanted: `at most ${width}×${height}`,
    consequence: `${name} may refuse a picture of this size, or scale it down.`,
    fix: {
      obs: `Settings → Video → Output (Scaled) Resolution: ${width}x${height}`,
      vmix: `cog wheel beside Stream → cog wheel beside Quality → Encode Size: ${width}x${height}`,
      larix: `Settings → Video → Resolution: ${width}x${height}`,
      ffmpeg: `-vf scale=${width}:${height}`,
    },
    basis: 'resolutions',
  };
}

function orientation(video: VideoHealth, { limits }: RuleCase): Breach | undefined {
  const size = sizeOf(video);
  const wanted = limits.orientation;
  if (size === undefined || wanted === null || isUpright(size) === (wanted === 'portrait')) return undefined;
  const [width, height] = wanted === 'portrait' ? [1080, 1920] : [1920, 1080];
  return {
    severity: 'warning',
    sent: `${size.width}×${size.height}`,
    wanted: `${wanted}, such as ${width}×${height}`,
    consequence: 'Viewers may see the picture small, between black bars, or cropped.',
    fix: {
      obs: `Settings → Video → Base (Canvas) and Output (Scaled) Resolution: ${width}x${height}`,
      vmix: `Settings → Display → Output size: ${width}x${height}`,
      larix: `Settings → Video → Orientation: ${wanted}`,
      ffmpeg: `-vf scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`,
    },
    basis: 'orientation',
  };
}

function frameRate({ fps }: VideoHealth, { limits, name }: RuleCase): Breach | undefined {
  const { maxFps } = limits;
  if (fps === null || maxFps === null || fps <= Math.max(maxFps * FPS_ROOM, maxFps + FPS_SLACK))
    return undefined;
  return {
    severity: 'warning',
    sent: `${Math.round(fps)} frames per second`,
    wanted: `at most ${maxFps}`,
    consequence: `${name} may leave out frames, so that movement stutters, or refuse the stream.`,
    fix: {
      obs: `Settings → Video → Common FPS Values: ${maxFps}`,
      vmix: `Settings → Display → Frame Rate: ${maxFps}`,
      larix: `Settings → Video → Frame rate: ${maxFps}`,
      ffmpeg: `-r ${maxFps}`,
    },
    basis: 'maxFps',
  };
}

function bFrames(video: VideoHealth, { limits, name }: RuleCase): Breach | undefined {
  const { maxBFrames } = limits;
  // How many are held back for reordering is never more than how many follow each other.
  const least = video.reorderFrames ?? (video.bFrames === true ? 1 : 0);
  if (maxBFrames === null || least <= maxBFrames) return undefined;
  const none = maxBFrames === 0;
  return {
    severity: none ? 'error' : 'warning',
    sent: none ? 'B-frames' : `${least} or more B-frames in a row`,
    wanted: none ? 'none' : `at most ${maxBFrames}`,
    consequence: none
      ? `${name} does without them to keep its delay short: the picture may stutter, or its frames may come in the wrong order.`
      : 'The picture may stutter.',
    fix: {
      obs: `Settings → Output → Streaming → B-frames: ${maxBFrames} (x264 → x264 Options: bframes=${maxBFrames})`,
      ...(none
        ? { vmix: 'cog wheel beside Stream → cog wheel beside Quality → Profile: Baseline, which has none' }
        : {}),
      ffmpeg: `-bf ${maxBFrames}`,
    },
    basis: 'maxBFrames',
  };
}

function interlaced(video: VideoHealth, { preset }: RuleCase): Breach | undefined {
  if (video.interlaced !== true) return undefined;
  return {
    severity: commonSeverity(preset),
    sent: 'an interlaced picture',
    wanted: 'a progressive one',
    consequence: 'Viewers may see combed edges where something moves.',
    fix: {
      any: 'Choose a format with “p” rather than “i” in the camera and in the encoder.',
      vmix: 'Settings → Display → Frame Rate: one with “p”',
      ffmpeg: '-vf yadif',
    },
    basis: 'common',
  };
}

function chromaBitDepth(video: VideoHealth, { preset }: RuleCase): Breach | undefined {
  if (!isH264(video)) return undefined;
  const isOdd = video.chroma !== null && video.chroma !== '4:2:0';
  const isDeep = video.bitDepth !== null && video.bitDepth !== 8;
  if (!isOdd && !isDeep) return undefined;
  const parts = [video.chroma, video.bitDepth === null ? null : `${short(video.bitDepth)} bits`];
  return {
    severity: commonSeverity(preset),
    sent: `H.264 with ${parts.filter((part) => part !== null).join(' and ')}`,
    wanted: '4:2:0 and 8 bits',
    consequence: 'Most browsers and phones cannot show this: viewers may see no picture.',
    fix: {
      obs: 'Settings → Advanced → Color Format: NV12 (8-bit, 4:2:0, 2 planes)',
      vmix: 'cog wheel beside Stream → cog wheel beside Quality → Profile: High',
      ffmpeg: '-pix_fmt yuv420p',
    },
    basis: 'common',
  };
}

function isH264({ codec }: VideoHealth): boolean {
  return plainCodec(codec) === 'h264';
}

function sizeOf({ width, height }: VideoHealth): Size | undefined {
  return width === null || height === null ? undefined : { width, height };
}

function readSize(text: string): Size | undefined {
  const [width, height] = text.split('x').map(Number);
  return width === undefined || height === undefined ? undefined : { width, height };
}

/** The longer one first: a limit of size holds for an upright picture as for one that lies. */
function sides({ width, height }: Size): readonly [number, number] {
  return width >= height ? [width, height] : [height, width];
}

function isUpright({ width, height }: Size): boolean {
  return height > width;
}
