import { expect, test, vi } from 'vitest';
import type { IncomingConnection } from '../../src-shared/model/ingest.ts';
import { ClientPeer } from '../net/testing/client-peer.ts';
import { MemoryLine } from '../net/testing/memory-transport.ts';
import type { Transport } from '../net/transport.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { MemoryLog } from '../platform/testing/memory-log.ts';
import { seededRandom } from '../platform/testing/seeded-random.ts';
import {
  IngestServer,
  MAX_CONNECTIONS,
  MAX_SETTING_UP,
  MAX_SETTING_UP_BURST,
  SPARED_MS,
} from './ingest-server.ts';

const doors: ((transport: Transport) => void)[] = [];
let closes = 0;
vi.mock('../net/listen.ts', () => ({
  listen: (options: { host: string; port: number }, onConnection: (transport: Transport) => void) => {
    doors.push(onConnection);
    return Promise.resolve({
      ...options,
      close: () => {
        closes++;
        return Promise.resolve();
      },
    });
  },
}));

async function serving() {
  doors.length = 0;
  const clock = new ManualClock();
  const log = new MemoryLog();
  const updates: IncomingConnection[] = [];
  const yes = { ok: true } as const;
  const server = new IngestServer(
    {
      clock,
      log,
      random: seededRandom(1),
      hmacSha256: () => new Uint8Array(32),
      desk: {
        connect: () => yes,
        publish: () => ({ ...yes, ingestId: 'main', message: () => undefined, left: () => undefined }),
        play: () => ({ ok: false, statusCode: 'x', code: 'x', message: 'x', ingestId: null }),
      },
    },
    (connection) => updates.push(connection),
  );
  await server.listen({ host: '127.0.0.1', port: 1935 });
  const knock = (): MemoryLine => {
    const line = new MemoryLine({ clock });
    doors[0]?.(line.far);
    return line;
  };
  return { clock, log, updates, server, knock };
}

test('each connection has its own record, told from its beginning', async () => {
  const { updates, knock } = await serving();
  knock();
  new ClientPeer(knock()).start();
  expect(updates[0]).toMatchObject({
    id: 'c1',
    stage: 'handshake',
    outcome: 'in-progress',
    startedAt: '2026-01-01T00:00:00.000Z',
  });
  expect(updates.at(-1)).toMatchObject({ id: 'c2', outcome: 'ok', role: 'encoder' });
});

test('more connections than the limit are closed unheard; one that leaves makes room', async () => {
  const { log, server, updates, knock } = await serving();
  const peers = Array.from({ length: MAX_CONNECTIONS }, () => new ClientPeer(knock()).start());
  expect([server.connectionCount, peers.at(-1)?.session.step]).toEqual([MAX_CONNECTIONS, 'live']);
  const before = updates.length;
  for (let n = 0; n < 3; n++) {
    const line = knock();
    line.near.listen({ bytes: () => undefined, drained: () => undefined, closed: () => undefined });
    line.near.write([new Uint8Array(2_000)]);
    line.flush();
    expect(line.near.isClosed).toBe(true);
  }
  expect([server.connectionCount, updates.length]).toEqual([MAX_CONNECTIONS, before]);
  // Said once, not once for each.
  expect(log.lines.filter((text) => text.includes('too many connections'))).toHaveLength(1);
  peers[0]?.line.near.destroy();
  peers[0]?.line.flush();
  expect(server.connectionCount).toBe(MAX_CONNECTIONS - 1);
  expect(new ClientPeer(knock()).start().session.step).toBe('live');
});

const silent = (line: MemoryLine): void => {
  line.near.listen({ bytes: () => undefined, drained: () => undefined, closed: () => undefined });
  line.flush();
};
const gaveWay = (updates: readonly IncomingConnection[]): string[] =>
  updates.filter(({ reason }) => reason?.code === 'gave-way').map(({ id }) => id);

test('strangers who hold the door do not keep an encoder out: the oldest silent ones give way', async () => {
  const { clock, server, updates, knock } = await serving();
  const encoder = new ClientPeer(knock()).start();
  for (let n = 0; n < MAX_SETTING_UP + 10; n++) silent(knock());
  clock.advance(0);
  // All of them are young, and no burst yet: each is given its first second.
  expect(gaveWay(updates)).toEqual([]);
  clock.advance(SPARED_MS + 10);
  expect(gaveWay(updates)).toEqual(Array.from({ length: 10 }, (_, n) => `c${n + 2}`));
  expect(new ClientPeer(knock()).start().session.step).toBe('live');
  expect(encoder.isGone).toBe(false);
  expect(server.connectionCount).toBe(MAX_SETTING_UP + 2);
});

test('a burst of silent connections right behind an encoder that has just knocked does not cost it its place', async () => {
  const { clock, updates, knock } = await serving();
  const line = knock();
  for (let n = 0; n < 2 * MAX_SETTING_UP_BURST; n++) silent(knock());
  // What it has sent is read in the same turn as the burst is accepted, before anybody is judged.
  const encoder = new ClientPeer(line).start();
  clock.advance(1);
  expect(encoder.isGone).toBe(false);
  expect(encoder.session.step).toBe('live');
  expect(gaveWay(updates)).not.toContain('c1');
});

test('at the limit of all connections a real one takes the place of a silent one', async () => {
  const { knock } = await serving();
  for (let n = 0; n < MAX_CONNECTIONS; n++) silent(knock());
  expect(new ClientPeer(knock()).start().session.step).toBe('live');
});

test('stop closes the door and ends every connection', async () => {
  const { clock, server, knock } = await serving();
  const peers = [new ClientPeer(knock()).start(), new ClientPeer(knock()).start()];
  closes = 0;
  await server.stop();
  for (const { line } of peers) line.flush();
  expect([closes, server.connectionCount, peers.map(({ isGone }) => isGone), clock.pending]).toEqual([
    1,
    0,
    [true, true],
    0,
  ]);
});
