/**
 * An encoder or player as a test wants it: a real client session at the near end of a memory line.
 * @module
 */
import type { AmfValue } from '../../amf/amf-value.ts';
import { seededRandom } from '../../platform/testing/seeded-random.ts';
import { writeJoinedChunks } from '../../rtmp/chunk/chunk-writer.ts';
import { writeCommand } from '../../rtmp/command/command-message.ts';
import { OUT_CHUNK_SIZE } from '../../rtmp/limits.ts';
import type { RtmpMessage } from '../../rtmp/message/message-type.ts';
import { ClientSession, type ClientOptions } from '../../rtmp/session/client-session.ts';
import type { ClientOutput } from '../../rtmp/session/session-output.ts';
import type { Transport } from '../transport.ts';

const PUBLISHER: ClientOptions = {
  app: 'live',
  tcUrl: 'rtmp://127.0.0.1/live',
  flashVer: 'FMLE/3.0 (compatible; TestEncoder)',
  role: 'publish',
  streamName: 'key',
};

/** Speaks RTMP on `line.near`. */
export class ClientPeer {
  readonly line: { readonly near: Transport; readonly flush: () => unknown };
  readonly session: ClientSession;
  readonly events: Exclude<ClientOutput, { readonly type: 'send' }>[] = [];
  readonly messages: RtmpMessage[] = [];
  /** The line was closed for us. */
  isGone = false;

  /** @param line A memory line, or anything else with a near end and a way to move its bytes. */
  constructor(line: ClientPeer['line'], options: Partial<ClientOptions> = {}) {
    this.line = line;
    this.session = new ClientSession({ ...PUBLISHER, ...options }, seededRandom(3).bytes);
    line.near.listen({
      bytes: (bytes) => {
        this.session.receive(bytes, 0);
        this.#carryOut();
      },
      drained: () => undefined,
      closed: () => {
        this.isGone = true;
      },
    });
  }

  /** Shakes hands and goes as far as the server lets it. */
  start(): this {
    this.session.start();
    this.#carryOut();
    this.line.flush();
    return this;
  }

  /** Audio, video or data on the published stream. */
  media(typeId: number, timestamp: number, payload: Uint8Array): void {
    this.message({ typeId, timestamp, streamId: this.session.streamId, payload }, 6);
  }

  /** A command of its own, beside what the session says. */
  command(streamId: number, name: string, ...values: readonly AmfValue[]): void {
    this.message({ typeId: 20, timestamp: 0, streamId, payload: writeCommand(name, 99, ...values) }, 3);
  }

  message(message: RtmpMessage, chunkStreamId: number): void {
    this.line.near.write([writeJoinedChunks(message, chunkStreamId, OUT_CHUNK_SIZE)]);
    this.line.flush();
  }

  /** FCUnpublish and deleteStream. */
  goodbye(): void {
    this.session.sayGoodbye();
    this.#carryOut();
    this.line.flush();
  }

  #carryOut(): void {
    for (const output of this.session.takeOutputs()) {
      if (output.type === 'send') {
        this.line.near.write([output.bytes]);
        continue;
      }
      this.events.push(output);
      if (output.type === 'message') this.messages.push(output.message);
    }
  }
}
