/**
 * What both ends of a connection do alike: chunks in and out, acknowledgements, pings (§5.4, §7.1.7).
 * @module
 */
import { ChunkReader } from '../chunk/chunk-reader.ts';
import { writeJoinedChunks } from '../chunk/chunk-writer.ts';
import {
  OUT_CHUNK_SIZE,
  PING_INTERVAL_MS,
  PUBLISHED_WINDOW_BYTES,
  WINDOW_ACKNOWLEDGEMENT_BYTES,
} from '../limits.ts';
import { messageType, type RtmpMessage } from '../message/message-type.ts';
import {
  CONTROL_CHUNK_STREAM_ID,
  limitType,
  readControlNumber,
  writeControlNumber,
  writePeerBandwidth,
} from '../message/protocol-control.ts';
import { readUserControl, userEvent, writeUserControl } from '../message/user-control.ts';
import type { SharedOutput } from './session-output.ts';

/** Chunk stream for commands: what FMS and OBS use. */
const COMMAND_CHUNK_STREAM_ID = 3;
const DEFAULT_CHUNK_SIZE = 128;
/** A ping unanswered for this long is lost, ms, and another one goes: longer than any line's queue. */
const PING_GIVEN_UP_MS = 30_000;

/** Reads and writes messages after the handshake, and answers control messages by itself. */
export class ConnectionCore {
  readonly reader: ChunkReader;
  readonly #emit: (output: SharedOutput) => void;
  #outChunkSize = DEFAULT_CHUNK_SIZE;
  /** Bytes received since the connection began, handshake included, as acknowledgements count (§5.4.3). */
  #received = 0;
  #lastAcknowledged = 0;
  #window = WINDOW_ACKNOWLEDGEMENT_BYTES;
  #peerWindow = 0;
  #acknowledgedByPeer = 0;
  /** The ping under way: when it went, and the number that its answer must bring back. */
  #pingSentAt: number | undefined;
  #pingValue = 0;
  #nextPingAt: number | undefined;

  constructor(maxMessageBytes: number, emit: (output: SharedOutput) => void) {
    this.reader = new ChunkReader(maxMessageBytes);
    this.#emit = emit;
  }

  /** When `tick` wants to be called, ms on the caller's clock. */
  get deadline(): number | undefined {
    return this.#nextPingAt;
  }

  /** Counts received bytes, and acknowledges them when the peer's window is full: never within the handshake. */
  count(byteCount: number): void {
    this.#received += byteCount;
    if (this.#received - this.#lastAcknowledged < this.#window) return;
    this.#lastAcknowledged = this.#received;
    this.sendControl(messageType.acknowledgement, writeControlNumber(this.#received % 2 ** 32));
  }

  /** Window, bandwidth and chunk size: what a server says before its answer to connect, a client once let in. */
  sendSetUp(role: 'server' | 'client'): void {
    if (role === 'server') {
      this.sendControl(
        messageType.windowAcknowledgementSize,
        writeControlNumber(WINDOW_ACKNOWLEDGEMENT_BYTES),
      );
      this.sendControl(
        messageType.setPeerBandwidth,
        writePeerBandwidth(WINDOW_ACKNOWLEDGEMENT_BYTES, limitType.dynamic),
      );
    }
    if (role === 'client') this.#askForAcknowledgements();
    this.sendControl(messageType.setChunkSize, writeControlNumber(OUT_CHUNK_SIZE));
    this.#outChunkSize = OUT_CHUNK_SIZE;
  }

  sendControl(typeId: number, payload: Uint8Array): void {
    this.#send({ typeId, timestamp: 0, streamId: 0, payload }, CONTROL_CHUNK_STREAM_ID);
  }

  sendUserControl(event: number, value: number): void {
    this.sendControl(messageType.userControl, writeUserControl(event, value));
  }

  sendCommand(payload: Uint8Array, streamId = 0): void {
    this.#send({ typeId: messageType.commandAmf0, timestamp: 0, streamId, payload }, COMMAND_CHUNK_STREAM_ID);
  }

  /** From now on pings measure the round trip. */
  startPings(now: number): void {
    this.#nextPingAt = now + PING_INTERVAL_MS;
  }

  /** Sends a ping when one is due; one is under way at a time. */
  tick(now: number): void {
    if (this.#nextPingAt === undefined || now < this.#nextPingAt) return;
    this.#nextPingAt = now + PING_INTERVAL_MS;
    if (this.#pingSentAt !== undefined && now - this.#pingSentAt < PING_GIVEN_UP_MS) return;
    this.#pingSentAt = now;
    this.#pingValue = Math.floor(now) >>> 0;
    this.sendUserControl(userEvent.pingRequest, this.#pingValue);
  }

  /**
   * Deals with control messages; false: the message is something else.
   * @throws {ProtocolError}
   */
  handleControl(message: RtmpMessage, now: number): boolean {
    switch (message.typeId) {
      case messageType.acknowledgement:
        this.#acknowledged(readControlNumber(message.payload));
        return true;
      case messageType.windowAcknowledgementSize:
        this.#window = Math.max(1, readControlNumber(message.payload));
        return true;
      case messageType.setPeerBandwidth:
        this.#peerBandwidth(readControlNumber(message.payload));
        return true;
      case messageType.userControl:
        this.#userControl(message.payload, now);
        return true;
      default:
        return false;
    }
  }

  /** The peer limits what we may have unacknowledged: it is told our window, when that changes (§5.4.5). */
  #peerBandwidth(limitBytes: number): void {
    const windowBytes = Math.min(limitBytes, PUBLISHED_WINDOW_BYTES);
    if (windowBytes === 0 || windowBytes === this.#peerWindow) return;
    this.#peerWindow = windowBytes;
    this.sendControl(messageType.windowAcknowledgementSize, writeControlNumber(windowBytes));
  }

  /** A server that sets no limit is asked all the same. */
  #askForAcknowledgements(): void {
    if (this.#peerWindow === 0) this.#peerBandwidth(PUBLISHED_WINDOW_BYTES);
  }

  #acknowledged(sequence: number): void {
    // The field wraps at 2^32; the total counts on, since a long show passes 4 GiB in an hour and a half.
    const advance = (sequence - (this.#acknowledgedByPeer % 2 ** 32) + 2 ** 32) % 2 ** 32;
    if (advance < 2 ** 31) this.#acknowledgedByPeer += advance;
    this.#emit({ type: 'acknowledged', bytes: this.#acknowledgedByPeer });
  }

  #userControl(payload: Uint8Array, now: number): void {
    const { event, value } = readUserControl(payload);
    if (event === userEvent.pingRequest) this.sendUserControl(userEvent.pingResponse, value);
    // A late answer to a ping that was given up would measure from the wrong one.
    if (event === userEvent.pingResponse && this.#pingSentAt !== undefined && value === this.#pingValue) {
      this.#emit({ type: 'round-trip', ms: now - this.#pingSentAt });
      this.#pingSentAt = undefined;
    }
  }

  #send(message: RtmpMessage, chunkStreamId: number): void {
    this.#emit({ type: 'send', bytes: writeJoinedChunks(message, chunkStreamId, this.#outChunkSize) });
  }
}
