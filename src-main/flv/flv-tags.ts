/**
 * FLV files: header and tags, written and read. Spec: FLV 10.1 annex E.2 – E.4.1. Big-endian.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { u24be, u32be, u8 } from '../bytes/read.ts';
import { putU24be, putU32be } from '../bytes/write.ts';

const FILE_HEADER_BYTES = 9;
const TAG_HEADER_BYTES = 11;
const PREVIOUS_TAG_SIZE_BYTES = 4;
const HAS_VIDEO = 1;
const HAS_AUDIO = 4;
/** A tag's size has 24 bits. */
export const MAX_FLV_TAG_BYTES = 0xff_ffff;
/** Version 1 has a header of 9 bytes; a longer one is skipped, but nobody has use for more than this. */
const MAX_FILE_HEADER_BYTES = 1024;
const ENCRYPTED = 0x20;

/** One tag: a message without its stream. */
export type FlvTag = {
  /** As in RTMP: 8 audio, 9 video, 18 script data. */
  readonly typeId: number;
  /** ms, unsigned 32 bits. */
  readonly timestampMs: number;
  /** The tag's own copy. */
  readonly payload: Uint8Array;
};

/** The 13 bytes that a file begins with: file header and the size of no previous tag. */
export function flvFileHeader({ hasAudio = true, hasVideo = true } = {}): Uint8Array {
  const flags = (hasAudio ? HAS_AUDIO : 0) | (hasVideo ? HAS_VIDEO : 0);
  return Uint8Array.of(0x46, 0x4c, 0x56, 1, flags, 0, 0, 0, FILE_HEADER_BYTES, 0, 0, 0, 0);
}

/**
 * One tag and its size behind it.
 *
 * @param timestampMs ms; higher bits than 32 are cut off.
 * @throws {RangeError} A payload over 24 bits of length.
 */
export function flvTag(typeId: number, timestampMs: number, payload: Uint8Array): Uint8Array {
  if (payload.length > MAX_FLV_TAG_BYTES) throw new RangeError(`FLV tag of ${payload.length} bytes`);
  const tagBytes = TAG_HEADER_BYTES + payload.length;
  const tag = new Uint8Array(tagBytes + PREVIOUS_TAG_SIZE_BYTES);
  tag[0] = typeId;
  putU24be(tag, 1, payload.length);
  putU24be(tag, 4, timestampMs);
  // The upper byte of the time follows the lower three; the stream ID after it is always 0.
  tag[7] = timestampMs >>> 24;
  tag.set(payload, TAG_HEADER_BYTES);
  putU32be(tag, tagBytes, tagBytes);
  return tag;
}

/** Reads a file in pieces of any size: `push` bytes, then take `next` until it gives undefined. */
export class FlvTagReader {
  readonly #maxTagBytes: number;
  #bytes = new Uint8Array(0);
  #start = 0;
  #end = 0;
  #headerRead = false;

  /** @param options `maxTagBytes`: largest payload to take; larger ones throw before they are waited for. */
  constructor({ maxTagBytes = MAX_FLV_TAG_BYTES } = {}) {
    this.#maxTagBytes = maxTagBytes;
  }

  /** Adds the file's next bytes; they are copied. */
  push(bytes: Uint8Array): void {
    const held = this.#end - this.#start;
    if (this.#end + bytes.length > this.#bytes.length) {
      const room = held + bytes.length;
      const target = room * 2 > this.#bytes.length ? new Uint8Array(room * 2) : this.#bytes;
      target.set(this.#bytes.subarray(this.#start, this.#end));
      this.#bytes = target;
      this.#start = 0;
      this.#end = held;
    }
    this.#bytes.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /**
   * The next whole tag; undefined when more bytes are needed for it. Sizes of previous tags are not checked:
   * many files have them wrong, and nothing here depends on them.
   *
   * @throws {ProtocolError} `flv-not-flv`, `flv-bad-header`, `flv-tag-too-large`, `flv-encrypted`. The reader
   *   is of no more use then.
   */
  next(): FlvTag | undefined {
    if (!this.#headerRead && !this.#readFileHeader()) return undefined;
    const held = this.#bytes.subarray(this.#start, this.#end);
    if (held.length < TAG_HEADER_BYTES) return undefined;
    const flags = u8(held, 0);
    const size = u24be(held, 1);
    if ((flags & ENCRYPTED) !== 0) throw new ProtocolError('flv-encrypted', 'encrypted FLV tag');
    if (size > this.#maxTagBytes) {
      throw new ProtocolError('flv-tag-too-large', `FLV tag of ${size} bytes, at most ${this.#maxTagBytes}`);
    }
    const tagBytes = TAG_HEADER_BYTES + size;
    if (held.length < tagBytes + PREVIOUS_TAG_SIZE_BYTES) return undefined;
    this.#start += tagBytes + PREVIOUS_TAG_SIZE_BYTES;
    return {
      typeId: flags & 0x1f,
      timestampMs: ((u8(held, 7) << 24) | u24be(held, 4)) >>> 0,
      payload: held.slice(TAG_HEADER_BYTES, tagBytes),
    };
  }

  #readFileHeader(): boolean {
    const held = this.#bytes.subarray(this.#start, this.#end);
    const isFlv = [0x46, 0x4c, 0x56].every((byte, at) => at >= held.length || held[at] === byte);
    if (!isFlv) throw new ProtocolError('flv-not-flv', 'does not begin with "FLV"');
    if (held.length < FILE_HEADER_BYTES) return false;
    const headerBytes = u32be(held, 5);
    if (headerBytes < FILE_HEADER_BYTES || headerBytes > MAX_FILE_HEADER_BYTES) {
      throw new ProtocolError('flv-bad-header', `FLV header of ${headerBytes} bytes`);
    }
    if (held.length < headerBytes + PREVIOUS_TAG_SIZE_BYTES) return false;
    this.#start += headerBytes + PREVIOUS_TAG_SIZE_BYTES;
    this.#headerRead = true;
    return true;
  }
}
