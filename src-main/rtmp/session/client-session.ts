/**
 * The client's end of one RTMP connection, as a publisher or a player. Bytes and time go in; bytes to send and
 * events come out.
 * @module
 */
import { amfString, type AmfValue } from '../../amf/amf-value.ts';
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { readCommand, writeCommand, type Command } from '../command/command-message.ts';
import { writeConnect, type ConnectTarget } from '../command/connect.ts';
import { readReconnectRequest } from '../command/reconnect-request.ts';
import { readStatus, statusCode, type Status } from '../command/status.ts';
import { ClientHandshake } from '../handshake/client-handshake.ts';
import type { Hmac } from '../handshake/digest.ts';
import { MAX_MESSAGE_BYTES } from '../limits.ts';
import { messageType, type RtmpMessage } from '../message/message-type.ts';
import { splitAggregate } from '../message/aggregate.ts';
import { dataAsAmf0 } from '../message/data-message.ts';
import { writeBufferLength } from '../message/user-control.ts';
import { ConnectionCore } from './connection-core.ts';
import { OutputQueue } from './output-queue.ts';
import type { ClientOutput, ClientStep } from './session-output.ts';

/** What the client wants of the server. */
export type ClientOptions = ConnectTarget & {
  readonly role: 'publish' | 'play';
  /** The stream name, whole: a query in it belongs to it. */
  readonly streamName: string;
  /** `digest` for servers that close on the simple handshake; needs an `hmac`. Simple unless said otherwise. */
  readonly handshake?: 'simple' | 'digest';
  /** Whether `reconnect-requested` will be obeyed: the server is told so, and asks only then. */
  readonly canReconnect?: boolean;
};

/** Buffer a player announces, ms (§7.1.7): live players keep it small. */
const PLAYER_BUFFER_MS = 1_000;

/** A server that leaves this many pings in a row unanswered does not know them, and is asked no more. */
const MAX_UNANSWERED_PINGS = 3;

/** Codes that mean no although their level may say `status`. */
const REFUSAL = /(Failed|Rejected|Denied|BadName|NotFound|Unauthorized|InvalidApp|AppShutdown|Closed)$/;

/** See the module's words. One per connection. */
export class ClientSession {
  readonly #options: ClientOptions;
  readonly #handshake: ClientHandshake;
  readonly #core: ConnectionCore;
  readonly #outputs = new OutputQueue<ClientOutput>();
  #step: ClientStep = 'handshake';
  #streamId = 0;
  #nextTransactionId = 1;
  /** The server has said no: whatever else it says is not heard, so that a refusal is told once. */
  #refusedOnce = false;
  #saidGoodbye = false;
  #pingsStarted = false;
  #unansweredPings = 0;
  /** Commands whose answer decides about the next step. */
  readonly #asked = new Map<number, 'connect' | 'createStream'>();

  /** @param hmac HMAC-SHA256, for the digest handshake only. */
  constructor(options: ClientOptions, randomBytes: (length: number) => Uint8Array, hmac?: Hmac) {
    this.#options = options;
    this.#handshake = newHandshake(options.handshake ?? 'simple', randomBytes, hmac);
    this.#core = new ConnectionCore(MAX_MESSAGE_BYTES, (output) => {
      if (output.type === 'round-trip') this.#unansweredPings = 0;
      this.#outputs.add(output);
    });
  }

  /** How far it has come. */
  get step(): ClientStep {
    return this.#step;
  }

  /** The message stream that media goes out on; 0 until started. */
  get streamId(): number {
    return this.#streamId;
  }

  /** Whether the server answers pings, as far as is known. */
  get answersPings(): boolean {
    return this.#unansweredPings < MAX_UNANSWERED_PINGS;
  }

  /** Begins: the first bytes on the line are in `takeOutputs`. */
  start(): void {
    this.#outputs.add({ type: 'step', step: 'handshake' });
    this.#outputs.add({ type: 'send', bytes: this.#handshake.start() });
  }

  /**
   * Takes received bytes, which are lent for the call.
   * @param now ms on the caller's monotonic clock.
   * @throws {ProtocolError} The server broke the protocol.
   */
  receive(bytes: Uint8Array, now: number): void {
    if (this.#refusedOnce) return;
    let rest = bytes;
    if (this.#step === 'handshake') {
      const step = this.#handshake.receive(bytes);
      if (step.send !== undefined) this.#outputs.add({ type: 'send', bytes: step.send });
      this.#core.count(bytes.length);
      if (!step.done) return;
      rest = step.rest;
      this.#enter('connect');
      this.#ask('connect', this.#writeConnect());
    } else this.#core.count(bytes.length);
    this.#core.reader.push(rest);
    this.#read(now);
    this.#core.reader.keep();
  }

  /**
   * Time passes: while live, a ping goes out every few seconds and measures the round trip.
   * @param now ms on the caller's monotonic clock.
   */
  tick(now: number): void {
    if (this.#step !== 'live' || this.#saidGoodbye || !this.answersPings) return;
    if (!this.#pingsStarted) this.#core.startPings(now);
    this.#pingsStarted = true;
    const before = this.#outputs.length;
    this.#core.tick(now);
    if (this.#outputs.length > before) this.#unansweredPings++;
  }

  /** What has come out since the last call, in order. */
  takeOutputs(): readonly ClientOutput[] {
    return this.#outputs.take();
  }

  /** Says goodbye in order, once: FCUnpublish, deleteStream. The caller closes once the bytes are sent. */
  sayGoodbye(): void {
    if (this.#streamId === 0 || this.#saidGoodbye) return;
    this.#saidGoodbye = true;
    if (this.#options.role === 'publish') {
      this.#core.sendCommand(
        writeCommand('FCUnpublish', this.#nextTransactionId++, null, this.#options.streamName),
      );
    }
    this.#core.sendCommand(writeCommand('deleteStream', this.#nextTransactionId++, null, this.#streamId));
  }

  #writeConnect(): Uint8Array {
    const { canReconnect = false } = this.#options;
    return writeConnect(this.#nextTransactionId, this.#options, { canReconnect });
  }

  #read(now: number): void {
    while (!this.#refusedOnce) {
      const message = this.#core.reader.next();
      if (message === undefined) return;
      if (!this.#core.handleControl(message, now)) this.#handle(message);
    }
  }

  #handle(message: RtmpMessage): void {
    switch (message.typeId) {
      case messageType.commandAmf0:
        this.#command(readCommand(message.payload, false));
        return;
      case messageType.commandAmf3:
        this.#command(readCommand(message.payload, true));
        return;
      case messageType.aggregate:
        for (const part of splitAggregate(message)) this.#media(part);
        return;
      default:
        this.#media(message);
    }
  }

  #media(message: RtmpMessage): void {
    if (this.#options.role !== 'play') return;
    switch (message.typeId) {
      case messageType.audio:
      case messageType.video:
      case messageType.dataAmf0:
        this.#outputs.add({ type: 'message', message });
        return;
      case messageType.dataAmf3:
        this.#outputs.add({ type: 'message', message: dataAsAmf0(message) });
        return;
      default:
      // Shared objects and unknown types: a player of media has no use for them.
    }
  }

  #command(command: Command): void {
    if (command.name === '_result' || command.name === '_error') {
      const asked = this.#asked.get(command.transactionId);
      this.#asked.delete(command.transactionId);
      // Answers to releaseStream and FCPublish are not waited for: half the servers never send them.
      if (asked === undefined) return;
      const step = asked === 'connect' ? 'connect' : 'create-stream';
      // Servers exist that say no to connect in a _result.
      if (command.name === '_error' || statusOf(command)?.level === 'error') this.#refused(step, command);
      else if (asked === 'connect') this.#letIn();
      else this.#streamCreated(command.values[1]);
      return;
    }
    if (command.name === 'onStatus') this.#onStatus(command.values[1]);
    else if (command.name === 'close') this.#refused(this.#step, command);
    else if (command.transactionId !== 0) {
      const info = { level: 'error', code: statusCode.callFailed, description: 'Method not found.' };
      this.#core.sendCommand(writeCommand('_error', command.transactionId, null, info));
    }
  }

  #refused(step: ClientStep, command: Command): void {
    this.#refuse(step, statusOf(command) ?? { level: 'error', code: '', description: '' });
  }

  #refuse(step: ClientStep, status: Status): void {
    this.#refusedOnce = true;
    this.#outputs.add({ type: 'refused', step, status });
  }

  #letIn(): void {
    this.#core.sendSetUp('client');
    this.#enter('create-stream');
    const { role, streamName } = this.#options;
    if (role === 'publish') {
      // Not in the specification, but servers expect both from an encoder, in this order.
      this.#core.sendCommand(writeCommand('releaseStream', this.#nextTransactionId++, null, streamName));
      this.#core.sendCommand(writeCommand('FCPublish', this.#nextTransactionId++, null, streamName));
    }
    this.#ask('createStream', writeCommand('createStream', this.#nextTransactionId, null));
  }

  #streamCreated(streamId: AmfValue): void {
    if (
      typeof streamId !== 'number' ||
      streamId < 1 ||
      streamId > 0xffff_ffff ||
      !Number.isInteger(streamId)
    ) {
      throw new ProtocolError('bad-stream-id', 'createStream was answered without a usable stream ID');
    }
    this.#streamId = streamId;
    const { role, streamName } = this.#options;
    this.#enter(role);
    if (role === 'publish') {
      this.#core.sendCommand(
        writeCommand('publish', this.#nextTransactionId++, null, streamName, 'live'),
        streamId,
      );
      return;
    }
    this.#core.sendCommand(
      writeCommand('play', this.#nextTransactionId++, null, streamName, -2000),
      streamId,
    );
    this.#core.sendControl(messageType.userControl, writeBufferLength(streamId, PLAYER_BUFFER_MS));
  }

  /** A request to reconnect may come at any step once let in, on the connection or on the stream (E-RTMP v2). */
  #onStatus(info: AmfValue): void {
    const status = readStatus(info);
    if (status.code !== statusCode.connectReconnectRequest) this.#status(status);
    else if (this.#step !== 'connect') {
      this.#outputs.add({ type: 'reconnect-requested', ...readReconnectRequest(info) });
    }
  }

  #status(status: Status): void {
    const started = this.#options.role === 'publish' ? statusCode.publishStart : statusCode.playStart;
    if (this.#step === 'live') {
      this.#outputs.add({ type: 'status', status });
      return;
    }
    if (status.code === started) {
      this.#enter('live');
      this.#outputs.add({ type: 'started', streamId: this.#streamId });
    } else if (status.level === 'error' || REFUSAL.test(status.code)) this.#refuse(this.#step, status);
  }

  #ask(what: 'connect' | 'createStream', payload: Uint8Array): void {
    this.#asked.set(this.#nextTransactionId++, what);
    this.#core.sendCommand(payload);
  }

  #enter(step: ClientStep): void {
    this.#step = step;
    this.#outputs.add({ type: 'step', step });
  }
}

function newHandshake(
  scheme: 'simple' | 'digest',
  randomBytes: (length: number) => Uint8Array,
  hmac: Hmac | undefined,
): ClientHandshake {
  if (scheme === 'simple') return new ClientHandshake(randomBytes);
  if (hmac === undefined) throw new Error('the digest handshake needs an hmac');
  return new ClientHandshake(randomBytes, { scheme, hmac });
}

/** The info object of an answer, wherever among its values it stands; some servers give it a number for a code. */
function statusOf(command: Command): Status | undefined {
  const holds = (key: string) => (value: AmfValue) => amfString(value, key) !== undefined;
  const { values } = command;
  const info =
    values.find(holds('code')) ?? values.find(holds('redirect')) ?? values.find(holds('description'));
  return info === undefined ? undefined : readStatus(info);
}
