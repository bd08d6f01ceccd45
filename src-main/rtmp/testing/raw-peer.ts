/**
 * A peer that says what the test tells it to say, right or wrong, and keeps what the session answers.
 * @module
 */
import type { AmfValue } from '../../amf/amf-value.ts';
import { ChunkReader } from '../chunk/chunk-reader.ts';
import { writeJoinedChunks } from '../chunk/chunk-writer.ts';
import { readCommand, writeCommand, type Command } from '../command/command-message.ts';
import type { RtmpMessage } from '../message/message-type.ts';

/** Version byte and two blocks, in either direction. */
const HANDSHAKE_BYTES = 1 + 2 * 1536;

type AnySession<Output> = {
  receive: (bytes: Uint8Array, now: number) => void;
  takeOutputs: () => readonly Output[];
};

/** The other end of one session, without a network. */
export class RawPeer<Output extends { readonly type: string }> {
  readonly session: AnySession<Output>;
  /** Outputs other than bytes, in order. */
  readonly events: Exclude<Output, { readonly type: 'send' }>[] = [];
  /** Messages that the session sent; Set Chunk Size is carried out, and not among them. */
  readonly messages: RtmpMessage[] = [];
  /** Everything that the session sent. */
  readonly sent: Uint8Array[] = [];
  now = 0;
  /** Chunk size that this peer writes with. */
  chunkSize = 128;
  readonly #reader = new ChunkReader(0xff_ffff);
  #toSkip = HANDSHAKE_BYTES;

  constructor(session: AnySession<Output>) {
    this.session = session;
  }

  /** All of this peer's handshake at once; neither end of ours compares what is in it. */
  shake(): void {
    const blocks = new Uint8Array(HANDSHAKE_BYTES);
    blocks[0] = 3;
    this.bytes(blocks);
  }

  bytes(bytes: Uint8Array): void {
    try {
      this.session.receive(bytes, this.now);
    } finally {
      this.pull();
    }
  }

  message(message: RtmpMessage, chunkStreamId = 3): void {
    this.bytes(writeJoinedChunks(message, chunkStreamId, this.chunkSize));
  }

  /** A command on a message stream. */
  command(streamId: number, name: string, transactionId: number, ...values: readonly AmfValue[]): void {
    this.message(commandOn(streamId, name, transactionId, ...values));
  }

  /** A control message: chunk stream 2, message stream 0. */
  control(typeId: number, payload: Uint8Array): void {
    this.message({ typeId, timestamp: 0, streamId: 0, payload }, 2);
  }

  /** Takes what the session has put out; `bytes` does so by itself. */
  pull(): void {
    for (const output of this.session.takeOutputs()) {
      if (output.type !== 'send') {
        this.events.push(output as Exclude<Output, { readonly type: 'send' }>);
        continue;
      }
      const { bytes } = output as unknown as { readonly bytes: Uint8Array };
      this.sent.push(bytes);
      const skipped = Math.min(this.#toSkip, bytes.length);
      this.#toSkip -= skipped;
      this.#reader.push(bytes.subarray(skipped));
      for (let message = this.#reader.next(); message !== undefined; message = this.#reader.next()) {
        this.messages.push(message);
      }
    }
  }

  /** Commands that the session has sent since this was last asked, oldest first. */
  takeCommands(): Command[] {
    const commands = this.messages.filter((message) => message.typeId === 20);
    this.messages.length = 0;
    return commands.map((message) => readCommand(message.payload, false));
  }
}

/** A command as a message. */
export function commandOn(
  streamId: number,
  name: string,
  transactionId: number,
  ...values: readonly AmfValue[]
): RtmpMessage {
  return { typeId: 20, timestamp: 0, streamId, payload: writeCommand(name, transactionId, ...values) };
}
