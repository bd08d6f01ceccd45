/**
 * Small media messages, for tests: bodies as H.264 and AAC encoders send them.
 * @module
 */
import { encodeAmf0 } from '../../amf/amf0-write.ts';
import { ecmaArray } from '../../amf/amf-value.ts';
import { classifyMedia } from '../../flv/classify.ts';
import type { MediaMessage } from '../media-message.ts';

/** A body of at least 6 bytes; `mark` is its last byte, so that a test can tell which it is. */
function body(start: readonly number[], bytes: number, mark: number): Uint8Array {
  const payload = new Uint8Array(Math.max(bytes, start.length + 1));
  payload.set(start);
  payload[payload.length - 1] = mark;
  return payload;
}

/** A legacy AVC keyframe of `bytes` bytes. */
export const keyframe = (bytes = 20, mark = 0): Uint8Array => body([0x17, 1, 0, 0, 0], bytes, mark);
/** A legacy AVC inter frame. */
export const inter = (bytes = 10, mark = 0): Uint8Array => body([0x27, 1, 0, 0, 0], bytes, mark);
/** An AVC sequence header; what stands behind its first five bytes is no real config. */
export const avcHeader = (mark = 0): Uint8Array => body([0x17, 0, 0, 0, 0], 8, mark);
/** An HEVC sequence header with an enhanced header; what stands behind its FourCC is no real config. */
export const hevcHeader = (): Uint8Array => body([0x90, 0x68, 0x76, 0x63, 0x31], 8, 0);
/** A raw AAC frame. */
export const audio = (bytes = 6, mark = 0): Uint8Array => body([0xaf, 1], bytes, mark);
/** AAC's sequence header for 48 kHz stereo. */
export const aacHeader = (): Uint8Array => Uint8Array.of(0xaf, 0, 0x11, 0x90);
/** `onMetaData`, wrapped as publishers send it. */
export const metadata = (values: Readonly<Record<string, number | string>> = { width: 1920 }): Uint8Array =>
  encodeAmf0('@setDataFrame', 'onMetaData', ecmaArray(values));

/** A payload as a message of the hub. */
export function message(typeId: number, timeMs: number, payload: Uint8Array): MediaMessage {
  return { typeId, timeMs, payload, media: classifyMedia(typeId, payload), wire: undefined };
}
