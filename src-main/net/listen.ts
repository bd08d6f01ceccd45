/**
 * Listening for connections, over TCP or TLS.
 * @module
 */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { lentReads } from './lent-reads.ts';
import { ListenError } from './listen-error.ts';
import { SocketTransport } from './socket-transport.ts';
import type { Transport } from './transport.ts';

/** A server socket. */
export type Listener = {
  readonly host: string;
  /** The port really taken, also when 0 was asked for. */
  readonly port: number;
  /** Takes no more connections; those that stand are left alone. */
  readonly close: () => Promise<void>;
};

/** Where to listen; `tls` with certificate and key in PEM. */
export type ListenOptions = {
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
};

/** Connections that may wait for us; the system's own limit is lower or equal. */
const BACKLOG = 511;
/** Time a client gets for TLS, ms: as long as for all of RTMP's set-up. Node's own two minutes invite to wait. */
const TLS_HANDSHAKE_TIMEOUT_MS = 15_000;

/**
 * Opens a server socket.
 * @throws {ListenError} The address cannot be had.
 */
export function listen(
  options: ListenOptions,
  onConnection: (transport: Transport) => void,
): Promise<Listener> {
  /** Connections in their TLS handshake, by address: they are nobody's yet, and would keep the server from closing. */
  const greeting = new Map<string, Socket>();
  const accept = (socket: Socket): void => {
    onConnection(new SocketTransport(lentReads(socket)));
  };
  const acceptTls = (socket: Socket): void => {
    greeting.delete(addressOf(socket));
    onConnection(new SocketTransport(socket));
  };
  const server: Server =
    options.tls === undefined
      ? createServer({ pauseOnConnect: true }, accept)
      : createTlsServer({ ...options.tls, handshakeTimeout: TLS_HANDSHAKE_TIMEOUT_MS }, acceptTls);
  if (options.tls !== undefined) {
    server.on('connection', (socket: Socket) => {
      const address = addressOf(socket);
      greeting.set(address, socket);
      socket.once('close', () => greeting.delete(address));
    });
  }
  // A TLS client that does not trust us is its own affair; the socket is closed by then.
  server.on('tlsClientError', () => undefined);
  return new Promise((resolve, reject) => {
    const { host, port } = options;
    // Stays on: a connection that cannot be accepted later (too many open files) must not end the program.
    server.on('error', (error: NodeJS.ErrnoException) => {
      reject(new ListenError(error.code ?? 'UNKNOWN', host, port));
    });
    server.listen({ host, port, backlog: BACKLOG }, () => {
      const taken = (server.address() as AddressInfo).port;
      const close = (): Promise<void> => {
        const closed = closeServer(server);
        for (const socket of greeting.values()) socket.destroy();
        return closed;
      };
      resolve({ host, port: taken, close });
    });
  });
}

function addressOf(socket: Socket): string {
  return `${socket.remoteAddress ?? ''} ${socket.remotePort ?? 0}`;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
