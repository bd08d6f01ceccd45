/**
 * Streams with known parameters, for the meters, as FFmpeg makes them.
 * @module
 */
import { EDITED_STREAMS } from './meter-streams-edited.ts';
import { aac, EVEN, picture, SMALL, tone, x264, type MeterStream } from './meter-stream.ts';

/** As they are made, and as they are changed afterwards. */
export const METER_STREAMS: readonly MeterStream[] = [
  {
    name: '1366×768, 30, High, 2 B-frames, stereo 48 kHz',
    args: [...picture('1366x768', '30', 7), ...tone(48_000, 7), ...x264('high', 60, 2), ...aac(2)],
    known: {
      ...{ codec: 'H.264', profile: 'High', size: '1366x768', fps: 30, cabac: true, ...EVEN },
      ...{ keyframeIntervalSec: 2, keyframeSpreadSec: 0, gopFrames: 60, reorderFrames: 2 },
      ...{ audioCodec: 'AAC', audioProfile: 'LC', sampleRate: 48_000, channels: 2 },
    },
  },
  {
    name: '854×480, 25, Main, no B-frames, mono 44.1 kHz',
    args: [...picture('854x480', '25', 6), ...tone(44_100, 6), ...x264('main', 25, 0), ...aac(1)],
    known: {
      ...{ codec: 'H.264', profile: 'Main', size: '854x480', fps: 25, reorderFrames: 0, ...EVEN },
      ...{ keyframeIntervalSec: 1, gopFrames: 25, sampleRate: 44_100, channels: 1 },
    },
  },
  {
    name: '640×360, 24, Baseline, keyframe each 4 s',
    args: [...picture('640x360', '24', 13), ...tone(48_000, 13), ...x264('baseline', 96, 0), ...aac(2)],
    known: {
      ...{
        profile: 'Constrained Baseline',
        size: '640x360',
        fps: 24,
        reorderFrames: 0,
        cabac: false,
        ...EVEN,
      },
      ...{ keyframeIntervalSec: 4, gopFrames: 96 },
    },
  },
  {
    name: '426×240, 29.97, High, 3 B-frames',
    args: [...picture('426x240', '30000/1001', 9), ...tone(48_000, 9), ...x264('high', 60, 3), ...aac(2)],
    known: {
      profile: 'High',
      size: '426x240',
      fps: 29.97,
      keyframeIntervalSec: 2.002,
      gopFrames: 60,
      ...EVEN,
    },
  },
  {
    name: '1280×720, 50, Main, 1 B-frame',
    args: [...picture('1280x720', '50', 7), ...tone(48_000, 7), ...x264('main', 100, 1), ...aac(2)],
    known: {
      ...{ profile: 'Main', size: '1280x720', fps: 50, reorderFrames: 1 },
      ...{ keyframeIntervalSec: 2, gopFrames: 100, ...EVEN },
    },
  },
  {
    name: '640×360, 59.94, High, 2 B-frames, mono 48 kHz',
    args: [...picture('640x360', '60000/1001', 9), ...tone(48_000, 9), ...x264('high', 120, 2), ...aac(1)],
    known: {
      ...{ profile: 'High', fps: 59.94, keyframeIntervalSec: 2.002, gopFrames: 120, ...EVEN },
      ...{ sampleRate: 48_000, channels: 1 },
    },
  },
  {
    name: '322×182, 60, High, keyframe each 3 s, stereo 44.1 kHz',
    args: [...picture('322x182', '60', 10), ...tone(44_100, 10), ...x264('high', 180, 0), ...aac(2)],
    known: {
      ...{ profile: 'High', size: '322x182', fps: 60, keyframeIntervalSec: 3, gopFrames: 180, ...EVEN },
      ...{ sampleRate: 44_100, channels: 2 },
    },
  },
  {
    name: '160×90, 30, keyframe each 10 s',
    args: [...picture('160x90', '30', 25), ...tone(48_000, 25), ...x264('main', 300, 0), ...aac(2)],
    known: { fps: 30, keyframeIntervalSec: 10, keyframeSpreadSec: 0, gopFrames: 300, ...EVEN },
    reason: /^Keyframes come every 10 s/,
  },
  {
    name: '160×90, 30, keyframes now after 1 s, now after 3 s',
    args: [
      ...picture('160x90', '30', 17),
      ...tone(48_000, 17),
      ...x264('main', 600, 0),
      ...['-force_key_frames', '0,1,4,5,8,9,12,13,16'],
      ...aac(2),
    ],
    known: { fps: 30, keyframeIntervalSec: 2, keyframeSpreadSec: 2, ...EVEN },
    reason: /^Keyframes come unevenly/,
  },
  {
    name: '720×576 interlaced, 25, Main',
    args: [
      ...picture('720x576', '25', 6),
      ...tone(48_000, 6),
      ...x264('main', 50, 2),
      ...['-flags', '+ildct+ilme', '-top', '1'],
      ...aac(2),
    ],
    known: { profile: 'Main', size: '720x576', fps: 25, interlaced: true, keyframeIntervalSec: 2, ...EVEN },
    reason: /^The picture is interlaced/,
  },
  {
    name: '320×180, variable frame rate (14 of 30)',
    isVariable: true,
    args: [
      ...picture('320x180', '30', 14),
      ...tone(48_000, 14),
      ...['-vf', "select='not(mod(n,3))+not(mod(n,5))'", '-vsync', 'vfr'],
      ...x264('main', 28, 0),
      ...aac(2),
    ],
    known: { size: '320x180', fps: 14, keyframeIntervalSec: 2, gopFrames: 28, ...EVEN },
  },
  {
    name: '320×180, 30, High 4:2:2, 10 bits',
    args: [
      ...picture('320x180', '30', 6),
      ...tone(48_000, 6),
      ...x264('high422', 60, 2),
      ...['-pix_fmt', 'yuv422p10le'],
      ...aac(2),
    ],
    known: { profile: 'High 4:2:2', chroma: '4:2:2', bitDepth: 10, fps: 30, ...EVEN },
  },
  {
    name: '320×180, 30, 4:4:4 with CAVLC',
    args: [
      ...picture('320x180', '30', 6),
      ...tone(48_000, 6),
      ...x264('high444', 60, 0),
      ...['-pix_fmt', 'yuv444p', '-coder', '0'],
      ...aac(2),
    ],
    known: { profile: 'High 4:4:4 Predictive', chroma: '4:4:4', bitDepth: 8, cabac: false, fps: 30, ...EVEN },
  },
  {
    name: '160×90, 30, without sound',
    args: [...picture('160x90', '30', 6), ...x264('main', 30, 0)],
    known: { ...SMALL, ...EVEN },
    reason: /no sound/,
  },
  {
    name: 'sound alone, stereo 48 kHz',
    args: [...tone(48_000, 6), ...aac(2)],
    known: { audioCodec: 'AAC', audioProfile: 'LC', sampleRate: 48_000, channels: 2, ...EVEN },
    reason: /no picture/,
  },
  {
    name: '160×90, 30, MP3 mono 44.1 kHz',
    args: [
      ...picture('160x90', '30', 6),
      ...tone(44_100, 6),
      ...x264('main', 30, 0),
      ...['-c:a', 'libmp3lame', '-ac', '1', '-b:a', '96k'],
    ],
    known: { ...SMALL, ...EVEN, audioCodec: 'MP3', sampleRate: 44_100, channels: 1 },
  },
  {
    name: '160×90, 30, HE-AAC stereo 48 kHz',
    needs: { ffmpegEncoders: ['libfdk_aac'] },
    args: [
      ...picture('160x90', '30', 6),
      ...tone(48_000, 6),
      ...x264('main', 30, 0),
      // With its default SBR stays unannounced, and nobody can see it in the config.
      ...[
        '-c:a',
        'libfdk_aac',
        '-profile:a',
        'aac_he',
        '-signaling',
        'explicit_sbr',
        '-ac',
        '2',
        '-b:a',
        '64k',
      ],
    ],
    known: { ...SMALL, ...EVEN, audioCodec: 'AAC', audioProfile: 'HE-AAC', sampleRate: 48_000, channels: 2 },
  },
  {
    name: 'HEVC 854×480, 30, and FLAC',
    needs: { packages: ['node-av'], ffmpegEncoders: ['libx265'] },
    isEnhanced: true,
    args: [
      ...picture('854x480', '30', 6),
      ...tone(48_000, 6),
      ...['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-tag:v', 'hvc1'],
      ...['-x265-params', 'keyint=60:min-keyint=60:scenecut=0:bframes=2:open-gop=0:log-level=error:pools=1'],
      ...['-c:a', 'flac', '-ac', '2'],
    ],
    known: {
      ...{ codec: 'HEVC', profile: 'Main', size: '854x480', fps: 30, keyframeIntervalSec: 2, ...EVEN },
      ...{ audioCodec: 'FLAC', sampleRate: 48_000, channels: 2 },
    },
  },
  {
    name: 'VP9 322×182, 25, and Opus',
    needs: { packages: ['node-av'], ffmpegEncoders: ['libvpx-vp9', 'libopus'] },
    isEnhanced: true,
    args: [
      ...picture('322x182', '25', 6),
      ...tone(48_000, 6),
      ...['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-lag-in-frames', '0'],
      ...['-pix_fmt', 'yuv420p', '-g', '50', '-keyint_min', '50', '-c:a', 'libopus', '-ac', '2'],
    ],
    known: {
      ...{ codec: 'VP9', profile: 'Profile 0', size: '322x182', fps: 25, keyframeIntervalSec: 2, ...EVEN },
      ...{ chroma: '4:2:0', bitDepth: 8, audioCodec: 'Opus', sampleRate: 48_000, channels: 2 },
    },
  },
  {
    name: 'AV1 320×180, 30, and E-AC-3',
    needs: { packages: ['node-av'], ffmpegEncoders: ['libsvtav1'] },
    isEnhanced: true,
    args: [
      ...picture('320x180', '30', 6),
      ...tone(48_000, 6),
      ...['-c:v', 'libsvtav1', '-preset', '12', '-g', '60', '-pix_fmt', 'yuv420p'],
      ...['-svtav1-params', 'pred-struct=1:lp=1', '-c:a', 'eac3', '-ac', '2'],
    ],
    known: {
      ...{ codec: 'AV1', profile: 'Main', size: '320x180', fps: 30, ...EVEN },
      ...{ audioCodec: 'E-AC-3', sampleRate: 48_000, channels: 2 },
    },
  },
  ...EDITED_STREAMS,
];
