/**
 * Real encoders for the interop table. Each pushes small pictures in real time, ends by itself, and keeps an FLV of
 * exactly the messages it sent.
 * @module
 */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Needs } from './abilities.ts';
import type { Child } from './child.ts';
import type { Stage } from './stage.ts';
import { tool } from './tools.ts';

/**
 * Seconds of each push. Ends before the studio's first ping (5 s): closing with a ping unread, as FFmpeg does when
 * one comes behind its last packet, makes the system throw away what FFmpeg has sent last.
 */
export const PUSH_SECONDS = 4;
/** Pictures per second; a keyframe each second. */
export const PUSH_FPS = 25;

/** An encoder at work. */
export type Push = {
  readonly child: Child;
  /** FLV of what it sent. */
  readonly sentFile: string;
};

/** An encoder, ready to push to an address. */
export type Encoder = {
  readonly name: string;
  readonly needs: Needs;
  readonly push: (stage: Stage, url: string) => Promise<Push>;
};

export type VideoCodec = 'h264' | 'hevc' | 'av1' | 'vp9';
export type AudioCodec = 'aac' | 'mp3' | 'opus' | 'flac' | 'ac3' | 'eac3';

const QUIET = ['-hide_banner', '-loglevel', 'warning', '-nostdin', '-y', '-threads', '1'];
// The noise makes every frame its own, so that its hash has one place.
const picture = (source: 'testsrc' | 'testsrc2', seconds: number): string =>
  `${source}=s=320x180:r=${PUSH_FPS}:d=${seconds},noise=alls=12:allf=t,format=yuv420p`;
const gop = `${PUSH_FPS}`;
const sound = (seed: number, seconds: number): string =>
  `anoisesrc=r=48000:a=0.2:d=${seconds}:seed=${seed},aformat=channel_layouts=stereo`;

/** x264 with two B-frames: composition times are part of the test. */
const H264 = [
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-b:v', '300k'],
  ...['-g', gop, '-keyint_min', gop, '-sc_threshold', '0'],
];
const X265 = `keyint=${gop}:min-keyint=${gop}:scenecut=0:open-gop=0:pools=1:log-level=error`;
const VIDEO: Readonly<Record<VideoCodec, { encoder: string; args: readonly string[] }>> = {
  h264: { encoder: 'libx264', args: H264 },
  hevc: {
    encoder: 'libx265',
    args: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', X265, '-b:v', '300k'],
  },
  av1: { encoder: 'libsvtav1', args: ['-c:v', 'libsvtav1', '-preset', '12', '-g', gop, '-b:v', '300k'] },
  vp9: {
    encoder: 'libvpx-vp9',
    args: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-g', gop, '-b:v', '300k'],
  },
};
const AUDIO: Readonly<Record<AudioCodec, string>> = {
  aac: 'aac',
  mp3: 'libmp3lame',
  opus: 'libopus',
  flac: 'flac',
  ac3: 'ac3',
  eac3: 'eac3',
};

/** FFmpeg of the distribution, encoding while it pushes. */
export function ffmpeg5({
  video = true,
  audio,
  seconds = PUSH_SECONDS,
}: {
  video?: boolean;
  audio?: 'aac' | 'mp3' | undefined;
  seconds?: number;
}): Encoder {
  const names = [...(video ? ['H.264'] : []), ...(audio === undefined ? [] : [audio.toUpperCase()])];
  const only = names.length === 1 ? ' only' : '';
  const ffmpegEncoders = [...(video ? ['libx264'] : []), ...(audio === undefined ? [] : [AUDIO[audio]])];
  return {
    name: `FFmpeg 5 ${names.join('/')}${only}`,
    needs: { tools: ['ffmpeg'], ffmpegEncoders },
    push: (stage, url) => {
      const sentFile = join(stage.dir, 'sent.flv');
      const inputs = [
        ...(video ? ['-re', '-f', 'lavfi', '-i', picture('testsrc2', seconds)] : []),
        ...(audio === undefined ? [] : ['-re', '-f', 'lavfi', '-i', sound(1, seconds)]),
      ];
      const codecs = [
        ...(video ? H264 : []),
        ...(audio === undefined ? [] : ['-c:a', AUDIO[audio], '-b:a', '96k']),
      ];
      const maps = names.flatMap((_, index) => ['-map', `${index}`]);
      const live = 'f=flv:onfail=abort:flvflags=no_duration_filesize';
      const outputs = ['-flags', '+global_header', '-f', 'tee', `[${live}]${url}|[${live}]${sentFile}`];
      const child = stage.start('ffmpeg5', tool('ffmpeg'), [
        ...QUIET,
        ...inputs,
        ...maps,
        ...codecs,
        ...outputs,
      ]);
      return Promise.resolve({ child, sentFile });
    },
  };
}

/** GStreamer's rtmp2sink. */
export const gstreamer: Encoder = {
  name: 'GStreamer rtmp2sink H.264/AAC',
  needs: {
    tools: ['gst'],
    gstElements: ['rtmp2sink', 'x264enc', 'avenc_aac', 'flvmux', 'h264parse', 'aacparse'],
  },
  push: (stage, url) => {
    const sentFile = join(stage.dir, 'sent.flv');
    const frames = PUSH_SECONDS * PUSH_FPS;
    const picture = `videotestsrc is-live=true num-buffers=${frames} ! video/x-raw,width=320,height=180,framerate=${PUSH_FPS}/1`;
    const x264 = `x264enc tune=zerolatency speed-preset=ultrafast threads=1 key-int-max=${PUSH_FPS} bitrate=300`;
    const blocks = (PUSH_SECONDS * 48_000) / 960;
    const noise = `audiotestsrc is-live=true wave=white-noise samplesperbuffer=960 num-buffers=${blocks} ! audio/x-raw,rate=48000,channels=2`;
    const tls = url.startsWith('rtmps:') ? ' tls-validation-flags=0' : '';
    const pipeline = [
      `flvmux name=mux streamable=true ! tee name=split`,
      `split. ! queue ! rtmp2sink location=${url}${tls}`,
      `split. ! queue ! filesink location=${sentFile}`,
      `${picture} ! ${x264} ! h264parse ! queue ! mux.video`,
      `${noise} ! avenc_aac ! aacparse ! queue ! mux.audio`,
    ].join(' ');
    return Promise.resolve({
      child: stage.start('gst', tool('gst'), ['-e', ...pipeline.split(' ')]),
      sentFile,
    });
  },
};

const SHOWN: Readonly<Record<VideoCodec | AudioCodec, string>> = {
  h264: 'H.264',
  hevc: 'HEVC',
  av1: 'AV1',
  vp9: 'VP9',
  aac: 'AAC',
  mp3: 'MP3',
  opus: 'Opus',
  flac: 'FLAC',
  ac3: 'AC-3',
  eac3: 'E-AC-3',
};

/** FFmpeg 8 (node-av), pushing what the distribution's FFmpeg has encoded. Several of a kind make tracks. */
export function ffmpeg8(video: readonly VideoCodec[], audio: readonly AudioCodec[]): Encoder {
  const codecs = [...video, ...audio].map((codec) => SHOWN[codec]).join('+');
  const ffmpegEncoders = [...video.map((codec) => VIDEO[codec].encoder), ...audio.map((c) => AUDIO[c])];
  return {
    name: `FFmpeg 8 ${codecs}`,
    needs: { tools: ['ffmpeg'], ffmpegEncoders, packages: ['node-av'] },
    push: async (stage, url) => {
      const sentFile = join(stage.dir, 'sent.flv');
      const inputs: string[] = [];
      for (const [index, codec] of video.entries()) inputs.push(await videoClip(stage, codec, index));
      for (const [index, codec] of audio.entries()) inputs.push(await audioClip(stage, codec, index));
      const child = startFfmpeg8(stage, { inputs, outputs: [url, sentFile], realTime: true });
      return { child, sentFile };
    },
  };
}

/** What `ffmpeg8.mjs` is asked to do; its own words are there. */
export type Ffmpeg8Job = {
  readonly inputs: readonly string[];
  readonly inputOptions?: Readonly<Record<string, string>>;
  readonly outputs: readonly string[];
  readonly outputOptions?: Readonly<Record<string, string>>;
  readonly realTime?: boolean;
  readonly seconds?: number;
};

/** Starts FFmpeg 8 in a process of its own. */
export function startFfmpeg8(stage: Stage, job: Ffmpeg8Job, name = 'ffmpeg8'): Child {
  const script = join(import.meta.dirname, 'ffmpeg8.mjs');
  return stage.start(name, process.execPath, [script, JSON.stringify(job)]);
}

/** In MP4: from Matroska, FFmpeg does not know the decoding times of the first frames when there are B-frames. */
function videoClip(stage: Stage, codec: VideoCodec, index: number): Promise<string> {
  const { args } = VIDEO[codec];
  const ending = codec === 'h264' || codec === 'hevc' ? 'mp4' : 'mkv';
  const source = picture(index === 0 ? 'testsrc2' : 'testsrc', PUSH_SECONDS);
  return clipOf(stage, `${codec}-${index}.${ending}`, ['-f', 'lavfi', '-i', source, ...args]);
}

function audioClip(stage: Stage, codec: AudioCodec, index: number): Promise<string> {
  const encode = ['-c:a', AUDIO[codec], '-b:a', '96k'];
  return clipOf(stage, `${codec}-${index}.mka`, [
    '-f',
    'lavfi',
    '-i',
    sound(1 + index, PUSH_SECONDS),
    ...encode,
  ]);
}

/** Encoded once, kept in the system's temporary folder. */
async function clipOf(stage: Stage, name: string, args: readonly string[]): Promise<string> {
  const folder = join(tmpdir(), 'relaydeck-clips');
  const path = join(folder, `v1-interop-${PUSH_SECONDS}s-${name}`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const made = join(stage.dir, name);
  const child = await stage.run('ffmpeg-clip', tool('ffmpeg'), [...QUIET, ...args, made], 60_000);
  if (child.exit?.code !== 0) throw new Error(`ffmpeg could not make ${name}:\n${child.tail()}`);
  const passing = `${path}.${process.pid}`;
  renameSync(made, passing);
  renameSync(passing, path);
  return path;
}
