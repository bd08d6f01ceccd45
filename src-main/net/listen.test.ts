import { EventEmitter } from 'node:events';
import type * as net from 'node:net';
import { expect, test, vi } from 'vitest';
import { ListenError } from './listen-error.ts';
import { listen } from './listen.ts';
import type { Transport } from './transport.ts';

/** What `createServer` of node:net and node:tls gives, under our hand. */
class FakeServer extends EventEmitter {
  accept: (socket: FakeSocket) => void = () => undefined;
  options: object = {};
  error: string | undefined;
  closed: (() => void) | undefined;

  listen(_: object, done: () => void): void {
    if (this.error === undefined) done();
    else this.emit('error', Object.assign(new Error('no'), { code: this.error }));
  }

  address(): object {
    return { port: 4_711 };
  }

  /** As Node does: done once every connection is gone. */
  close(done: () => void): void {
    this.closed = done;
  }
}

class FakeSocket extends EventEmitter {
  readonly remoteAddress = '192.0.2.1';
  readonly remotePort: number;
  destroyed = false;
  constructor(remotePort: number) {
    super();
    this.remotePort = remotePort;
  }
  setNoDelay(): void {}
  resume(): void {}
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

const made = vi.hoisted(() => ({ servers: [] as unknown[], error: undefined as string | undefined }));
const make = (options: object, accept: (socket: FakeSocket) => void): FakeServer => {
  const server = new FakeServer();
  Object.assign(server, { options, accept, error: made.error });
  made.servers.push(server);
  return server;
};
vi.mock('node:net', async (original) => ({
  ...(await original<typeof net>()),
  createServer: (options: object, accept: (socket: FakeSocket) => void) => make(options, accept),
}));
vi.mock('node:tls', () => ({
  createServer: (options: object, accept: (socket: FakeSocket) => void) => make(options, accept),
}));

async function listening(tls?: { cert: string; key: string }) {
  made.error = undefined;
  const transports: Transport[] = [];
  const listener = await listen({ host: '127.0.0.1', port: 0, tls }, (transport) =>
    transports.push(transport),
  );
  const server = made.servers.at(-1);
  if (!(server instanceof FakeServer)) throw new Error('no server was made');
  return { listener, server, transports };
}

test('the port that was taken, and a transport for each connection', async () => {
  const { listener, server, transports } = await listening();
  server.accept(new FakeSocket(1));
  expect([listener.port, listener.host, transports[0]?.remoteAddress]).toEqual([
    4_711,
    '127.0.0.1',
    '192.0.2.1:1',
  ]);
});

test.each(['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL'])('%s is a ListenError that says where', async (code) => {
  made.error = code;
  const failed = listen({ host: '::1', port: 1935 }, () => undefined);
  await expect(failed).rejects.toBeInstanceOf(ListenError);
  await expect(failed).rejects.toMatchObject({ code, host: '::1', port: 1935 });
});

test('connections that cannot be accepted later do not end the program (root cause: only the first error had a listener)', async () => {
  const { server } = await listening();
  for (let n = 0; n < 3; n++)
    server.emit('error', Object.assign(new Error('too many open files'), { code: 'EMFILE' }));
  expect(server.listenerCount('error')).toBe(1);
});

test('close does not wait for clients that are in their TLS greeting (root cause: the server waited two minutes for them)', async () => {
  const { listener, server, transports } = await listening({ cert: 'c', key: 'k' });
  const [shaken, silent] = [new FakeSocket(1), new FakeSocket(2)];
  server.emit('connection', shaken);
  server.emit('connection', silent);
  // The TLS socket of the same connection.
  server.accept(new FakeSocket(1));
  const closed = listener.close();
  expect([transports.length, shaken.destroyed, silent.destroyed]).toEqual([1, false, true]);
  server.closed?.();
  await closed;
  expect(server.options).toMatchObject({ handshakeTimeout: 15_000 });
});
