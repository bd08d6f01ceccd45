/**
 * Protocol control messages (§5.4): chunk stream 2, message stream 0. Bodies only; the chunk layer adds headers.
 * @module
 */
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { u32be } from '../../bytes/read.ts';
import { putU32be } from '../../bytes/write.ts';

/** Chunk stream for protocol and user control (§5.4). */
export const CONTROL_CHUNK_STREAM_ID = 2;

/** Peer bandwidth limit types (§5.4.5). */
export const limitType = { hard: 0, soft: 1, dynamic: 2 } as const;

/** A body of one 32-bit number: Set Chunk Size, Abort, Acknowledgement, Window Acknowledgement Size. */
export function writeControlNumber(value: number): Uint8Array {
  const body = new Uint8Array(4);
  putU32be(body, 0, value);
  return body;
}

/**
 * Reads the first 32-bit number of a control body; what follows it is ignored, as servers do.
 * @throws {ProtocolError} `control-too-short`
 */
export function readControlNumber(body: Uint8Array): number {
  if (body.length < 4)
    throw new ProtocolError('control-too-short', `control message of ${body.length} bytes`);
  return u32be(body, 0);
}

/**
 * Reads Set Chunk Size (§5.4.1): 1 to 0x7fffffff, the top bit is zero.
 * @throws {ProtocolError} `bad-chunk-size`
 */
export function readChunkSize(body: Uint8Array): number {
  const size = readControlNumber(body);
  if (size < 1 || size > 0x7fff_ffff) throw new ProtocolError('bad-chunk-size', `chunk size ${size}`);
  return size;
}

/** Set Peer Bandwidth (§5.4.5): window in bytes and limit type. */
export function writePeerBandwidth(windowBytes: number, limit: number): Uint8Array {
  const body = new Uint8Array(5);
  putU32be(body, 0, windowBytes);
  body[4] = limit;
  return body;
}
