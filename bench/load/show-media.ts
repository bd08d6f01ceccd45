/**
 * A show as an encoder sends it: H.264 1080p60 in FLV bodies with sequence header and a keyframe every two seconds,
 * frames of uneven size, AAC beside it. Headers are real ones; what would be picture is noise, as after entropy
 * coding. Each frame has room for a stamp where a decoder skips it.
 * @module
 */
import { amf } from '../../e2e/harness/amf0.ts';
import { messageType } from '../../src-main/rtmp/message/message-type.ts';
import { stampOffset } from './stamp.ts';

/** Frames per second. */
export const VIDEO_RATE = 60;
/** Frames from keyframe to keyframe: two seconds, as platforms ask for. */
const GOP_FRAMES = 2 * VIDEO_RATE;
/** A keyframe against the mean of the others, as x264 makes them at constant bitrate. */
const KEYFRAME_TIMES = 8;
const AUDIO_KBPS = 128;
const AUDIO_HZ = 48_000;
/** Samples in an AAC frame. */
const AUDIO_FRAME = 1024;

/** avcC of x264: High, level 4.2, 1920x1080 at 60 fps. */
const AVC_CONFIG =
  '0164002affe100256764002aacb403c0113f2e0220000003002000000f0c4c0005b8d8000b71bc98500f1832a001000468ef3cb0fdf8f800';
/** AAC-LC, 48 kHz, stereo. */
const AAC_CONFIG = '1190';
/** SEI of type 5, user data unregistered: a UUID of our own, the stamp, stop bit. */
const SEI_BYTES = 3 + 16 + 15 + 1;

/** A message before it has its time. */
export type Frame = { readonly typeId: number; readonly payload: Uint8Array };

/** All that a show sends. */
export type ShowMedia = {
  /** Metadata and sequence headers, sent once. */
  readonly headers: readonly Frame[];
  /** One GOP; its payloads are stamped in place before each sending. */
  readonly gop: readonly Frame[];
  readonly audio: Frame;
};

/** When frame `index` of a type is due, ms from the beginning. */
export function dueMs(typeId: number, index: number): number {
  return typeId === messageType.video ? (index * 1000) / VIDEO_RATE : (index * AUDIO_FRAME * 1000) / AUDIO_HZ;
}

/** Makes a show of this many kbit/s of video; the same one every time. */
export function makeShow(videoKbps: number): ShowMedia {
  const noise = noiseFrom(1);
  const weights = Array.from({ length: GOP_FRAMES }, (_, n) =>
    n === 0 ? KEYFRAME_TIMES : 0.6 + (0.8 * noise()) / 256,
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const gopBytes = (videoKbps * 1000 * GOP_FRAMES) / VIDEO_RATE / 8;
  return {
    headers: [
      { typeId: messageType.dataAmf0, payload: metadata(videoKbps) },
      { typeId: messageType.video, payload: fromHex(`1700000000${AVC_CONFIG}`) },
      { typeId: messageType.audio, payload: fromHex(`af00${AAC_CONFIG}`) },
    ],
    gop: weights.map((weight, n) => videoFrame(n === 0, Math.round((gopBytes * weight) / total), noise)),
    audio: audioFrame(noise),
  };
}

function videoFrame(isKeyframe: boolean, size: number, noise: () => number): Frame {
  const payload = new Uint8Array(size);
  const view = new DataView(payload.buffer);
  payload.set([isKeyframe ? 0x17 : 0x27, 1, 0, 0, 0]);
  view.setUint32(5, SEI_BYTES);
  payload.set([0x06, 0x05, SEI_BYTES - 4], 9);
  payload.fill(0xa5, 12, 28);
  const slice = 9 + SEI_BYTES;
  payload[slice - 1] = 0x80;
  view.setUint32(slice, size - slice - 4);
  // first_mb 0, slice type 7 (all I) or 5 (all P), parameter set 0.
  payload.set(isKeyframe ? [0x65, 0x88] : [0x41, 0x9a], slice + 4);
  for (let at = slice + 6; at < size; at++) payload[at] = noise() | 1;
  return { typeId: messageType.video, payload };
}

function audioFrame(noise: () => number): Frame {
  const size = Math.round((AUDIO_KBPS * 1000 * AUDIO_FRAME) / AUDIO_HZ / 8);
  const payload = new Uint8Array(2 + size);
  const at = stampOffset(messageType.audio) ?? 0;
  // A data stream element, byte-aligned, that counts 255 bytes: decoders skip it.
  payload.set([0xaf, 1, 0x81, 0xff]);
  for (let n = at; n < payload.length; n++) payload[n] = noise() | 1;
  return { typeId: messageType.audio, payload };
}

function metadata(videoKbps: number): Uint8Array {
  const values = {
    ...{ width: 1920, height: 1080, framerate: VIDEO_RATE, videocodecid: 7, videodatarate: videoKbps },
    ...{ audiocodecid: 10, audiodatarate: AUDIO_KBPS, audiosamplerate: AUDIO_HZ, stereo: true },
  };
  return Buffer.concat([amf('@setDataFrame'), amf('onMetaData'), amf(values)]);
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

/** Bytes of a linear congruential generator (Numerical Recipes): the same noise in every run. */
function noiseFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
}
