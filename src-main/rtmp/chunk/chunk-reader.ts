/**
 * Chunks to messages: interleaved chunk streams, chunk size changes, aborts (§5.3, §5.4.1, §5.4.2).
 * A payload is copied once, from the received bytes into its message.
 * @module
 */
import { joinBytes } from '../../bytes/join.ts';
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { ByteWriter } from '../../bytes/write.ts';
import {
  HALF_READ_MESSAGES,
  MAX_CHUNK_SIZE,
  MAX_CHUNK_STREAMS,
  MAX_HALF_READ_BYTES,
  MAX_HELD_BYTES,
} from '../limits.ts';
import { messageType, type RtmpMessage } from '../message/message-type.ts';
import { readChunkSize, readControlNumber } from '../message/protocol-control.ts';
import { addTimestamp } from '../timestamp.ts';
import { MAX_HEADER_BYTES, readChunkHeader, type ChunkHeader } from './chunk-header.ts';

/** Chunk size before any Set Chunk Size (§5.4.1). */
const DEFAULT_CHUNK_SIZE = 128;
const NO_BYTES = new Uint8Array(0);

/** What is known of one chunk stream. */
type ChunkStream = {
  header: ChunkHeader;
  /** Timestamp of the newest message, and the delta that a type 3 chunk adds (§5.3.1.2.4). */
  timestamp: number;
  delta: number;
  /** The half-read message; undefined between messages. */
  payload: Uint8Array | undefined;
  filled: number;
};

/**
 * Reads messages from a connection's bytes: `push` what was received, take messages with `next` until it gives
 * undefined, or stop before and `keep` the rest. Set Chunk Size and Abort take effect inside, since they govern the
 * next chunk; Set Chunk Size is not handed on, Abort neither.
 */
export class ChunkReader {
  /** Messages above this end the connection; raised once the peer may publish. */
  maxMessageBytes: number;
  #chunkSize = DEFAULT_CHUNK_SIZE;
  readonly #streams = new Map<number, ChunkStream>();
  #input: Uint8Array = NO_BYTES;
  #at = 0;
  /** Holds `#input` when bytes came while older ones had not been read; grows in place of a copy per push. */
  #held: ByteWriter | undefined;
  /** The start of a header that was cut off; empty otherwise. */
  #carry: Uint8Array = NO_BYTES;
  /** The chunk stream whose chunk data comes next, and how many bytes of it. */
  #current: ChunkStream | undefined;
  /** The chunk stream of the newest chunk. */
  #last: ChunkStream | undefined;
  #chunkLeft = 0;
  #halfRead = 0;
  readonly #lastOn = (chunkStreamId: number): ChunkHeader | undefined =>
    this.#streams.get(chunkStreamId)?.header;

  constructor(maxMessageBytes: number) {
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Bytes reserved for messages that are not whole yet. */
  get halfReadBytes(): number {
    return this.#halfRead;
  }

  /**
   * Lends received bytes: until `next` has given undefined, or `keep` has been called.
   * @throws {ProtocolError} `too-many-held-bytes`: the peer goes on sending while nobody reads.
   */
  push(bytes: Uint8Array): void {
    const left = this.#input.length - this.#at;
    if (left === 0) {
      this.#useInput(bytes);
      return;
    }
    if (left + bytes.length > MAX_HELD_BYTES) {
      throw new ProtocolError(
        'too-many-held-bytes',
        `over ${MAX_HELD_BYTES} bytes came before an answer was given`,
      );
    }
    if (this.#held === undefined || this.#at > 0) {
      this.#held = new ByteWriter(left + bytes.length).bytes(this.#input.subarray(this.#at));
      this.#at = 0;
    }
    this.#input = this.#held.bytes(bytes).toBytes();
  }

  /** Copies what was lent and has not been read. */
  keep(): void {
    if (this.#held !== undefined || this.#at === this.#input.length) return;
    this.#useInput(this.#input.slice(this.#at));
  }

  /**
   * The next whole message, or undefined: push more.
   * @throws {ProtocolError} The connection cannot be read any further.
   */
  next(): RtmpMessage | undefined {
    for (;;) {
      const stream = this.#current ?? this.#startChunk();
      if (stream === undefined || !this.#readChunkData(stream)) return undefined;
      this.#current = undefined;
      if (stream.payload === undefined || stream.filled < stream.header.messageLength) continue;
      const message: RtmpMessage = {
        typeId: stream.header.messageTypeId,
        timestamp: stream.timestamp,
        streamId: stream.header.messageStreamId,
        payload: stream.payload,
      };
      this.#forget(stream);
      if (message.typeId === messageType.setChunkSize) {
        this.#chunkSize = Math.min(readChunkSize(message.payload), MAX_CHUNK_SIZE);
      } else if (message.typeId === messageType.abort) {
        const aborted = this.#streams.get(readControlNumber(message.payload));
        if (aborted !== undefined) this.#forget(aborted);
      } else {
        return message;
      }
    }
  }

  /** Reads a header and prepares for its chunk's data; undefined when bytes are missing. */
  #startChunk(): ChunkStream | undefined {
    if (this.#goesOn()) return this.#current;
    const header = this.#readHeader();
    if (header === undefined) return undefined;
    const stream = this.#streamOf(header);
    const starts = stream.payload === undefined || header.chunkType !== 3;
    if (starts) {
      // A new header in mid-message: the sender has given the old message up (§5.4.2 without the Abort).
      this.#forget(stream);
      this.#reserve(stream, header);
    }
    stream.header = header;
    this.#expectData(stream);
    return stream;
  }

  /**
   * Takes the one byte that says that the chunk before goes on, as three of four of an encoder's chunks do: what it
   * leaves out is all known, and no header is made of it.
   */
  #goesOn(): boolean {
    const stream = this.#last;
    if (stream?.payload === undefined || stream.header.extended || this.#carry.length > 0) return false;
    const { chunkStreamId } = stream.header;
    // §5.3.1.1: type 3 and a chunk stream ID of one byte.
    if (chunkStreamId > 63 || this.#input[this.#at] !== (0xc0 | chunkStreamId)) return false;
    this.#at++;
    this.#expectData(stream);
    return true;
  }

  #expectData(stream: ChunkStream): void {
    this.#chunkLeft = Math.min(this.#chunkSize, stream.header.messageLength - stream.filled);
    this.#current = stream;
    this.#last = stream;
  }

  #readHeader(): ChunkHeader | undefined {
    if (this.#carry.length === 0) {
      if (this.#at === this.#input.length) return undefined;
      const header = readChunkHeader(this.#input, this.#at, this.#lastOn);
      if (header === undefined) {
        this.#carry = this.#input.slice(this.#at);
        this.#useInput(NO_BYTES);
      } else this.#at += header.byteLength;
      return header;
    }
    // Only as much is joined as a header can take, so that a cut header never costs a copy of the whole input.
    const piece = this.#input.subarray(this.#at, this.#at + MAX_HEADER_BYTES);
    const joined = joinBytes([this.#carry, piece]);
    const header = readChunkHeader(joined, 0, this.#lastOn);
    if (header === undefined) {
      this.#carry = joined;
      this.#useInput(NO_BYTES);
      return undefined;
    }
    const unread = this.#carry.subarray(header.byteLength);
    // A header that turns out to leave its extended timestamp out is shorter than what was kept of it.
    if (unread.length > 0) this.#useInput(joinBytes([unread, this.#input.subarray(this.#at)]));
    else this.#at += header.byteLength - this.#carry.length;
    this.#carry = NO_BYTES;
    return header;
  }

  #useInput(bytes: Uint8Array): void {
    this.#input = bytes;
    this.#at = 0;
    this.#held = undefined;
  }

  #streamOf(header: ChunkHeader): ChunkStream {
    const known = this.#streams.get(header.chunkStreamId);
    if (known !== undefined) return known;
    if (this.#streams.size >= MAX_CHUNK_STREAMS) {
      throw new ProtocolError('too-many-chunk-streams', `more than ${MAX_CHUNK_STREAMS} chunk streams`);
    }
    const stream: ChunkStream = { header, timestamp: 0, delta: 0, payload: undefined, filled: 0 };
    this.#streams.set(header.chunkStreamId, stream);
    return stream;
  }

  /** Starts a message: its time, and room for its payload once the limits have been met. */
  #reserve(stream: ChunkStream, header: ChunkHeader): void {
    if (header.chunkType === 0) stream.timestamp = header.timestampField;
    if (header.chunkType !== 3) stream.delta = header.timestampField;
    if (header.chunkType !== 0) stream.timestamp = addTimestamp(stream.timestamp, stream.delta);
    const length = header.messageLength;
    if (length > this.maxMessageBytes) {
      throw new ProtocolError(
        'message-too-long',
        `message of ${length} bytes, at most ${this.maxMessageBytes} here`,
      );
    }
    // Who may send only small messages may have only few of them half read.
    const most = Math.min(MAX_HALF_READ_BYTES, HALF_READ_MESSAGES * this.maxMessageBytes);
    if (this.#halfRead + length > most) {
      throw new ProtocolError('too-many-half-read-bytes', `over ${most} bytes in unfinished messages`);
    }
    this.#halfRead += length;
    stream.payload = length === 0 ? NO_BYTES : new Uint8Array(length);
    stream.filled = 0;
  }

  /** Copies chunk data; false when the chunk is not all there. */
  #readChunkData(stream: ChunkStream): boolean {
    const count = Math.min(this.#chunkLeft, this.#input.length - this.#at);
    if (count > 0) {
      stream.payload?.set(this.#input.subarray(this.#at, this.#at + count), stream.filled);
      stream.filled += count;
      this.#at += count;
      this.#chunkLeft -= count;
    }
    if (this.#chunkLeft > 0) this.#useInput(NO_BYTES);
    return this.#chunkLeft === 0;
  }

  #forget(stream: ChunkStream): void {
    if (stream.payload !== undefined) this.#halfRead -= stream.payload.length;
    stream.payload = undefined;
    stream.filled = 0;
  }
}
