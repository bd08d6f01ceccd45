/**
 * Reads the loop out of the FLV file that FFmpeg made.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import type { SlateFrame, SlateLoop } from '../filler/slate-loop.ts';
import { FlvTagReader } from '../flv/flv-tags.ts';
import { readVideoBody } from '../flv/video-body.ts';
import { FfmpegError } from './ffmpeg-error.ts';
import { loopFrames } from './slate-arguments.ts';
import type { FrameRate } from './slate-arguments.ts';

const VIDEO = 9;
/** FLV files from FFmpeg may say 24 bits of size; no frame of a slate is near it. */
const MAX_TAG_BYTES = 8 * 1024 * 1024;

/**
 * The loop: its times are counted anew from the frame rate, as those in the file are rounded.
 *
 * @param file The whole file.
 * @throws {FfmpegError} It is not a loop of as many frames as that, with one keyframe at its start and none reordered.
 */
export function readSlate(file: Uint8Array, rate: FrameRate): SlateLoop {
  try {
    return readLoop(file, rate);
  } catch (cause) {
    if (cause instanceof ProtocolError) throw unfit(cause);
    throw cause;
  }
}

function readLoop(file: Uint8Array, { num, den }: FrameRate): SlateLoop {
  let header: Uint8Array | undefined;
  const frames: SlateFrame[] = [];
  for (const payload of videoPayloads(file)) {
    const body = readVideoBody(payload);
    if (body.type !== 'media') continue;
    if (body.kind === 'sequence-start') header ??= payload;
    if (body.kind !== 'coded-frames') continue;
    if (body.isKeyframe !== (frames.length === 0) || body.tracks[0]?.compositionTimeMs !== 0) throw unfit();
    frames.push({ payload, timeMs: Math.round((frames.length * 1000 * den) / num) });
  }
  if (header === undefined || frames.length !== loopFrames({ num, den })) throw unfit();
  return { header, frames, durationMs: (frames.length * 1000 * den) / num };
}

function* videoPayloads(file: Uint8Array): Generator<Uint8Array> {
  const reader = new FlvTagReader({ maxTagBytes: MAX_TAG_BYTES });
  reader.push(file);
  for (let tag = reader.next(); tag !== undefined; tag = reader.next()) {
    if (tag.typeId === VIDEO) yield tag.payload;
  }
}

function unfit(cause?: ProtocolError): FfmpegError {
  const words =
    'FFmpeg made a video that cannot be looped. Choose another FFmpeg in the settings, version 6.1 or later.';
  return new FfmpegError(words, { cause });
}
