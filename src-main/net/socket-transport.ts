/**
 * A TCP or TLS socket as a transport.
 * @module
 */
import type { Socket } from 'node:net';
import { gatheredWrite, type GatheredWrite, type Written } from './direct-writes.ts';
import { LINES_FLUSH } from './joined-flush.ts';
import { ownReads, type ReadSocket } from './lent-reads.ts';
import {
  BACKLOG_BYTES,
  TransportError,
  type Transport,
  type TransportErrorCode,
  type TransportListener,
} from './transport.ts';

const CODES: Readonly<Record<string, TransportErrorCode>> = {
  ENOTFOUND: 'dns-failed',
  EAI_AGAIN: 'dns-failed',
  EAI_FAIL: 'dns-failed',
  EAI_NODATA: 'dns-failed',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ENETDOWN: 'unreachable',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
};

/** Certificate faults as OpenSSL names them, beside the CERT_ family. */
const CERTIFICATE_CODES = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'INVALID_CA',
  'HOSTNAME_MISMATCH',
]);

const NOTHING: readonly Uint8Array[] = [];

/** The system's error as ours. Several addresses that all failed (happy eyeballs) count as their first failure. */
export function toTransportError(error: unknown): TransportError {
  if (error instanceof AggregateError && error.errors.length > 0) return toTransportError(error.errors[0]);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = error instanceof Error ? error.message : String(error);
  const known = CODES[code];
  if (known !== undefined) return new TransportError(known, message);
  if (CERTIFICATE_CODES.has(code) || code.startsWith('CERT_'))
    return new TransportError('tls-certificate', message);
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO') {
    return new TransportError('tls-failed', message);
  }
  return new TransportError('network-error', message === '' ? code : message);
}

/** Wraps a connected socket. The socket is ours from here on. */
export class SocketTransport implements Transport {
  readonly remoteAddress: string;
  readonly #socket: Socket;
  readonly #onBytes: ReadSocket['onBytes'];
  readonly #handOver: GatheredWrite;
  /** Not handed over yet. Most writes are alone in their turn, and handed over as they came. */
  #pieces: readonly Uint8Array[] = NOTHING;
  /** `#pieces`, where others were joined to the first. */
  #joined: Uint8Array[] | undefined;
  /** Of what the system has not taken: those pieces and what is being written. */
  #waitingBytes = 0;
  /** Of what is being written. */
  #writingBytes = 0;
  #sentBytes = 0;
  #isDue = false;
  #isHandingOver = false;
  #isEnding = false;
  #drained: () => void = () => undefined;
  #error: TransportError | undefined;

  constructor(connected: Socket | ReadSocket, writes: (socket: Socket) => GatheredWrite = gatheredWrite) {
    const { socket, onBytes } = 'onBytes' in connected ? connected : ownReads(connected);
    this.#socket = socket;
    this.#onBytes = onBytes;
    this.#handOver = writes(socket);
    this.remoteAddress = `${socket.remoteAddress ?? 'unknown'}:${socket.remotePort ?? 0}`;
    // Frames must not wait for the acknowledgement of the one before (Nagle): writes are gathered here instead.
    socket.setNoDelay(true);
    socket.on('error', (error) => {
      this.#error = toTransportError(error);
    });
  }

  readonly write = (pieces: readonly Uint8Array[]): void => {
    if (this.#socket.destroyed || this.#socket.writableEnded || this.#isEnding) return;
    if (pieces.length === 0) return;
    if (this.#pieces === NOTHING) this.#pieces = pieces;
    else {
      this.#joined ??= [...this.#pieces];
      this.#joined.push(...pieces);
      this.#pieces = this.#joined;
    }
    for (const { length } of pieces) this.#waitingBytes += length;
    if (this.#isDue || this.#writingBytes > 0) return;
    this.#isDue = true;
    LINES_FLUSH.soon(this.#flushDue);
  };

  readonly backlogBytes = (): number => this.#waitingBytes;

  readonly bytesSent = (): number => this.#sentBytes;

  readonly listen = (listener: TransportListener): void => {
    this.#onBytes((bytes) => {
      LINES_FLUSH.read(listener.bytes, bytes);
    });
    this.#drained = listener.drained;
    // Who has said goodbye takes nothing more: a backlog that waits for it would hide that for a long time.
    this.#socket.on('end', () => {
      if (this.#waitingBytes > 0) this.#socket.destroy();
    });
    this.#socket.on('close', () => {
      listener.closed(this.#error);
    });
  };

  readonly end = (graceMs: number): void => {
    this.#flush();
    this.#isEnding = true;
    if (this.#waitingBytes === 0) this.#socket.end();
    const timer = setTimeout(() => this.#socket.destroy(), graceMs);
    timer.unref();
    this.#socket.once('close', () => {
      clearTimeout(timer);
    });
  };

  readonly destroy = (): void => {
    this.#socket.destroy();
  };

  readonly #flushDue = (): void => {
    const hadBacklog = this.#waitingBytes >= BACKLOG_BYTES;
    this.#flush();
    // Whoever has stopped there is told too when the system took all of it at once.
    if (hadBacklog && this.#waitingBytes === 0 && !this.#isEnding && !this.#socket.destroyed) this.#drained();
  };

  readonly #flush = (): void => {
    this.#isDue = false;
    if (this.#writingBytes > 0 || this.#waitingBytes === 0 || this.#socket.destroyed) return;
    const pieces = this.#pieces;
    this.#pieces = NOTHING;
    this.#joined = undefined;
    this.#writingBytes = this.#waitingBytes;
    this.#isHandingOver = true;
    this.#handOver(pieces, this.#written);
    this.#isHandingOver = false;
  };

  readonly #written: Written = (error) => {
    if (error) this.#socket.destroy(error);
    if (this.#socket.destroyed) return;
    this.#waitingBytes -= this.#writingBytes;
    this.#sentBytes += this.#writingBytes;
    this.#writingBytes = 0;
    // Taken at once: who has called looks to the rest.
    if (this.#isHandingOver) return;
    this.#flush();
    if (this.#waitingBytes > 0) return;
    if (this.#isEnding) this.#socket.end();
    else this.#drained();
  };
}
