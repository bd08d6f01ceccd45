/**
 * The server's end of one RTMP connection. Bytes and time go in; bytes to send and events come out. It knows no
 * policy: connect, publish and play are asked as events, and nothing more is read until they are answered.
 * @module
 */
import type { AmfValue } from '../../amf/amf-value.ts';
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { capsEx } from '../command/capabilities.ts';
import { readCommand, writeCommand, type Command } from '../command/command-message.ts';
import { readConnectRequest, writeConnectSuccess } from '../command/connect.ts';
import { writeReconnectRequest } from '../command/reconnect-request.ts';
import { statusCode, statusInfo, writeStatus, type Status } from '../command/status.ts';
import type { Hmac } from '../handshake/digest.ts';
import { ServerHandshake } from '../handshake/server-handshake.ts';
import { MAX_MESSAGE_BYTES, MAX_MESSAGE_BYTES_BEFORE_PUBLISH, MAX_MESSAGE_STREAMS } from '../limits.ts';
import { messageType, type RtmpMessage } from '../message/message-type.ts';
import { splitAggregate } from '../message/aggregate.ts';
import { dataAsAmf0 } from '../message/data-message.ts';
import { userEvent } from '../message/user-control.ts';
import { CommandRate } from './command-rate.ts';
import { ConnectionCore } from './connection-core.ts';
import { OutputQueue } from './output-queue.ts';
import { ServerStreams } from './server-streams.ts';
import type { ServerOutput } from './session-output.ts';

type Question =
  | { readonly kind: 'connect'; readonly transactionId: number }
  | { readonly kind: 'publish' | 'play'; readonly streamId: number };

/** See the module's words. One per connection. */
export class ServerSession {
  readonly #handshake: ServerHandshake;
  readonly #core: ConnectionCore;
  readonly #outputs = new OutputQueue<ServerOutput>();
  #shaken = false;
  #connected = false;
  /** What the app has been asked and has not answered. */
  #question: Question | undefined;
  readonly #streams = new ServerStreams();
  readonly #rate = new CommandRate();
  /** What the client can of Enhanced RTMP, as it said in connect. */
  #clientCapsEx = 0;
  /** A question was answered with no: nothing more is read, so that what was on its way makes no second error. */
  #rejected = false;

  /** @param hmac HMAC-SHA256, for the digest handshake. */
  constructor(randomBytes: (length: number) => Uint8Array, hmac: Hmac) {
    this.#handshake = new ServerHandshake(randomBytes, hmac);
    this.#core = new ConnectionCore(MAX_MESSAGE_BYTES_BEFORE_PUBLISH, this.#outputs.add);
  }

  /** When `tick` wants to be called, ms on the caller's clock; undefined: not needed. */
  get deadline(): number | undefined {
    return this.#core.deadline;
  }

  /**
   * Takes received bytes, which are lent for the call.
   * @param now ms on the caller's monotonic clock.
   * @throws {ProtocolError} The connection is of no more use; outputs up to then are in `takeOutputs`.
   */
  receive(bytes: Uint8Array, now: number): void {
    if (this.#rejected) return;
    let rest = bytes;
    if (this.#shaken) this.#core.count(bytes.length);
    else {
      const step = this.#handshake.receive(bytes);
      if (step.send !== undefined) this.#outputs.add({ type: 'send', bytes: step.send });
      this.#core.count(bytes.length);
      if (!step.done) return;
      this.#shaken = true;
      this.#outputs.add({ type: 'handshake-done', scheme: this.#handshake.scheme });
      rest = step.rest;
    }
    this.#core.reader.push(rest);
    this.#read(now);
    this.#core.reader.keep();
  }

  /** What has come out since the last call, in order. */
  takeOutputs(): readonly ServerOutput[] {
    return this.#outputs.take();
  }

  /** Time passes: pings go out. */
  tick(now: number): void {
    this.#core.tick(now);
  }

  /**
   * Yes to the open question; reading goes on with what was held.
   * @throws {ProtocolError} As `receive`: the held bytes may break the protocol.
   */
  accept(now: number): void {
    const question = this.#takeQuestion();
    if (question.kind === 'connect') {
      this.#connected = true;
      this.#core.sendSetUp('server');
      this.#core.sendCommand(writeConnectSuccess(question.transactionId));
    } else if (question.kind === 'publish') {
      this.#streams.use(question.streamId, 'publish');
      this.#core.reader.maxMessageBytes = MAX_MESSAGE_BYTES;
      this.#core.sendUserControl(userEvent.streamBegin, question.streamId);
      this.#sendStatus(question.streamId, statusCode.publishStart, 'The stream is now published.');
      this.#core.startPings(now);
    } else {
      this.#streams.use(question.streamId, 'play');
      this.#acceptPlay(question.streamId);
      this.#core.startPings(now);
    }
    this.#read(now);
  }

  /** No to the open question; nothing more is read. The caller closes the connection once the bytes are sent. */
  reject(code: string, description: string): void {
    const question = this.#takeQuestion();
    const status: Status = { level: 'error', code, description };
    this.#rejected = true;
    if (question.kind === 'connect') {
      this.#core.sendCommand(writeCommand('_error', question.transactionId, null, statusInfo(status)));
    } else {
      this.#core.sendCommand(writeStatus(status), question.streamId);
    }
  }

  /**
   * Asks the client to connect anew, make before break (E-RTMP v2): it goes on sending here until it has.
   * @param tcUrl Where to: absolute, or relative to the tcUrl it used; undefined: here again.
   * @returns False: nothing was sent, since the client did not say that it can, or is not connected.
   */
  requestReconnect(tcUrl?: string, description?: string): boolean {
    const can = (this.#clientCapsEx & capsEx.reconnect) !== 0;
    if (!can || !this.#connected || this.#rejected) return false;
    this.#core.sendCommand(writeReconnectRequest(tcUrl, description));
    return true;
  }

  /** The stream that a player plays has ended: it is told so (§7.1.7, §7.2.2). */
  endPlay(streamId: number): void {
    if (this.#streams.useOf(streamId) !== 'play') return;
    this.#streams.end(streamId, { keep: true });
    this.#core.sendUserControl(userEvent.streamEof, streamId);
    this.#sendStatus(streamId, statusCode.playUnpublishNotify, 'The stream has ended.');
    this.#sendStatus(streamId, statusCode.playStop, 'Playback has ended.');
  }

  #read(now: number): void {
    while (this.#question === undefined && !this.#rejected) {
      const message = this.#core.reader.next();
      if (message === undefined) return;
      if (!this.#core.handleControl(message, now)) this.#handle(message, now);
    }
  }

  #handle(message: RtmpMessage, now: number): void {
    switch (message.typeId) {
      case messageType.commandAmf0:
      case messageType.commandAmf3:
        // Before it is read: it is reading that costs.
        this.#rate.spend(now);
        this.#command(
          readCommand(message.payload, message.typeId === messageType.commandAmf3),
          message.streamId,
        );
        return;
      case messageType.aggregate:
        // Asked first: a stranger's aggregate is not taken apart.
        if (this.#streams.takesMedia(message.streamId))
          for (const part of splitAggregate(message)) this.#media(part);
        return;
      default:
        this.#media(message);
    }
  }

  #media(message: RtmpMessage): void {
    switch (message.typeId) {
      case messageType.audio:
      case messageType.video:
        if (this.#streams.takesMedia(message.streamId)) this.#outputs.add({ type: 'message', message });
        return;
      case messageType.dataAmf0:
        if (this.#streams.useOf(message.streamId) === 'publish')
          this.#outputs.add({ type: 'message', message });
        return;
      case messageType.dataAmf3:
        if (this.#streams.useOf(message.streamId) === 'publish') {
          this.#outputs.add({ type: 'message', message: dataAsAmf0(message) });
        }
        return;
      default:
      // Shared objects and unknown types: nothing here wants them, and dropping one breaks nothing.
    }
  }

  #command(command: Command, streamId: number): void {
    if (command.name === 'connect') {
      if (this.#connected) throw new ProtocolError('connected-twice', 'a second connect on one connection');
      this.#question = { kind: 'connect', transactionId: command.transactionId };
      const request = readConnectRequest(command.values[0]);
      this.#clientCapsEx = request.capsEx;
      this.#outputs.add({ type: 'connect-requested', request });
      return;
    }
    if (!this.#connected) {
      throw new ProtocolError('command-before-connect', `"${shown(command.name)}" came before connect`);
    }
    this.#connectedCommand(command, streamId);
  }

  #connectedCommand(command: Command, streamId: number): void {
    switch (command.name) {
      case 'createStream':
        this.#createStream(command.transactionId);
        return;
      case 'publish':
      case 'play':
        this.#start(command.name, streamId, command.values[1]);
        return;
      case 'FCPublish':
        this.#result(command, undefined);
        this.#core.sendCommand(
          writeCommand('onFCPublish', 0, null, {
            code: statusCode.publishStart,
            description: text(command.values[1]),
          }),
        );
        return;
      case 'releaseStream':
      case '_checkbw':
        this.#result(command, undefined);
        return;
      case 'getStreamLength':
        this.#result(command, 0);
        return;
      case 'FCSubscribe':
        this.#core.sendCommand(
          writeCommand('onFCSubscribe', 0, null, {
            code: statusCode.playStart,
            description: text(command.values[1]),
          }),
        );
        return;
      case 'FCUnpublish':
        for (const published of this.#streams.published()) this.#close(published, true);
        this.#result(command, undefined);
        return;
      case 'closeStream':
        this.#close(streamId, true);
        return;
      case 'deleteStream':
        this.#close(typeof command.values[1] === 'number' ? command.values[1] : streamId, false);
        return;
      case 'pause':
      case 'pauseRaw':
        this.#pause(streamId, command.values[1] === true);
        return;
      case 'seek':
        this.#core.sendCommand(
          writeStatus({
            level: 'error',
            code: statusCode.seekFailed,
            description: 'A live stream cannot be sought.',
          }),
          streamId,
        );
        return;
      case 'receiveAudio':
      case 'receiveVideo':
      case '_result':
      case '_error':
      case 'onStatus':
        return;
      default:
        if (command.transactionId !== 0) {
          this.#error(command.transactionId, `Method not found (${shown(command.name)}).`);
        }
    }
  }

  #createStream(transactionId: number): void {
    const streamId = this.#streams.create();
    if (streamId === undefined) {
      this.#error(transactionId, `At most ${MAX_MESSAGE_STREAMS} streams per connection.`);
    } else this.#core.sendCommand(writeCommand('_result', transactionId, null, streamId));
  }

  #start(kind: 'publish' | 'play', streamId: number, name: AmfValue): void {
    if (name === false) {
      // How Flash's NetStream stops: publish(false), play(false).
      this.#close(streamId, true);
      return;
    }
    if (typeof name !== 'string') throw new ProtocolError('no-stream-name', `${kind} without a stream name`);
    this.#streams.expectFree(streamId);
    this.#question = { kind, streamId };
    this.#outputs.add({
      type: kind === 'publish' ? 'publish-requested' : 'play-requested',
      streamId,
      streamName: name,
    });
  }

  #acceptPlay(streamId: number): void {
    this.#core.sendUserControl(userEvent.streamBegin, streamId);
    this.#sendStatus(streamId, statusCode.playReset, 'Playing and resetting the stream.');
    this.#sendStatus(streamId, statusCode.playStart, 'Started playing the stream.');
    // No data messages (|RtmpSampleAccess) as FMS sends them: FFmpeg takes each for a stream of its own.
  }

  #pause(streamId: number, paused: boolean): void {
    if (this.#streams.useOf(streamId) !== 'play') return;
    this.#sendStatus(
      streamId,
      paused ? statusCode.pauseNotify : statusCode.unpauseNotify,
      paused ? 'Paused.' : 'Playing again.',
    );
    this.#outputs.add({ type: 'pause-changed', streamId, paused });
  }

  #close(streamId: number, keep: boolean): void {
    const use = this.#streams.end(streamId, { keep });
    if (use === 'publish') {
      this.#sendStatus(streamId, statusCode.unpublishSuccess, 'The stream is no longer published.');
      this.#outputs.add({ type: 'unpublished', streamId });
    }
    if (use === 'play') this.#outputs.add({ type: 'play-stopped', streamId });
  }

  #error(transactionId: number, description: string): void {
    const info = { level: 'error', code: statusCode.callFailed, description };
    this.#core.sendCommand(writeCommand('_error', transactionId, null, info));
  }

  #result(command: Command, value: AmfValue): void {
    if (command.transactionId === 0) return;
    this.#core.sendCommand(writeCommand('_result', command.transactionId, null, value));
  }

  #sendStatus(streamId: number, code: string, description: string): void {
    this.#core.sendCommand(writeStatus({ level: 'status', code, description }), streamId);
  }

  #takeQuestion(): Question {
    const question = this.#question;
    if (question === undefined) throw new Error('answered a question that was not asked');
    this.#question = undefined;
    return question;
  }
}

/** What FMS echoes in onFCPublish and onFCSubscribe: the peer's own words, told to nobody else. */
function text(value: AmfValue): string {
  return typeof value === 'string' ? value : '';
}

/** A command's name as people may read it. */
function shown(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}
