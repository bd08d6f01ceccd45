import { connect, createServer, type Server, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { lentReads, ownReads } from './lent-reads.ts';
import { SocketTransport } from './socket-transport.ts';
import { until } from './testing/loopback.ts';

type Met = {
  readonly text: () => string;
  readonly buffers: Set<ArrayBufferLike>;
  readonly closed: () => boolean;
};

/** A server that reads into the shared buffer; what each connection has said. */
async function server(
  read = lentReads,
): Promise<{ server: Server; met: Met[]; dial: () => Promise<Socket> }> {
  const met: Met[] = [];
  const sockets: Socket[] = [];
  const server = createServer({ pauseOnConnect: true }, (accepted) => {
    let text = '';
    let closed = false;
    const buffers = new Set<ArrayBufferLike>();
    met.push({ text: () => text, buffers, closed: () => closed });
    const transport = new SocketTransport(read(accepted));
    transport.listen({
      bytes: (bytes) => {
        buffers.add(bytes.buffer);
        text += new TextDecoder().decode(bytes);
        transport.write([Uint8Array.from(bytes)]);
      },
      drained: () => undefined,
      closed: () => {
        closed = true;
      },
    });
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  const dial = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    await new Promise((done) => socket.once('connect', done));
    return socket;
  };
  return { server, met, dial };
}

test('all connections are read into one buffer, and answered', async () => {
  const { met, dial } = await server();
  const [first, second] = [await dial(), await dial()];
  let answer = '';
  second.on('data', (bytes: Buffer) => (answer += bytes.toString()));
  first.write('one');
  second.write('two');
  await until(() => met[0]?.text() === 'one' && met[1]?.text() === 'two' && answer === 'two');
  first.write(' more');
  await until(() => met[0]?.text() === 'one more');
  expect(new Set(met.flatMap(({ buffers }) => [...buffers])).size).toBe(1);
});

test.each(['end', 'destroy', 'resetAndDestroy'] as const)(
  'a client that leaves by %s is told once, and its server can close',
  async (leave) => {
    const { server: listening, met, dial } = await server();
    const client = await dial();
    client.write('here');
    await until(() => met[0]?.text() === 'here');
    let serverClosed = false;
    listening.close(() => (serverClosed = true));
    client[leave]();
    await until(() => met[0]?.closed() === true && serverClosed);
  },
);

test('a transport that is destroyed hangs up, and its server counts one less', async () => {
  const { server: listening, dial } = await server((accepted) => {
    const read = lentReads(accepted);
    setImmediate(() => new SocketTransport(read).destroy());
    return read;
  });
  const client = await dial();
  let hungUp = false;
  client.on('close', () => (hungUp = true));
  const open = (): Promise<number> =>
    new Promise((resolve) => {
      listening.getConnections((_, count) => {
        resolve(count);
      });
    });
  await until(() => hungUp);
  await expect.poll(open).toBe(0);
});

test('where Node keeps its handle elsewhere, a connection is read as ever', async () => {
  const { met, dial } = await server((accepted) => {
    const hidden = new Proxy(accepted, {
      get: (socket, name) => {
        if (name === '_handle') return undefined;
        const value: unknown = Reflect.get(socket, name, socket);
        return typeof value === 'function' ? (value as () => unknown).bind(socket) : value;
      },
    });
    return lentReads(hidden);
  });
  const client = await dial();
  client.write('as ever');
  await until(() => met[0]?.text() === 'as ever');
});

test('a socket of ours is read as Node does', async () => {
  const { met, dial } = await server((accepted) => {
    accepted.resume();
    return ownReads(accepted);
  });
  (await dial()).write('own');
  await until(() => met[0]?.text() === 'own');
});
