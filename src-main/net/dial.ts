/**
 * Connecting outwards, over TCP or TLS.
 * @module
 */
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { SocketTransport, toTransportError } from './socket-transport.ts';
import { TransportError, type Transport } from './transport.ts';

/** Where to, and how long to try. */
export type DialOptions = {
  readonly host: string;
  readonly port: number;
  /** TLS with certificate and name checked. */
  readonly tls: boolean;
  /** Name, connection and TLS together must be done within this, ms. */
  readonly timeoutMs: number;
  /** Gives the attempt up. */
  readonly signal: AbortSignal;
};

/** Connects to a peer. Rejects with {@link TransportError}, of code `timeout` too when the signal gave it up. */
export type Dial = (options: DialOptions) => Promise<Transport>;

/** The real one. IPv6 and IPv4 are tried side by side (RFC 8305), as Node does by itself. */
export const dial: Dial = ({ host, port, tls, timeoutMs, signal }) =>
  new Promise((resolve, reject) => {
    const socket = open(host, port, tls);
    let settled = false;
    const finish = (error: unknown): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      if (error === undefined) {
        resolve(new SocketTransport(socket));
        return;
      }
      socket.destroy();
      reject(error instanceof TransportError ? error : toTransportError(error));
    };
    const abort = (): void => {
      finish(new TransportError('timeout', 'given up'));
    };
    let reached = false;
    const timer = setTimeout(() => {
      const within = `within ${timeoutMs / 1000} s`;
      // A plain RTMP server takes a TLS greeting for the start of a handshake and waits for the rest of it.
      finish(
        reached
          ? new TransportError('tls-failed', `no TLS answer ${within}`)
          : new TransportError('timeout', `no connection ${within}`),
      );
    }, timeoutMs);
    socket.once('connect', () => {
      reached = true;
    });
    // Stays on: a late error of a socket that was given up has nobody left to tell.
    socket.on('error', finish);
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      finish(undefined);
    });
    socket.once('close', () => {
      finish(new TransportError('reset', 'closed before the connection stood'));
    });
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  });

function open(host: string, port: number, tls: boolean): Socket {
  if (!tls) return connectTcp({ host, port });
  // Server Name Indication must not carry an address (RFC 6066 §3).
  return connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}) });
}
