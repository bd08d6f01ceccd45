/**
 * Messages to chunks (§5.3): a type 0 header first, type 3 for the rest, so that the same bytes serve every reader
 * whatever it was sent before.
 * @module
 */
import { joinBytes } from '../../bytes/join.ts';
import { putU24be, putU32be, putU32le } from '../../bytes/write.ts';
import type { RtmpMessage } from '../message/message-type.ts';
import { EXTENDED_TIMESTAMP } from './chunk-header.ts';

/** What the 24-bit message length can tell (§5.3.1.2.1). */
const MAX_PAYLOAD_BYTES = 0xff_ffff;
/** Headers of some seconds of one stream. */
const HEADERS_BYTES = 8 * 1024;

/**
 * What headers are cut from, each part once: V8 keeps small arrays in its heap, where the system cannot read them, and
 * would have to make a buffer for each when it is sent.
 */
let headers = new Uint8Array(0);
let headersUsed = 0;

function headerOf(length: number): Uint8Array {
  if (headersUsed + length > headers.length) {
    headers = new Uint8Array(HEADERS_BYTES);
    headersUsed = 0;
  }
  headersUsed += length;
  return headers.subarray(headersUsed - length, headersUsed);
}

/**
 * The pieces to send, in order. Payload pieces are views into the message, not copies.
 * @throws {RangeError} A payload that the 24-bit length cannot tell.
 * @param chunkStreamId 2-63: one byte on the wire, and all that we send with.
 * @param chunkSize Bytes of payload per chunk: what the last Set Chunk Size that we sent says.
 */
export function writeChunks(message: RtmpMessage, chunkStreamId: number, chunkSize: number): Uint8Array[] {
  const { payload, timestamp } = message;
  if (payload.length > MAX_PAYLOAD_BYTES) throw new RangeError(`message of ${payload.length} bytes`);
  const extended = timestamp >= EXTENDED_TIMESTAMP;
  const first = headerOf(extended ? 16 : 12);
  first[0] = chunkStreamId;
  putU24be(first, 1, extended ? EXTENDED_TIMESTAMP : timestamp);
  putU24be(first, 4, payload.length);
  first[7] = message.typeId;
  putU32le(first, 8, message.streamId);
  if (extended) putU32be(first, 12, timestamp);
  if (payload.length <= chunkSize) return payload.length === 0 ? [first] : [first, payload];

  const next = headerOf(extended ? 5 : 1);
  next[0] = 0xc0 | chunkStreamId;
  if (extended) putU32be(next, 1, timestamp);
  const pieces: Uint8Array[] = [first, payload.subarray(0, chunkSize)];
  for (let at = chunkSize; at < payload.length; at += chunkSize) {
    pieces.push(next, payload.subarray(at, at + chunkSize));
  }
  return pieces;
}

/** As {@link writeChunks}, in one piece: for small messages. */
export function writeJoinedChunks(
  message: RtmpMessage,
  chunkStreamId: number,
  chunkSize: number,
): Uint8Array {
  return joinBytes(writeChunks(message, chunkStreamId, chunkSize));
}
