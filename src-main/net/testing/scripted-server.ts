/**
 * A platform as a test wants it: a real server session that says yes, no or nothing at the step the script names.
 * @module
 */
import { writeJoinedChunks } from '../../rtmp/chunk/chunk-writer.ts';
import { writeCommand } from '../../rtmp/command/command-message.ts';
import type { ConnectRequest } from '../../rtmp/command/connect.ts';
import { statusCode, statusInfo, writeStatus, type Status } from '../../rtmp/command/status.ts';
import { OUT_CHUNK_SIZE } from '../../rtmp/limits.ts';
import type { RtmpMessage } from '../../rtmp/message/message-type.ts';
import { ServerSession } from '../../rtmp/session/server-session.ts';
import type { ServerOutput } from '../../rtmp/session/session-output.ts';
import { nodeHmacSha256 } from '../../platform/node-crypto.ts';
import { seededRandom } from '../../platform/testing/seeded-random.ts';
import type { Transport } from '../transport.ts';

/** Steps of the set-up as a publisher goes through them. */
export type SetUpStep = 'handshake' | 'connect' | 'create-stream' | 'publish';
type Refusal = { readonly code: string; readonly description: string; readonly redirect?: string };
type Answer = 'silent' | 'close' | 'garbage' | Refusal;
/** What happens at a step that the script names; all others are accepted. */
export type ServerScript = {
  readonly [step in Exclude<SetUpStep, 'handshake' | 'connect'>]?: Answer;
} & {
  /** `digest-only`: closes on a simple handshake, as servers of Flash's time do. */
  readonly handshake?: 'silent' | 'close' | 'garbage' | 'digest-only';
  /** A function is asked with what the client says; undefined: let in. */
  readonly connect?: Answer | ((request: ConnectRequest) => Refusal | undefined);
  /** Asks for another connection right before it lets the client publish. */
  readonly reconnectAtPublish?: string;
};

/** Transaction of connect. */
const CONNECT_TRANSACTION = 1;
/** Transaction of createStream as our client counts: connect 1, releaseStream 2, FCPublish 3. */
const CREATE_STREAM_TRANSACTION = 4;

/** Serves the far end of one line. */
export class ScriptedServer {
  readonly events: Exclude<ServerOutput, { readonly type: 'send' }>[] = [];
  readonly messages: RtmpMessage[] = [];
  publishedName: string | undefined;
  /** The line was closed for us. */
  isGone = false;
  now = 0;
  readonly #script: ServerScript;
  readonly #transport: Transport;
  readonly #session = new ServerSession(seededRandom(7).bytes, nodeHmacSha256);
  #deaf = false;
  #hasHeard = false;
  #streamId = 1;

  /** @param line A memory line, or anything else with a far end. */
  constructor(line: { readonly far: Transport }, script: ServerScript = {}) {
    this.#script = script;
    this.#transport = line.far;
    this.#transport.listen({
      bytes: (bytes) => {
        this.#receive(bytes);
      },
      drained: () => undefined,
      closed: () => {
        this.isGone = true;
      },
    });
  }

  /** Goodbyes heard: streams that were unpublished in order. */
  get goodbyes(): number {
    return this.events.filter(({ type }) => type === 'unpublished').length;
  }

  /** Says something on the published stream, such as its end. */
  status(status: Status): void {
    this.#command(writeStatus(status), this.#streamId);
  }

  /** Asks to be left for another connection; false: the client did not say that it can. */
  requestReconnect(tcUrl?: string): boolean {
    const wasAsked = this.#session.requestReconnect(tcUrl, 'scripted');
    this.#carryOut();
    return wasAsked;
  }

  /** Sends raw bytes. */
  send(bytes: Uint8Array): void {
    this.#transport.write([bytes]);
  }

  /** Sends a message of its own, such as an acknowledgement. */
  sendMessage(message: RtmpMessage, chunkStreamId: number): void {
    this.send(writeJoinedChunks(message, chunkStreamId, OUT_CHUNK_SIZE));
  }

  close(): void {
    this.#transport.end(0);
  }

  #receive(bytes: Uint8Array): void {
    if (this.#deaf || this.#isTurnedAway(bytes) || this.#stands('handshake')) return;
    this.#session.receive(bytes, this.now);
    this.#carryOut();
  }

  #carryOut(): void {
    for (
      let outputs = this.#session.takeOutputs();
      outputs.length > 0;
      outputs = this.#session.takeOutputs()
    ) {
      for (const output of outputs) this.#handle(output);
    }
  }

  #handle(output: ServerOutput): void {
    if (output.type === 'send') {
      if (!this.#deaf) this.send(output.bytes);
      return;
    }
    this.events.push(output);
    if (output.type === 'message') this.messages.push(output.message);
    if (output.type === 'connect-requested') this.#connect(output.request);
    if (output.type === 'publish-requested') this.#publish(output.streamId, output.streamName);
  }

  /** C1 of a simple handshake has a version of zero, in bytes 5 to 8 of what comes first. */
  #isTurnedAway(bytes: Uint8Array): boolean {
    const isFirst = !this.#hasHeard;
    this.#hasHeard = true;
    if (!isFirst || this.#script.handshake !== 'digest-only') return false;
    if (bytes.subarray(5, 9).some((byte) => byte !== 0)) return false;
    this.close();
    this.#deaf = true;
    return true;
  }

  #connect(request: ConnectRequest): void {
    const { connect } = this.#script;
    const refusal = typeof connect === 'function' ? connect(request) : undefined;
    if (refusal !== undefined) {
      this.#refuseConnect(refusal);
      return;
    }
    if (this.#stands('connect')) return;
    if (this.#script['create-stream'] === undefined) {
      this.#session.accept(this.now);
      return;
    }
    this.#session.accept(this.now);
    for (const output of this.#session.takeOutputs()) if (output.type === 'send') this.send(output.bytes);
    const answer = this.#script['create-stream'];
    if (typeof answer === 'object') {
      this.#command(
        writeCommand('_error', CREATE_STREAM_TRANSACTION, null, { level: 'error', ...answer }),
        0,
      );
    } else this.#stands('create-stream');
    this.#deaf = true;
  }

  #refuseConnect(refusal: Refusal): void {
    const info = statusInfo({ level: 'error', ...refusal });
    const payload = writeCommand('_error', CONNECT_TRANSACTION, null, info);
    // Another chunk size has not been said yet.
    this.send(writeJoinedChunks({ typeId: 20, timestamp: 0, streamId: 0, payload }, 3, 128));
    this.#deaf = true;
  }

  #publish(streamId: number, streamName: string): void {
    this.publishedName = streamName;
    this.#streamId = streamId;
    if (this.#stands('publish')) return;
    const { reconnectAtPublish } = this.#script;
    if (reconnectAtPublish !== undefined) this.#session.requestReconnect(reconnectAtPublish);
    this.#session.accept(this.now);
  }

  /** Does what the script says at a step; false: it says nothing. */
  #stands(step: SetUpStep): boolean {
    const answer = this.#script[step];
    if (answer === undefined || answer === 'digest-only' || typeof answer === 'function') return false;
    if (typeof answer === 'object') {
      if (step === 'connect') this.#refuseConnect(answer);
      else this.#session.reject(answer.code, answer.description);
      return true;
    }
    if (answer === 'close') this.close();
    // A chunk of type 3 on a chunk stream that never began; as the first byte of a handshake it is no version.
    if (answer === 'garbage') this.send(Uint8Array.of(0xff, 0xff, 0xff));
    this.#deaf = true;
    return true;
  }

  #command(payload: Uint8Array, streamId: number): void {
    this.sendMessage({ typeId: 20, timestamp: 0, streamId, payload }, 3);
  }
}

/** What nginx-rtmp and SRS say when somebody is live on the key. */
export const ALREADY_PUBLISHING: Refusal = {
  code: statusCode.publishBadName,
  description: 'Stream already publishing',
};
