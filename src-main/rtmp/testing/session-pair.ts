/**
 * Both ends in one process, joined by arrays.
 * @module
 */
import { lend } from '../../bytes/testing/lend.ts';
import { seededRandom } from '../../platform/testing/seeded-random.ts';
import { writeJoinedChunks } from '../chunk/chunk-writer.ts';
import type { Hmac } from '../handshake/digest.ts';
import type { RtmpMessage } from '../message/message-type.ts';
import { ClientSession, type ClientOptions } from '../session/client-session.ts';
import { ServerSession } from '../session/server-session.ts';
import type { ClientOutput, ServerOutput } from '../session/session-output.ts';

/** What the app at the server's end does about an event. */
export type Answer = (event: ServerOutput, server: ServerSession, now: number) => void;

/** Yes to everything. */
export const acceptAll: Answer = (event, server, now) => {
  if (event.type.endsWith('-requested')) server.accept(now);
};

const PUBLISHER: ClientOptions = {
  app: 'live',
  tcUrl: 'rtmp://127.0.0.1/live',
  flashVer: undefined,
  role: 'publish',
  streamName: 'key',
};

/** A client and a server session; `pump` carries bytes until both are quiet. */
export class SessionPair {
  readonly server: ServerSession;
  readonly client: ClientSession;
  /** Outputs other than bytes, in order. */
  readonly serverEvents: Exclude<ServerOutput, { readonly type: 'send' }>[] = [];
  readonly clientEvents: Exclude<ClientOutput, { readonly type: 'send' }>[] = [];
  now = 0;
  readonly #answer: Answer;
  readonly #byteByByte: boolean;

  constructor(
    options: Partial<ClientOptions> = {},
    {
      answer = acceptAll,
      byteByByte = false,
      hmac = () => new Uint8Array(32),
    }: { readonly answer?: Answer; readonly byteByByte?: boolean; readonly hmac?: Hmac } = {},
  ) {
    this.#answer = answer;
    this.#byteByByte = byteByByte;
    // Unless the client is told otherwise it shakes hands the simple way, and no HMAC is ever asked for.
    this.server = new ServerSession(seededRandom(1).bytes, hmac);
    this.client = new ClientSession({ ...PUBLISHER, ...options }, seededRandom(2).bytes, hmac);
  }

  /** Starts the client and pumps. */
  start(): this {
    this.client.start();
    this.pump();
    return this;
  }

  /** A message from the client's app, as the outbound room sends it. */
  sendMedia(message: RtmpMessage): void {
    this.#carry(writeJoinedChunks(message, 6, 60_000), (bytes) => this.server.receive(bytes, this.now));
    this.pump();
  }

  pump(): void {
    for (;;) {
      const fromClient = this.client.takeOutputs();
      const fromServer = this.server.takeOutputs();
      if (fromClient.length === 0 && fromServer.length === 0) return;
      for (const output of fromClient) {
        if (output.type === 'send')
          this.#carry(output.bytes, (bytes) => this.server.receive(bytes, this.now));
        else this.clientEvents.push(output);
      }
      for (const output of fromServer) {
        if (output.type === 'send')
          this.#carry(output.bytes, (bytes) => this.client.receive(bytes, this.now));
        else {
          this.serverEvents.push(output);
          this.#answer(output, this.server, this.now);
        }
      }
    }
  }

  #carry(bytes: Uint8Array, receive: (bytes: Uint8Array) => void): void {
    if (this.#byteByByte) for (const byte of bytes) lend(Uint8Array.of(byte), receive);
    else lend(bytes, receive);
  }
}
