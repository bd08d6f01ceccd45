import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { MemoryLog } from '../platform/testing/memory-log.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { Secret } from '../secrets/secret.ts';
import { CommandRefused } from '../studio/studio-port.ts';
import { MAX_TARGET_FILE_CHARS } from '../../src-shared/model/target-import.ts';
import { API_ROUTES } from './api-routes.ts';
import { buildHttpServer } from './http-server.ts';
import { FakeStudio } from './testing/fake-studio.ts';
import { commands } from '../../src-shared/bridge/contract.ts';

const TOKEN = 'token-of-the-test';
const bearer = { authorization: `Bearer ${TOKEN}`, host: '127.0.0.1:8935' };

async function start(host = '127.0.0.1') {
  const studio = new FakeStudio();
  const log = new MemoryLog();
  const clock = new ManualClock();
  const app = await buildHttpServer({
    studio,
    log,
    clock,
    token: new Secret(TOKEN),
    version: '1.2.3',
    host,
    port: 8935,
    windowDir: '/nowhere',
    extraOrigins: ['app://relaydeck'],
    rssBytes: () => 1000,
  });
  return { app, studio, log };
}

test.each([
  ['no token', { host: '127.0.0.1:8935' }, '', [401, 'token-missing']],
  ['a wrong token', { host: '127.0.0.1:8935', authorization: 'Bearer x' }, '', [401, 'token-wrong']],
  ['a wrong token in the address', { host: '127.0.0.1:8935' }, '?token=x', [401, 'token-wrong']],
  ['a foreign name', { ...bearer, host: 'evil.example:8935' }, '', [403, 'unknown-host']],
  ['another port', { ...bearer, host: '127.0.0.1:80' }, '', [403, 'unknown-host']],
  ['a foreign page', { ...bearer, origin: 'https://evil.example' }, '', [403, 'unknown-origin']],
  ['a page without origin', { ...bearer, origin: 'null' }, '', [403, 'unknown-origin']],
])('%s is not let in', async (_, headers, query, [status, code]) => {
  const { app, studio } = await start();
  for (const path of [
    '/api/v1/state',
    '/api/v1/events',
    '/metrics',
    '/preview/main.flv',
    '/preview/targets/t1.flv',
    '/api/v1/nothing',
    '/%61pi/v1/state',
  ]) {
    const answer = await app.inject({ url: path + query, headers });
    expect([path, answer.statusCode]).toEqual([path, status]);
    expect(answer.json()).toEqual({ error: { code, message: expect.stringMatching(/\.$/) as string } });
  }
  expect(studio.calls).toEqual([]);
});

test.each([
  ['the header', bearer, ''],
  ['the address', { host: 'localhost:8935' }, `?token=${TOKEN}`],
  ['our own page', { ...bearer, origin: 'http://127.0.0.1:8935' }, ''],
  ['the desktop window', { ...bearer, origin: 'app://relaydeck' }, ''],
  ['IPv6', { ...bearer, host: '[::1]:8935' }, ''],
])('the token in %s lets in', async (_, headers, query) => {
  const { app } = await start();
  const answer = await app.inject({ url: `/api/v1/state${query}`, headers });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({
    version: '0.1.0',
    ingests: [{ id: 'main' }],
    targets: [{ id: 't1' }],
  });
  expect(answer.headers).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
});

test.each([
  ['GET', '/ingests', undefined, 200],
  ['GET', '/ingests/main', undefined, 200],
  ['GET', '/ingests/other', undefined, 404],
  ['POST', '/ingests', { name: 'Two', holdSeconds: 0 }, 201],
  ['PATCH', '/ingests/main', { name: 'Two' }, 200],
  ['PATCH', '/ingests/other', { name: 'Two' }, 404],
  ['DELETE', '/ingests/main', undefined, 204],
  ['DELETE', `/ingests/${'x'.repeat(65)}`, undefined, 404],
  ['POST', '/ingests/main/restore', undefined, 200],
  ['POST', '/ingests/main/renew-key', undefined, 200],
  ['POST', '/ingests/main/test-signal/start', undefined, 200],
  ['GET', '/targets/t1', undefined, 200],
  ['POST', '/targets', { name: 'T', url: 'rtmp://x/y', streamKey: 'k' }, 201],
  ['POST', '/targets/t1/restore', undefined, 200],
  ['POST', '/targets/t1/start', undefined, 200],
  ['POST', '/targets/other/stop', undefined, 404],
  ['POST', '/targets/start-all', undefined, 204],
  ['GET', '/platforms', undefined, 200],
] as const)('%s %s', async (method, url, body, status) => {
  const { app } = await start();
  const answer = await app.inject({
    method,
    url: `/api/v1${url}`,
    headers: bearer,
    ...(body === undefined ? {} : { payload: body }),
  });
  expect(answer.statusCode).toBe(status);
  if (status === 404)
    expect(answer.json()).toMatchObject({
      error: { code: /ingests/.test(url) ? 'no-such-ingest' : 'no-such-target' },
    });
});

test('a whole file of targets may be sent, and one that is larger is refused by its field', async () => {
  const { app, studio } = await start();
  const send = (file: string) =>
    app.inject({ method: 'POST', url: '/api/v1/targets/import/preview', headers: bearer, payload: { file } });
  // Each of these takes six bytes in JSON.
  expect((await send('\u0001'.repeat(MAX_TARGET_FILE_CHARS))).statusCode).toBe(200);
  expect(studio.calls.length).toBe(1);
  const answer = await send('x'.repeat(MAX_TARGET_FILE_CHARS + 1));
  expect([answer.statusCode, answer.json()]).toMatchObject([400, { error: { field: 'file' } }]);
});

test('a body sets the arguments, the path the id', async () => {
  const { app, studio } = await start();
  await app.inject({
    method: 'PATCH',
    url: '/api/v1/targets/t1',
    headers: bearer,
    payload: { enabled: true },
  });
  expect(studio.calls).toEqual([{ command: 'target.update', args: { enabled: true, id: 't1' } }]);
});

test.each([
  ['{"name":""}', 400, { code: 'bad-request', message: 'name must not be empty.', field: 'name' }],
  ['{}', 400, { code: 'bad-request', message: 'name is missing: it must be text.', field: 'name' }],
  ['', 400, { code: 'bad-request', message: 'name is missing: it must be text.', field: 'name' }],
  [
    '{"name":"x","holdSeconds":"9"}',
    400,
    { code: 'bad-request', message: 'holdSeconds must be a number of seconds.', field: 'holdSeconds' },
  ],
  [
    '{"name":"x","colour":1}',
    400,
    { code: 'bad-request', message: 'colour is not a field of this command.', field: 'colour' },
  ],
  ['[]', 400, { code: 'bad-request', message: 'The values must be one JSON object.' }],
  [
    '{"name":"secret-key',
    400,
    { code: 'bad-json', message: expect.not.stringContaining('secret') as string },
  ],
  [
    JSON.stringify({ name: 'x'.repeat(70_000) }),
    413,
    { code: 'body-too-large', message: expect.any(String) as string },
  ],
])('a bad body %.40s says which field and why', async (payload, status, error) => {
  const { app, studio } = await start();
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/ingests',
    headers: { ...bearer, 'content-type': 'application/json' },
    payload,
  });
  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toEqual({ error });
  expect(studio.calls).toEqual([]);
});

test('the id of a body is refused, not silently left out', async () => {
  const { app } = await start();
  const answer = await app.inject({
    method: 'PATCH',
    url: '/api/v1/targets/t1',
    headers: bearer,
    payload: { id: 'x' },
  });
  expect([answer.statusCode, answer.json()]).toMatchObject([400, { error: { field: 'id' } }]);
});

test.each([
  [new CommandRefused('key-in-use', 'The key is in use.', 'streamKey'), 409],
  [new CommandRefused('bad-url', 'The address is none.', 'url'), 400],
  [new CommandRefused('no-such-ingest', 'There is none.', 'ingestId'), 400],
  [new CommandRefused('not-holding', 'There is no hold.'), 409],
  [new Error('a mistake with secret-key'), 500],
])('%s has a fitting status', async (failure, status) => {
  const { app, studio, log } = await start();
  studio.failure = failure;
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/targets',
    headers: bearer,
    payload: { name: 'x' },
  });
  expect(answer.statusCode).toBe(status);
  expect(answer.body).not.toContain('secret-key');
  expect(log.lines.length).toBe(status === 500 ? 1 : 0);
});

test('unknown routes and bodies that are no JSON have the same form of error', async () => {
  const { app } = await start();
  const unknown = await app.inject({ url: '/api/v1/nothing?token=x', headers: bearer });
  expect([unknown.statusCode, unknown.json()]).toMatchObject([404, { error: { code: 'no-such-route' } }]);
  expect(unknown.body).not.toContain('token');
  const outside = await app.inject({ method: 'POST', url: '/nothing', headers: { host: bearer.host } });
  expect([outside.statusCode, outside.json()]).toMatchObject([404, { error: { code: 'no-such-route' } }]);
  const form = await app.inject({
    method: 'POST',
    url: '/api/v1/ingests',
    headers: { ...bearer, 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'name=x',
  });
  expect([form.statusCode, form.json()]).toMatchObject([415, { error: { code: 'not-json' } }]);
});

test.each([
  ['text/plain', ''],
  ['application/x-www-form-urlencoded', ''],
  ['application/x-www-form-urlencoded', 'a=b'],
  ['application/json', ''],
  ['application/json', '{"half'],
  ['nonsense', 'x'],
  ['', 'x'],
  ['application/octet-stream', 'x'.repeat(100_000)],
  [undefined, 'x'],
])('where there is no body to send, type %s and body are ignored', async (type, payload) => {
  const { app, studio } = await start();
  const bodiless = API_ROUTES.filter((route) => route.method !== 'GET' && route.body === undefined);
  for (const { method, url, status, tag, command } of bodiless) {
    const id = tag === 'ingests' ? 'main' : 't1';
    const answer = await app.inject({
      method,
      url: `/api/v1${url.replace(':id', id)}`,
      headers: { ...bearer, ...(type === undefined ? {} : { 'content-type': type }) },
      payload,
    });
    expect([command, answer.statusCode]).toEqual([command, status]);
  }
  expect(studio.calls.length).toBe(bodiless.length);
});

test.each([
  ['/api/v1/%zz', 400],
  [`/api/v1/ingests/${'x'.repeat(300)}`, 404],
])('an odd address %.20s has the same form of error', async (url, status) => {
  const { app } = await start();
  const answer = await app.inject({ url, headers: bearer });
  expect([answer.statusCode, answer.json()]).toEqual([
    status,
    { error: { code: expect.stringMatching(/^[a-z-]+$/) as string, message: expect.any(String) as string } },
  ]);
});

test('the preview address lets its holder in', async () => {
  const { app } = await start();
  const answer = await app.inject({ url: '/api/v1/ingests/main/preview-url', headers: bearer });
  expect(answer.json()).toEqual({ url: `/preview/main.flv?token=${TOKEN}` });
  const ofTarget = await app.inject({ url: '/api/v1/targets/t1/preview-url', headers: bearer });
  expect(ofTarget.json()).toEqual({ url: `/preview/targets/t1.flv?token=${TOKEN}` });
});

test('one picture of an ingest: whole, or none', async () => {
  const { app, studio } = await start();
  const ask = (query: string, id = 'main') =>
    app.inject({ url: `/preview/${id}.flv?frames=${query}`, headers: bearer });
  const none = await ask('newest-keyframe');
  expect([none.statusCode, none.body]).toEqual([204, '']);
  studio.still = [Buffer.from('FLV'), Buffer.from('key')];
  const one = await ask('newest-keyframe');
  expect([one.statusCode, one.headers['content-type'], one.body]).toEqual([200, 'video/x-flv', 'FLVkey']);
  expect((await ask('newest-keyframe', 'other')).json()).toMatchObject({ error: { code: 'no-such-ingest' } });
  const bad = await ask('some');
  expect([bad.statusCode, bad.json()]).toEqual([
    400,
    {
      error: {
        code: 'bad-request',
        message: 'frames must be one of: all, newest-keyframe.',
        field: 'frames',
      },
    },
  ]);
  expect(studio.previews).toEqual([]);
});

test('every command has one route, and the OpenAPI document describes every route', async () => {
  expect(API_ROUTES.map((route) => route.command).sort()).toEqual(Object.keys(commands).sort());
  const { app } = await start();
  const document: {
    openapi: string;
    paths: Record<string, Record<string, { summary?: string; responses: object }>>;
  } = (await app.inject({ url: '/api/v1/openapi.json', headers: bearer })).json();
  expect(document.openapi).toBe('3.1.0');
  const report = '/history/{id}/{file}';
  const reads = [
    '/ingests',
    '/ingests/{id}',
    '/targets',
    '/targets/{id}',
    '/events',
    '/openapi.json',
    report,
  ];
  const read = reads.map((p) => ['get', `/api/v1${p}`]);
  const outside = ['/metrics', '/preview/{file}', '/preview/targets/{file}'].map((path) => ['get', path]);
  const commanded = API_ROUTES.map((r) => [r.method.toLowerCase(), `/api/v1${r.url.replace(':id', '{id}')}`]);
  for (const [method = '', path = ''] of [...read, ...outside, ...commanded]) {
    expect([method, path, document.paths[path]?.[method]?.summary]).toEqual([
      method,
      path,
      expect.stringMatching(/\.$/),
    ]);
  }
  // Routes that are not hidden on purpose appear by themselves, with or without words.
  const described = Object.values(document.paths).flatMap((path) => Object.entries(path));
  for (const [method, route] of described) {
    if (method !== 'head')
      expect([route.summary, Object.keys(route.responses)]).toEqual([
        expect.any(String),
        expect.arrayContaining(['401', '403']),
      ]);
  }
  expect(described.filter(([method]) => method !== 'head').length).toBe(
    read.length + outside.length + commanded.length,
  );
});

test('metrics are Prometheus text', async () => {
  const { app } = await start();
  const answer = await app.inject({ url: '/metrics', headers: bearer });
  expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(answer.body).toContain('relaydeck_target_state{target="t1",state="off"} 1\n');
  expect(answer.body).toContain('relaydeck_process_resident_memory_bytes 1000\n');
});

test('where every address is listened on, bare addresses are ours and names are not', async () => {
  const { app } = await start('0.0.0.0');
  const ask = async (host: string) =>
    (await app.inject({ url: '/api/v1/state', headers: { ...bearer, host } })).statusCode;
  expect(await ask('192.168.1.7:8935')).toBe(200);
  expect(await ask('evil.example:8935')).toBe(403);
});

test('Fastify does not load what makes checks of schemas: nobody asks it, and it takes 4 MiB and a tenth of a second', async () => {
  await start();
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  expect(loaded.filter((path) => /node_modules.fastify.fastify\.js$/.test(path))).toHaveLength(1);
  expect(loaded.filter((path) => /node_modules.ajv.dist.core|fast-json-stringify.index/.test(path))).toEqual(
    [],
  );
});
