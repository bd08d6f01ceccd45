/**
 * A TCP or TLS socket as a transport.
 * @module
 */
import type { Socket } from 'node:net';
import { JoinedFlush } from './joined-flush.ts';
import { ownReads, type ReadSocket } from './lent-reads.ts';
import {
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

const SHARED_FLUSH = new JoinedFlush();

/** Wraps a connected socket. The socket is ours from here on. */
export class SocketTransport implements Transport {
  readonly remoteAddress: string;
  readonly #socket: Socket;
  readonly #onBytes: ReadSocket['onBytes'];
  #corked = false;
  #error: TransportError | undefined;

  constructor(connected: Socket | ReadSocket) {
    const { socket, onBytes } = 'onBytes' in connected ? connected : ownReads(connected);
    this.#socket = socket;
    this.#onBytes = onBytes;
    this.remoteAddress = `${socket.remoteAddress ?? 'unknown'}:${socket.remotePort ?? 0}`;
    // Frames must not wait for the acknowledgement of the one before (Nagle): writes are gathered here instead.
    socket.setNoDelay(true);
    socket.on('error', (error) => {
      this.#error = toTransportError(error);
    });
  }

  readonly write = (pieces: readonly Uint8Array[]): void => {
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      SHARED_FLUSH.soon(this.#uncork);
    }
    for (const piece of pieces) this.#socket.write(piece);
  };

  readonly backlogBytes = (): number => this.#socket.writableLength;

  readonly bytesSent = (): number => this.#socket.bytesWritten - this.#socket.writableLength;

  readonly listen = (listener: TransportListener): void => {
    this.#onBytes(listener.bytes);
    this.#socket.on('drain', listener.drained);
    // Who has said goodbye takes nothing more: a backlog that waits for it would hide that for a long time.
    this.#socket.on('end', () => {
      if (this.#socket.writableLength > 0) this.#socket.destroy();
    });
    this.#socket.on('close', () => {
      listener.closed(this.#error);
    });
  };

  readonly end = (graceMs: number): void => {
    this.#uncork();
    this.#socket.end();
    const timer = setTimeout(() => this.#socket.destroy(), graceMs);
    timer.unref();
    this.#socket.once('close', () => {
      clearTimeout(timer);
    });
  };

  readonly destroy = (): void => {
    this.#socket.destroy();
  };

  readonly #uncork = (): void => {
    if (!this.#corked) return;
    this.#corked = false;
    this.#socket.uncork();
  };
}
