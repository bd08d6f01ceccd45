/**
 * Reads one chunk's header: basic header, chunk message header, extended timestamp.
 * Spec: Adobe RTMP 1.0 §5.3.1.1 – §5.3.1.3. Big-endian, but the message stream ID is little-endian.
 * Pure: no I/O, no clock, nothing kept.
 * @module
 */
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { u24be, u32be, u32le, u8 } from '../../bytes/read.ts';

/** A 24-bit timestamp field with this value says: the full 32 bits follow (§5.3.1.3). */
export const EXTENDED_TIMESTAMP = 0xff_ffff;
/** Most bytes a header can take: 3 basic, 11 message, 4 extended timestamp. */
export const MAX_HEADER_BYTES = 18;
/** Bytes of chunk message header, by chunk type (§5.3.1.2). */
const MESSAGE_HEADER_BYTES = [11, 7, 3, 0] as const;
const NO_HEADER = {
  timestampField: 0,
  messageLength: 0,
  messageTypeId: 0,
  messageStreamId: 0,
  extended: false,
};

/** One chunk's header. What the chunk leaves out is filled in from the last one on its chunk stream. */
export type ChunkHeader = {
  readonly chunkType: 0 | 1 | 2 | 3;
  /** 2-65599; 2 carries protocol control messages. */
  readonly chunkStreamId: number;
  /** ms, unsigned 32 bits: absolute in type 0, a delta in types 1 and 2, as before in type 3. */
  readonly timestampField: number;
  /** Bytes of the whole message, not of this chunk; not yet held against any limit. */
  readonly messageLength: number;
  readonly messageTypeId: number;
  readonly messageStreamId: number;
  /** Whether `timestampField` came in 32 bits. */
  readonly extended: boolean;
  /** Bytes this header takes; chunk data follows. */
  readonly byteLength: number;
};

/**
 * Reads the header at `start` of `bytes`; undefined means it is not all there yet.
 *
 * @param bytes Received and not yet consumed from `start` on. After undefined, call again with more.
 * @param lastOn The last header read on a chunk stream; undefined if none was.
 * @throws {ProtocolError} `chunk-stream-not-started`: type 2 or 3 on a chunk stream that nothing was read on.
 */
export function readChunkHeader(
  bytes: Uint8Array,
  start: number,
  lastOn: (chunkStreamId: number) => ChunkHeader | undefined,
): ChunkHeader | undefined {
  if (bytes.length - start < 1) return undefined;
  const first = u8(bytes, start);
  const chunkType = (first >> 6) as ChunkHeader['chunkType'];
  const idBits = first & 0x3f;
  const idBytes = idBits === 0 ? 2 : idBits === 1 ? 3 : 1;
  const at = start + idBytes;
  const end = at + MESSAGE_HEADER_BYTES[chunkType];
  if (bytes.length < end) return undefined;
  const chunkStreamId =
    idBytes === 1 ? idBits : 64 + u8(bytes, start + 1) + (idBytes === 3 ? u8(bytes, start + 2) * 256 : 0);

  // librtmp opens chunk stream 2 with type 1 when its first control message is an answer to a ping.
  const last =
    chunkType === 0 ? NO_HEADER : (lastOn(chunkStreamId) ?? (chunkType === 1 ? NO_HEADER : undefined));
  if (last === undefined) {
    throw new ProtocolError('chunk-stream-not-started', `type ${chunkType} chunk first on ${chunkStreamId}`);
  }
  const field = chunkType === 3 ? last.timestampField : u24be(bytes, at);
  const extended = chunkType === 3 ? last.extended : field === EXTENDED_TIMESTAMP;
  // librtmp left the field out of type 3 chunks (obs-studio#10097): it is there only if it repeats.
  const omitted = chunkType === 3 && extended && differs(bytes, end, last.timestampField);
  if (extended && !omitted && bytes.length < end + 4) return undefined;

  return {
    chunkType,
    chunkStreamId,
    timestampField: extended && !omitted ? u32be(bytes, end) : field,
    messageLength: chunkType < 2 ? u24be(bytes, at + 3) : last.messageLength,
    messageTypeId: chunkType < 2 ? u8(bytes, at + 6) : last.messageTypeId,
    messageStreamId: chunkType === 0 ? u32le(bytes, at + 7) : last.messageStreamId,
    extended,
    byteLength: end - start + (extended && !omitted ? 4 : 0),
  };
}

/**
 * Whether the bytes at `at`, as far as they are there, are not those of `value`. The first byte that differs
 * decides, so that a last chunk of fewer than four bytes need not wait for the chunk after it.
 */
function differs(bytes: Uint8Array, at: number, value: number): boolean {
  const count = Math.min(4, bytes.length - at);
  for (let n = 0; n < count; n++) if (u8(bytes, at + n) !== ((value >>> (24 - 8 * n)) & 0xff)) return true;
  return false;
}
