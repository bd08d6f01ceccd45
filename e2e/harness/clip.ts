/**
 * Clips to publish: encoded once, kept in the system's temporary folder, so that pushing 1080p60 costs no more
 * than reading a file.
 * @module
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stage } from './stage.ts';
import { tool } from './tools.ts';

/** What a clip holds. */
export type ClipFormat = {
  /** `1920x1080`. */
  readonly size: string;
  /** Frames per second. */
  readonly rate: number;
  /** Video, 1000 bit/s. */
  readonly kbps: number;
};

/** Seconds of each clip: whole 2 s GOPs and whole AAC frames (375), so that a loop of it has no seam. */
export const CLIP_SECONDS = 8;
/** Seconds from one keyframe to the next. */
export const GOP_SECONDS = 2;
const AAC_FRAMES = 375;

/** The encoder: 1080p60 H.264/AAC at 6 Mbit/s. */
export const FULL_HD: ClipFormat = { size: '1920x1080', rate: 60, kbps: 6000 };
/** Cheap enough to play beside a browser that decodes it. */
export const SMALL: ClipFormat = { size: '640x360', rate: 30, kbps: 800 };

/** Path of a clip as FLV (H.264 High, AAC 48 kHz stereo); made when it is not there yet. */
export async function clip(stage: Stage, format: ClipFormat): Promise<string> {
  const folder = join(tmpdir(), 'relaydeck-clips');
  const path = join(folder, `v1-${format.size}-${format.rate}-${format.kbps}.flv`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const work = stage.folder('clip');
  await ffmpeg(stage, [...picture(format), join(work, 'video.mp4')]);
  // Of three lengths of tone the middle one is kept: an encoder's first and last frames fade in and out.
  const tone = `sine=frequency=440:sample_rate=48000:duration=${3 * CLIP_SECONDS},aformat=channel_layouts=stereo`;
  await ffmpeg(stage, ['-f', 'lavfi', '-i', tone, '-c:a', 'aac', '-b:a', '160k', join(work, 'tone.aac')]);
  const middle = ['-ss', `${CLIP_SECONDS - 0.01}`, '-c', 'copy', '-frames:a', `${AAC_FRAMES}`];
  await ffmpeg(stage, ['-i', join(work, 'tone.aac'), ...middle, join(work, 'loop.aac')]);
  const mux = ['-map', '0:v', '-map', '1:a', '-c', 'copy', '-bsf:a', 'aac_adtstoasc'];
  const made = join(folder, `${process.pid}.flv`);
  await ffmpeg(stage, ['-i', join(work, 'video.mp4'), '-i', join(work, 'loop.aac'), ...mux, made]);
  renameSync(made, path);
  rmSync(work, { recursive: true, force: true });
  return path;
}

function picture({ size, rate, kbps }: ClipFormat): string[] {
  // The noise makes every frame its own and spends the bits: a still test card would not reach the rate.
  const source = `testsrc2=s=${size}:r=${rate}:d=${CLIP_SECONDS},noise=alls=20:allf=t,format=yuv420p`;
  const gop = `${GOP_SECONDS * rate}`;
  const rates = ['-b:v', `${kbps}k`, '-maxrate', `${kbps}k`, '-bufsize', `${kbps}k`];
  const speed = ['-preset', 'superfast', '-profile:v', 'high', '-bf', '0'];
  return [
    '-f',
    'lavfi',
    '-i',
    source,
    '-c:v',
    'libx264',
    ...speed,
    ...rates,
    '-g',
    gop,
    '-keyint_min',
    gop,
    '-sc_threshold',
    '0',
  ];
}

async function ffmpeg(stage: Stage, args: readonly string[]): Promise<void> {
  const quiet = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'];
  const child = await stage.run('ffmpeg-clip', tool('ffmpeg'), [...quiet, ...args], 120_000);
  if (child.exit?.code !== 0) throw new Error(`ffmpeg could not make the clip:\n${child.tail()}`);
}
