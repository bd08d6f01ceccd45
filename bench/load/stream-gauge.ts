/**
 * Listens in on one direction of an RTMP connection: reads chunk headers and the first bytes of each message, skips
 * the rest. A receiver must cost little beside the server that is measured.
 * @module
 */
import { joinBytes } from '../../src-main/bytes/join.ts';
import { u32be } from '../../src-main/bytes/read.ts';
import { readChunkHeader, type ChunkHeader } from '../../src-main/rtmp/chunk/chunk-header.ts';
import { messageType } from '../../src-main/rtmp/message/message-type.ts';
import { STAMPED_HEAD_BYTES } from './stamp.ts';

/** C0, C1 and C2, or S0, S1 and S2. */
const HANDSHAKE_BYTES = 1 + 2 * 1536;
const DEFAULT_CHUNK_SIZE = 128;
const NO_BYTES = new Uint8Array(0);

/** A whole message, by its type, length and first bytes; the bytes are only lent. */
export type GaugedMessage = { readonly typeId: number; readonly length: number; readonly head: Uint8Array };

type ChunkStream = { header: ChunkHeader; filled: number; head: Uint8Array };

/** One per connection and direction; `push` all that came, from the first byte. */
export class StreamGauge {
  readonly #onMessage: (message: GaugedMessage) => void;
  #skip = HANDSHAKE_BYTES;
  #chunkSize = DEFAULT_CHUNK_SIZE;
  #carry: Uint8Array = NO_BYTES;
  readonly #streams = new Map<number, ChunkStream>();
  #current: ChunkStream | undefined;
  #chunkLeft = 0;
  readonly #lastOn = (id: number): ChunkHeader | undefined => this.#streams.get(id)?.header;

  constructor(onMessage: (message: GaugedMessage) => void) {
    this.#onMessage = onMessage;
  }

  push(received: Uint8Array): void {
    let at = Math.min(this.#skip, received.length);
    this.#skip -= at;
    const bytes = this.#carry.length === 0 ? received : joinBytes([this.#carry, received.subarray(at)]);
    if (this.#carry.length > 0) at = 0;
    this.#carry = NO_BYTES;
    while (at < bytes.length) {
      if (this.#current === undefined) {
        const header = readChunkHeader(bytes, at, this.#lastOn);
        if (header === undefined) {
          this.#carry = bytes.slice(at);
          return;
        }
        at += header.byteLength;
        this.#begin(header);
      }
      at += this.#take(bytes, at);
    }
  }

  #begin(header: ChunkHeader): void {
    let stream = this.#streams.get(header.chunkStreamId);
    if (stream === undefined) {
      stream = { header, filled: 0, head: new Uint8Array(STAMPED_HEAD_BYTES) };
      this.#streams.set(header.chunkStreamId, stream);
    }
    stream.header = header;
    this.#chunkLeft = Math.min(this.#chunkSize, header.messageLength - stream.filled);
    this.#current = stream;
    if (header.messageLength === 0) this.#end(stream);
  }

  /** Takes chunk data; gives how many bytes of it there were. */
  #take(bytes: Uint8Array, at: number): number {
    const stream = this.#current;
    if (stream === undefined) return 0;
    const count = Math.min(this.#chunkLeft, bytes.length - at);
    const wanted = Math.min(count, stream.head.length - stream.filled);
    for (let n = 0; n < wanted; n++) stream.head[stream.filled + n] = bytes[at + n] ?? 0;
    stream.filled += count;
    this.#chunkLeft -= count;
    if (this.#chunkLeft === 0) this.#end(stream);
    return count;
  }

  #end(stream: ChunkStream): void {
    this.#current = undefined;
    const { messageLength: length, messageTypeId: typeId } = stream.header;
    if (stream.filled < length) return;
    stream.filled = 0;
    const head = stream.head.subarray(0, Math.min(length, stream.head.length));
    if (typeId === messageType.setChunkSize) this.#chunkSize = u32be(head, 0);
    else this.#onMessage({ typeId, length, head });
  }
}
