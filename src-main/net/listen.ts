/**
 * Listening for connections, over TCP or TLS.
 * @module
 */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
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

/**
 * Opens a server socket.
 * @throws {ListenError} The address cannot be had.
 */
export function listen(
  options: ListenOptions,
  onConnection: (transport: Transport) => void,
): Promise<Listener> {
  const accept = (socket: Socket): void => {
    onConnection(new SocketTransport(socket));
  };
  const server: Server =
    options.tls === undefined
      ? createServer(accept)
      : createTlsServer({ cert: options.tls.cert, key: options.tls.key }, accept);
  // A TLS client that does not trust us is its own affair; the socket is closed by then.
  server.on('tlsClientError', () => undefined);
  return new Promise((resolve, reject) => {
    const { host, port } = options;
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new ListenError(error.code ?? 'UNKNOWN', host, port));
    });
    server.listen({ host, port, backlog: BACKLOG }, () => {
      const taken = (server.address() as AddressInfo).port;
      resolve({ host, port: taken, close: () => closeServer(server) });
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
