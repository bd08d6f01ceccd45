/**
 * An RTMP client whose every step a test decides, also the wrong ones.
 * @module
 */
import type { Socket } from 'node:net';
import { amf, readAmf, type Amf } from './amf0.ts';
import { dial } from './tcp.ts';
import { until } from './until.ts';

/** A whole message from the server. */
export type HeardMessage = { readonly typeId: number; readonly body: Buffer };

/** An onStatus as the server sent it. */
export type Status = { readonly level: Amf; readonly code: Amf; readonly description: Amf };

const HANDSHAKE_BYTES = 1536;
type HalfRead = { timestampField: number; length: number; typeId: number; parts: Buffer[]; have: number };

/** One scripted connection. */
export class ScriptedClient {
  readonly heard: HeardMessage[] = [];
  ended = false;
  readonly #socket: Socket;
  #unread = Buffer.alloc(0);
  #chunkSize = 128;
  #outChunkSize = 128;
  #chunkStreams = new Map<number, HalfRead>();
  #transactionId = 0;
  #shaken = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => {
      this.#unread = Buffer.concat([this.#unread, bytes]);
      if (this.#shaken) while (this.#readChunk());
    });
    socket.on('close', () => {
      this.ended = true;
    });
  }

  /** Connects and does the simple handshake (RTMP 1.0 §5.2). */
  static async shakeHands(port: number): Promise<ScriptedClient> {
    const client = new ScriptedClient(await dial(port));
    const c1 = Buffer.alloc(HANDSHAKE_BYTES, 7);
    c1.fill(0, 0, 8);
    client.send(Buffer.concat([Buffer.from([3]), c1]));
    const answer = await until('S0, S1 and S2', () => client.#take(1 + 2 * HANDSHAKE_BYTES));
    client.send(answer.subarray(1, 1 + HANDSHAKE_BYTES));
    client.#shaken = true;
    while (client.#readChunk());
    return client;
  }

  send(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** Sends Set Chunk Size, and larger chunks from then on. */
  setChunkSize(bytes: number): void {
    const body = Buffer.alloc(4);
    body.writeUInt32BE(bytes);
    this.message(1, body, { chunkStreamId: 2 });
    this.#outChunkSize = bytes;
  }

  /** Sends a message in one chunk of type 0, with type 3 chunks after each chunk size. */
  message(typeId: number, body: Buffer, { chunkStreamId = 3, streamId = 0, timestamp = 0 } = {}): void {
    const header = Buffer.alloc(12);
    header.writeUInt8(chunkStreamId, 0);
    header.writeUIntBE(timestamp, 1, 3);
    header.writeUIntBE(body.length, 4, 3);
    header.writeUInt8(typeId, 7);
    header.writeUInt32LE(streamId, 8);
    const size = this.#outChunkSize;
    const parts = [header, body.subarray(0, size)];
    for (let at = size; at < body.length; at += size) {
      parts.push(Buffer.from([0xc0 | chunkStreamId]), body.subarray(at, at + size));
    }
    this.send(Buffer.concat(parts));
  }

  /** Sends a command; gives its transaction ID. */
  command(name: string, args: readonly Amf[], streamId = 0): number {
    const transactionId = ++this.#transactionId;
    this.message(20, Buffer.concat([amf(name), amf(transactionId), ...args.map(amf)]), { streamId });
    return transactionId;
  }

  /** connect and createStream; gives the message stream ID. */
  async connect(app: string, tcUrl: string): Promise<number> {
    const connect = this.command('connect', [{ app, type: 'nonprivate', flashVer: 'scripted/1.0', tcUrl }]);
    await this.#answerTo(connect);
    const answer = await this.#answerTo(this.command('createStream', [null]));
    if (typeof answer[3] !== 'number') throw new Error(`createStream: ${JSON.stringify(answer)}`);
    return answer[3];
  }

  /** Asks to publish; gives the first onStatus that comes. */
  async publish(streamId: number, streamName: string): Promise<Status> {
    this.command('publish', [null, streamName, 'live'], streamId);
    return this.status();
  }

  /** The first onStatus that has come or comes. */
  async status(timeoutMs = 5_000): Promise<Status> {
    return until('an onStatus', () => this.#statuses()[0], { timeoutMs, seen: () => this.#commands() });
  }

  /** Reads no more: what the server sends stays with the system, as with an encoder that only writes. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Once all that was sent is with the system. */
  flushed(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.write('', () => {
        resolve();
      });
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  async #answerTo(transactionId: number): Promise<Amf[]> {
    return until(
      `an answer to transaction ${transactionId}`,
      () =>
        this.#commands().find(
          ([name, id]) => id === transactionId && (name === '_result' || name === '_error'),
        ),
      { timeoutMs: 5_000, seen: () => this.#commands() },
    );
  }

  #commands(): Amf[][] {
    return this.heard.filter((message) => message.typeId === 20).map((message) => readAmf(message.body));
  }

  #statuses(): Status[] {
    return this.#commands()
      .filter(([name]) => name === 'onStatus')
      .map((values) => values[3] as Status);
  }

  #take(length: number): Buffer | undefined {
    if (this.#unread.length < length) return undefined;
    const taken = this.#unread.subarray(0, length);
    this.#unread = this.#unread.subarray(length);
    return taken;
  }

  /** Reads one chunk (§5.3.1); false when it is not all there. The servers here use chunk streams below 64. */
  #readChunk(): boolean {
    const bytes = this.#unread;
    if (bytes.length < 1) return false;
    const type = bytes.readUInt8(0) >> 6;
    const id = bytes.readUInt8(0) & 63;
    const headerLength = 1 + ([11, 7, 3, 0][type] ?? 0);
    if (bytes.length < headerLength) return false;
    const last = this.#chunkStreams.get(id) ?? {
      timestampField: 0,
      length: 0,
      typeId: 0,
      parts: [],
      have: 0,
    };
    const timestampField = type === 3 ? last.timestampField : bytes.readUIntBE(1, 3);
    const length = type < 2 ? bytes.readUIntBE(4, 3) : last.length;
    const typeId = type < 2 ? bytes.readUInt8(7) : last.typeId;
    const extended = timestampField === 0xffffff ? 4 : 0;
    const dataLength = Math.min(this.#chunkSize, length - last.have);
    const chunk = this.#take(headerLength + extended + dataLength);
    if (chunk === undefined) return false;
    const parts = [...last.parts, chunk.subarray(headerLength + extended)];
    const have = last.have + dataLength;
    const whole = have === length;
    const kept = whole ? { parts: [], have: 0 } : { parts, have };
    this.#chunkStreams.set(id, { timestampField, length, typeId, ...kept });
    if (whole) this.#hear({ typeId, body: Buffer.concat(parts) });
    return true;
  }

  #hear(message: HeardMessage): void {
    if (message.typeId === 1) this.#chunkSize = message.body.readUInt32BE(0);
    this.heard.push(message);
  }
}
