import { once } from 'node:events';
import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { MemoryLog } from '../platform/testing/memory-log.ts';
import { nodeClock } from '../platform/node-clock.ts';
import { Secret } from '../secrets/secret.ts';
import { startHttpServer, type HttpServer } from './http-server.ts';
import { FakeStudio, FAKE_STATE, FAKE_TARGET } from './testing/fake-studio.ts';

const TOKEN = 'token-of-the-test';
const servers: HttpServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(windowDir = '/nowhere') {
  const studio = new FakeStudio();
  const log = new MemoryLog();
  const manual = new ManualClock();
  // Heartbeats by hand; goodbyes at the end of a test in real time.
  const clock = {
    ...nodeClock,
    after: (ms: number, fire: () => void) => (ms < 1000 ? nodeClock : manual).after(ms, fire),
  };
  const server = await startHttpServer({
    studio,
    log,
    clock,
    token: new Secret(TOKEN),
    version: '1.2.3',
    host: '127.0.0.1',
    port: 0,
    windowDir,
    extraOrigins: ['app://relaydeck'],
  });
  servers.push(server);
  return { studio, log, manual, server, url: `http://127.0.0.1:${server.port}` };
}

/** Text as it arrives, one call per event. */
async function reader(url: string, signal?: AbortSignal) {
  const response = await fetch(url, signal === undefined ? {} : { signal });
  const body: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader();
  if (body === undefined) throw new Error('no body');
  const decoder = new TextDecoder();
  return { response, next: async () => decoder.decode((await body.read()).value) };
}

const until = async (condition: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 500 && !condition(); turn++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
};

test('events: the snapshot, then changes in order, and a heartbeat', async () => {
  const { studio, manual, url } = await start();
  const abort = new AbortController();
  const { response, next } = await reader(`${url}/api/v1/events?token=${TOKEN}`, abort.signal);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(await next()).toBe(`id: 1\nevent: snapshot\ndata: ${JSON.stringify(FAKE_STATE)}\n\n`);
  studio.tell({ type: 'target', target: FAKE_TARGET });
  expect(await next()).toBe(`id: 2\nevent: target\ndata: ${JSON.stringify(FAKE_TARGET)}\n\n`);
  studio.tell({ type: 'target-removed', id: 't1' });
  expect(await next()).toBe('id: 3\nevent: target-removed\ndata: {"id":"t1"}\n\n');
  manual.advance(15_000);
  expect(await next()).toBe(': heartbeat\n\n');
  abort.abort();
  await until(() => studio.subscribers === 0 && manual.pending === 0);
});

test('an event reader that does not read is cut off', async () => {
  const { studio, server } = await start();
  const socket = connect(server.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.pause();
  socket.write(`GET /api/v1/events?token=${TOKEN} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`);
  await until(() => studio.subscribers === 1);
  const big = { ...FAKE_TARGET, name: 'x'.repeat(1_000_000) };
  for (let n = 0; n < 40 && studio.subscribers > 0; n++) {
    studio.tell({ type: 'target', target: big });
    await new Promise((resolve) => setImmediate(resolve));
  }
  await until(() => studio.subscribers === 0);
  socket.destroy();
});

test('a preview: bytes as they come, closed on both sides', async () => {
  const { studio, url, manual } = await start();
  const abort = new AbortController();
  const { response, next } = await reader(`${url}/preview/main.flv?token=${TOKEN}`, abort.signal);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'video/x-flv',
    'cache-control': 'no-store',
    'transfer-encoding': 'chunked',
  });
  const [preview] = studio.previews;
  preview?.sink.write(Buffer.from('FLV'));
  expect(await next()).toBe('FLV');
  expect(preview?.sink.backlogBytes()).toBe(0);
  abort.abort();
  await until(() => preview?.closed === true);
  preview?.sink.write(Buffer.from('late'));

  const second = await reader(`${url}/preview/main.flv?token=${TOKEN}`);
  studio.previews[1]?.sink.end();
  expect(await second.next()).toBe('');
  // Nothing is left that would close the connection later, when it carries another answer.
  await until(() => manual.pending === 0);
  for (const path of ['/preview/other.flv', '/preview/main', '/preview/.flv']) {
    const answer = await fetch(`${url}${path}?token=${TOKEN}`);
    expect([path, answer.status, await answer.json()]).toMatchObject([
      path,
      404,
      { error: { code: 'no-such-ingest' } },
    ]);
  }
});

test('what a target is sent has a preview of its own', async () => {
  const { studio, url } = await start();
  const { next } = await reader(`${url}/preview/targets/t1.flv?token=${TOKEN}`);
  const [preview] = studio.previews;
  expect(preview?.of).toEqual({ type: 'target', id: 't1' });
  preview?.sink.write(Buffer.from('FLV'));
  expect(await next()).toBe('FLV');
  preview?.sink.end();
  const answer = await fetch(`${url}/preview/targets/main.flv?token=${TOKEN}`);
  expect([answer.status, await answer.json()]).toMatchObject([404, { error: { code: 'no-such-target' } }]);
});

test('a slow player is told of, and asked again when it has caught up', async () => {
  const { studio, server } = await start();
  const socket = connect(server.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.pause();
  socket.write(`GET /preview/main.flv?token=${TOKEN} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`);
  await until(() => studio.previews.length === 1);
  const [preview] = studio.previews;
  const block = new Uint8Array(1_000_000);
  for (let n = 0; n < 30; n++) preview?.sink.write(block);
  expect(preview?.sink.backlogBytes()).toBeGreaterThan(1_000_000);
  socket.resume();
  await until(() => (preview?.drained ?? 0) > 0);
  expect(preview?.sink.backlogBytes()).toBe(0);
  socket.destroy();
  await until(() => preview?.closed === true);
});

test('the desktop window may fetch previews, other pages may not', async () => {
  const { url } = await start();
  const ask = (origin: string): Promise<Response> =>
    fetch(`${url}/preview/main.flv?token=${TOKEN}`, { headers: { origin } });
  const ours = await ask('app://relaydeck');
  expect([ours.status, ours.headers.get('access-control-allow-origin')]).toEqual([200, 'app://relaydeck']);
  await ours.body?.cancel();
  expect((await ask('http://evil.example')).status).toBe(403);
});

test('the bridge over a WebSocket', async () => {
  const { studio, server } = await start();
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/bridge?token=${TOKEN}`);
  const messages: unknown[] = [];
  socket.on('message', (text: Buffer) => messages.push(JSON.parse(text.toString())));
  await once(socket, 'open');
  socket.send('{"kind":"subscribe"}');
  socket.send('{"kind":"call","callId":7,"command":"target.stop","args":{"id":"t1"}}');
  await until(() => messages.length === 2);
  expect(messages).toEqual([
    { kind: 'update', update: { type: 'snapshot', state: FAKE_STATE } },
    { kind: 'answer', callId: 7, value: FAKE_TARGET },
  ]);
  socket.send('nonsense');
  await once(socket, 'close');
  expect(studio.subscribers).toBe(0);
});

test.each([
  ['no token', '/bridge', {}, 401],
  ['a foreign page', `/bridge?token=${TOKEN}`, { origin: 'http://evil.example' }, 403],
  ['a foreign name', `/bridge?token=${TOKEN}`, { headers: { host: 'evil.example' } }, 403],
  ['another route', `/nothing?token=${TOKEN}`, {}, 404],
])('a WebSocket with %s is refused', async (_, path, options, status) => {
  const { server } = await start();
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, options);
  const [error] = (await once(socket, 'error')) as [Error];
  expect(error.message).toContain(String(status));
});

test.each([
  ['no HTTP at all', 'nonsense\r\n\r\n', 400, 'bad-http'],
  ['TLS', '\u0016\u0003\u0001\u0002\u0000', 400, 'bad-http'],
  ['an unknown method', 'SHOUT / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'bad-http'],
  ['too long headers', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
  ['no host', 'GET /api/v1/state HTTP/1.1\r\nConnection: close\r\n\r\n', 403, 'unknown-host'],
])('%s is answered in our form of error, though no request came of it', async (_, bytes, status, code) => {
  const { server } = await start();
  // The half-open client: the server must not wait for it to say goodbye.
  const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
  let answer = '';
  socket.on('data', (text: Buffer) => (answer += text.toString()));
  socket.write(bytes);
  await once(socket, 'end');
  socket.destroy();
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head.toLowerCase()).toContain('content-type: application/json; charset=utf-8');
  expect(JSON.parse(body)).toEqual({ error: { code, message: expect.stringMatching(/\.$/) as string } });
});

test('a window that stays open does not hold up the stop', async () => {
  const { server, studio } = await start();
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/bridge?token=${TOKEN}`);
  await once(socket, 'open');
  const { next } = await reader(`http://127.0.0.1:${server.port}/api/v1/events?token=${TOKEN}`);
  await next();
  const closed = once(socket, 'close');
  await server.close();
  expect(((await closed) as [number])[0]).toBe(1001);
  await until(() => studio.subscribers === 0);
});

test('the window: page and assets without a token, under a strict policy, and nothing outside of them', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'relaydeck-window-'));
  await mkdir(join(dir, 'window', 'assets'), { recursive: true });
  await writeFile(join(dir, 'secret.txt'), 'secret');
  await writeFile(join(dir, 'window', 'index.html'), '<p>window</p>');
  await writeFile(join(dir, 'window', 'assets', 'index-abc.js'), '1');
  const { url, server } = await start(join(dir, 'window'));
  const page = await fetch(`${url}/?token=any`);
  expect([page.status, await page.text()]).toEqual([200, '<p>window</p>']);
  expect(Object.fromEntries(page.headers)).toMatchObject({
    'content-security-policy': expect.stringMatching(
      /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'$/,
    ) as string,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  });
  const asset = await fetch(`${url}/assets/index-abc.js`);
  expect([asset.status, asset.headers.get('cache-control')]).toEqual([
    200,
    'public, max-age=31536000, immutable',
  ]);
  expect((await fetch(`${url}/nothing.js`)).status).toBe(404);
  const foreign = connect(server.port, '127.0.0.1');
  foreign.write(`GET /../secret.txt HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`);
  const [answer] = (await once(foreign, 'data')) as [Buffer];
  expect(answer.toString()).not.toContain('\r\n\r\nsecret');
});

test('a taken port is an error with the system’s code', async () => {
  const { server } = await start();
  const again = startHttpServer({
    studio: new FakeStudio(),
    log: new MemoryLog(),
    clock: nodeClock,
    token: new Secret(TOKEN),
    version: '1',
    host: '127.0.0.1',
    port: server.port,
    windowDir: '/nowhere',
  });
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
