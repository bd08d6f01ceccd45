import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { beforeAll, describe, expect, test } from 'vitest';
import { gatheredWrite, throughStream } from './direct-writes.ts';
import { SocketTransport } from './socket-transport.ts';
import { certificateFor, tcpServer, tlsServer, until, type TestCertificate } from './testing/loopback.ts';
import { BACKLOG_BYTES, type TransportError } from './transport.ts';

let certificate: TestCertificate;
beforeAll(async () => {
  certificate = await certificateFor(['localhost'], ['127.0.0.1']);
});

const LINES = { TCP: false, TLS: true } as const;
const WAYS = { 'past the stream': gatheredWrite, 'through the stream': throughStream } as const;
const CASES = Object.entries(LINES).flatMap(([line, tls]) =>
  Object.entries(WAYS).map(([way, writes]) => ({ name: `${line}, ${way}`, tls, writes })),
);
const PIECE_BYTES = 40_000;

describe.each(CASES)('$name', ({ tls, writes }) => {
  /** A line to a server that has stopped reading until it is told to. */
  async function line(): Promise<Line> {
    const received: Buffer[] = [];
    let hasEnded = false;
    const serve = (socket: Socket): void => {
      socket.pause();
      socket.on('data', (bytes: Buffer) => received.push(bytes));
      socket.on('end', () => (hasEnded = true));
    };
    const sockets: Socket[] = [];
    const take = (socket: Socket): void => {
      sockets.push(socket);
      serve(socket);
    };
    const { port } = tls ? await tlsServer(certificate, take) : await tcpServer(take);
    const socket = tls
      ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
      : connectTcp(port, '127.0.0.1');
    await new Promise((done) => socket.once(tls ? 'secureConnect' : 'connect', done));
    const transport = new SocketTransport(socket, writes);
    const told: Told = { drained: 0, closed: [] };
    transport.listen({
      bytes: () => undefined,
      drained: () => told.drained++,
      closed: (error) => {
        told.closed.push(error ?? 'in order');
      },
    });
    await until(() => sockets.length === 1);
    const [server] = sockets;
    if (server === undefined) throw new Error('the server has no connection');
    return { transport, told, server, bytes: () => Buffer.concat(received), hasEnded: () => hasEnded };
  }

  /** Numbered pieces until the system takes no more, and twenty behind them; what was written. */
  async function fill({ transport }: Line): Promise<Buffer> {
    const written: Buffer[] = [];
    const write = (): void => {
      const pieces = [Buffer.alloc(PIECE_BYTES, written.length), Buffer.alloc(7, written.length + 1)];
      written.push(...pieces);
      transport.write(pieces);
    };
    for (let still = 0; still < 20;) {
      const sentBefore = transport.bytesSent();
      write();
      await new Promise((resolve) => setTimeout(resolve, 1));
      still = transport.bytesSent() === sentBefore ? still + 1 : 0;
    }
    for (let n = 0; n < 20; n++) write();
    return Buffer.concat(written);
  }

  test('what the system does not take waits, is counted, and arrives whole and in order', async () => {
    const open = await line();
    const { transport, told, server } = open;
    const written = await fill(open);
    expect(transport.backlogBytes()).toBeGreaterThanOrEqual(20 * PIECE_BYTES);
    expect(transport.backlogBytes() + transport.bytesSent()).toBe(written.length);
    told.drained = 0;
    server.resume();
    await until(() => told.drained > 0);
    expect([transport.backlogBytes(), transport.bytesSent()]).toEqual([0, written.length]);
    await until(() => open.bytes().length === written.length);
    expect(open.bytes().equals(written)).toBe(true);
    transport.destroy();
  });

  test('who has stopped at a backlog is told when the system takes it at once (root cause: feeds stood still)', async () => {
    const { transport, told, server } = await line();
    server.resume();
    transport.write([Buffer.alloc(BACKLOG_BYTES)]);
    expect([transport.backlogBytes(), told.drained]).toEqual([BACKLOG_BYTES, 0]);
    await until(() => told.drained > 0);
    expect(transport.backlogBytes()).toBe(0);
    transport.destroy();
  });

  test('an end sends what waits, takes nothing after it, and closes in order', async () => {
    const open = await line();
    const { transport, told, server } = open;
    const written = await fill(open);
    transport.end(5_000);
    transport.write([Buffer.from('too late')]);
    server.resume();
    await until(() => open.hasEnded() && told.closed.length > 0);
    expect(told.closed).toEqual(['in order']);
    expect(open.bytes().equals(written)).toBe(true);
  });

  test('an end that the other side does not take is over after its grace', async () => {
    const open = await line();
    await fill(open);
    open.transport.end(50);
    await until(() => open.told.closed.length > 0);
    expect(open.transport.backlogBytes()).toBeGreaterThan(0);
  });

  test('a line that is reset while it is written to says so, once', async () => {
    const open = await line();
    const { transport, told, server } = open;
    await fill(open);
    told.drained = 0;
    // With unread bytes that is a reset.
    server.destroy();
    await until(() => told.closed.length > 0);
    transport.write([Buffer.from('nobody')]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told.closed).toMatchObject([{ code: 'reset' }]);
    expect(told.drained).toBe(0);
  });
});

type Told = { drained: number; readonly closed: (TransportError | 'in order')[] };

type Line = {
  readonly transport: SocketTransport;
  readonly told: Told;
  readonly server: Socket;
  readonly bytes: () => Buffer;
  readonly hasEnded: () => boolean;
};
