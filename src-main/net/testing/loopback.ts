/**
 * Servers on this computer's loopback, for integration tests: what arrives is kept, all ends with the test.
 * @module
 */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { generate } from 'selfsigned';
import { onTestFinished } from 'vitest';

/** A server and the sockets that it has taken. */
export type Loopback = { readonly port: number; readonly sockets: Socket[]; readonly open: () => number };

/** A certificate and its key in PEM. */
export type TestCertificate = { readonly cert: string; readonly key: string };

/** Made for the names and addresses given, by itself. */
export async function certificateFor(
  names: readonly string[],
  addresses: readonly string[] = [],
): Promise<TestCertificate> {
  const altNames = [
    ...names.map((value) => ({ type: 2 as const, value })),
    ...addresses.map((ip) => ({ type: 7 as const, ip })),
  ];
  const made = await generate([{ name: 'commonName', value: names[0] ?? 'test' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  return { cert: made.cert, key: made.private };
}

/** Listens in plain TCP. */
export function tcpServer(serve: (socket: Socket) => void, host = '127.0.0.1'): Promise<Loopback> {
  return listening(createServer(serve), host);
}

/** Listens in TLS; `serve` gets the name that the client asked for, false for none. */
export function tlsServer(
  certificate: TestCertificate,
  serve: (socket: Socket, name: string | false) => void,
  host = '127.0.0.1',
): Promise<Loopback> {
  const server = createTlsServer(certificate, (socket) => {
    const { servername } = socket as unknown as { servername: string | false };
    serve(socket, servername);
  });
  server.on('tlsClientError', () => undefined);
  return listening(server, host);
}

/** Sends back what it gets. */
export const echo = (socket: Socket): void => void socket.pipe(socket);

/** Reads and says nothing. */
export const silent = (socket: Socket): void => void socket.resume();

/** Waits for something to become true. */
export async function until(holds: () => boolean, timeoutMs = 3_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error('it never came true');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function listening(server: Server, host: string): Promise<Loopback> {
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address() as AddressInfo;
      resolve({ port, sockets, open: () => sockets.filter(({ destroyed }) => !destroyed).length });
    });
  });
}
