import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { describe, expect, test } from 'vitest';
import { publishWithFfmpeg, recordWithNginx } from '../harness/peers.ts';
import { compare, packetsOf } from '../harness/recording.ts';
import type { Stage } from '../harness/stage.ts';
import { launchStudio, startStudio, type ErrorBody } from '../harness/studio.ts';
import { dial, sendAndAwaitEnd } from '../harness/tcp.ts';
import { needs, tool } from '../harness/tools.ts';
import { sleep, until } from '../harness/until.ts';
import { openStage, withStage } from './open-stage.ts';

/** Listens until the stage closes; gives the port. */
async function listen(stage: Stage, server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  stage.onClose(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

describe('flags', () => {
  test.each([
    ['--rtmp-port', 'rtmp'],
    ['--http-port', 'http'],
  ])('a taken %s ends the start with 2, names the port and the way out', async (flag) => {
    await withStage(flag, async (stage) => {
      const port = await listen(stage, createServer());
      const other = flag === '--rtmp-port' ? '--http-port' : '--rtmp-port';
      const flags = ['--json', '--data-dir', stage.folder('data'), flag, `${port}`, other, '0'];
      const child = launchStudio(stage, 'studio', flags);
      expect((await child.ends(15_000)).code).toBe(2);
      expect(child.stdout).toBe('');
      expect(child.stderr).toContain(`${port}`);
      expect(child.stderr).toContain(flag);
      expect(child.stderr).not.toMatch(/^\s+at /m);
    });
  });

  test.each([
    [['--rtmp-prot', '1935'], '--rtmp-prot'],
    [['--rtmp-port', 'many'], '--rtmp-port'],
    [['--rtmp-port', '70000'], '--rtmp-port'],
    [['--log-level', 'loud'], '--log-level'],
    [['--data-dir'], '--data-dir'],
  ])('%j ends the start with 2 and is named', async (flags, named) => {
    await withStage('flags', async (stage) => {
      const child = launchStudio(stage, 'studio', flags);
      expect((await child.ends(15_000)).code).toBe(2);
      expect(child.stderr).toContain(named);
      expect(child.stderr).not.toMatch(/^\s+at /m);
    });
  });

  test('--help and --version answer and end with 0', async (context) => {
    const stage = openStage(context);
    const help = launchStudio(stage, 'help', ['--help']);
    expect((await help.ends(15_000)).code).toBe(0);
    for (const flag of [
      '--data-dir',
      '--rtmp-port',
      '--http-port',
      '--rtmps-port',
      '--json',
      '--log-level',
    ]) {
      expect(help.stdout).toContain(flag);
    }
    const version = launchStudio(stage, 'version', ['--version']);
    expect((await version.ends(15_000)).code).toBe(0);
    expect(version.stdout).toMatch(/\d+\.\d+\.\d+/);
  });

  test('a data folder that is a file is named', async (context) => {
    const stage = openStage(context);
    const file = join(stage.dir, 'a-file');
    writeFileSync(file, 'mine');
    const child = launchStudio(stage, 'studio', ['--data-dir', file, '--rtmp-port', '0', '--http-port', '0']);
    expect((await child.ends(15_000)).code).not.toBe(0);
    expect(child.stderr).toContain(file);
    expect(child.stderr).not.toMatch(/^\s+at /m);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});

describe('the HTTP API', () => {
  test('a target that cannot be is refused with 400, its field named, and nothing is kept', async (context) => {
    const stage = openStage(context);
    const { api } = await startStudio(stage);
    const good = { name: 'x', url: 'rtmp://127.0.0.1/live', streamKey: 'k' };
    const cases: readonly (readonly [unknown, string])[] = [
      [{ ...good, url: 'http://example.com/live' }, 'url'],
      [{ ...good, url: 'live.example.com/app' }, 'url'],
      [{ ...good, url: 'rtmp://' }, 'url'],
      [{ ...good, url: '' }, 'url'],
      [{ ...good, name: '' }, 'name'],
      [{ ...good, enabled: 'yes' }, 'enabled'],
      [{ ...good, streamKey: 7 }, 'streamKey'],
      [{ ...good, colour: 'red' }, 'colour'],
      [{ ...good, ingestId: 'nowhere' }, 'ingestId'],
    ];
    for (const [body, field] of cases) {
      const answer = await api.call('POST', '/targets', body);
      expect(answer, JSON.stringify(body)).toMatchObject({
        status: expect.toSatisfy((s: number) => s === 400 || s === 404) as number,
      });
      const { error } = answer.body as ErrorBody;
      expect(`${error.message} ${error.field ?? ''}`, JSON.stringify(body)).toContain(field);
      expect(error.code).toMatch(/^[a-z-]+$/);
    }
    expect((await api.state()).targets).toEqual([]);
  });

  test('no such target, no such call, wrong token, foreign host, foreign page', async (context) => {
    const stage = openStage(context);
    const { api } = await startStudio(stage);
    expect(await api.call('GET', '/targets/none')).toMatchObject({
      status: 404,
      body: { error: { code: 'no-such-target' } },
    });
    expect(await api.call('POST', '/targets/none/start')).toMatchObject({ status: 404 });
    expect(await api.call('GET', '/nothing')).toMatchObject({ status: 404 });
    expect(await api.call('GET', '/state', undefined, { authorization: 'Bearer wrong' })).toMatchObject({
      status: 401,
    });
    const foreign = await api.call('GET', '/state', undefined, { origin: 'http://evil.example' });
    expect(foreign).toMatchObject({ status: 403 });
  });

  test('the stream key of a target is never read back, logged or told', async (context) => {
    const stage = openStage(context);
    const { api, child } = await startStudio(stage, { flags: ['--log-level', 'debug'] });
    const secret = 'live_sekret_0123456789';
    const port = await listen(
      stage,
      createServer((socket) => socket.destroy()),
    );
    const made = await api.addTarget({
      name: 'x',
      url: `rtmp://127.0.0.1:${port}/app`,
      streamKey: secret,
      enabled: true,
    });
    expect(made.streamKey).toBe('••••6789');
    expect(JSON.stringify(await api.state())).not.toContain(secret);
    await child.stop();
    expect(child.stderr + child.stdout).not.toContain(secret);
  });
});

const live = needs('ffmpeg', 'ffprobe', 'nginx', 'nginx-rtmp');
describe.skipIf(live.missing)(`while an encoder is live${live.words}`, () => {
  test('rubbish on the port is shown the door and disturbs nobody', async (context) => {
    const stage = openStage(context);
    const nginx = await recordWithNginx(stage);
    const { api, ready, child } = await startStudio(stage);
    await api.switchHoldOff();
    const target = await api.addTarget({ name: 'nginx', url: nginx.url, streamKey: 'k', enabled: true });
    const publisher = await publishWithFfmpeg(stage, (await api.ingest()).publishUrl);
    await api.targetIs(target.id, 'live', 60_000);

    const port = Number(new URL(ready.rtmpUrl).port);
    const c0c1 = Buffer.concat([Buffer.from([3]), Buffer.alloc(1536, 1)]);
    const rubbish: readonly (readonly [string, Buffer])[] = [
      ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
      ['a TLS hello', Buffer.from('16030102000100', 'hex')],
      ['noise', Buffer.alloc(64 * 1024, 0xa7)],
      [
        'noise after a good greeting',
        Buffer.concat([c0c1, Buffer.alloc(1536, 1), Buffer.alloc(64 * 1024, 0xff)]),
      ],
      [
        'a message said to be 16 MB',
        Buffer.concat([
          c0c1,
          Buffer.alloc(1536, 1),
          Buffer.from('03000000ffffff1400000000', 'hex'),
          Buffer.alloc(70_000),
        ]),
      ],
    ];
    for (const [what, bytes] of rubbish) expect(await sendAndAwaitEnd(port, bytes, 15_000), what).toBe(true);
    const silent = await Promise.all(Array.from({ length: 20 }, () => dial(port)));
    await sleep(1_000);
    for (const socket of silent) socket.destroy();

    expect((await api.ingest()).state).toBe('live');
    await publisher.child.stop('SIGINT');
    await sleep(500);
    expect((await child.stop('SIGTERM', 10_000)).code).toBe(0);
    const recorded = await packetsOf(stage, nginx.files()[0] ?? '');
    expect(compare(await packetsOf(stage, publisher.sentFile), recorded, 0)).toMatchObject({
      lost: 0,
      notReached: 0,
    });
  });
});

const tlsGate = needs('ffmpeg', 'openssl');
describe.skipIf(tlsGate.missing)(`TLS towards a target${tlsGate.words}`, () => {
  test('a server without TLS, and one with a certificate of its own, are refused in words', async (context) => {
    const stage = openStage(context);
    const plain = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('220 this is no TLS\r\n');
    });
    const [key, cert] = selfSigned(stage);
    const own = tls.createServer({ key, cert }, (socket) => socket.destroy());
    own.on('tlsClientError', () => undefined);
    const { api } = await startStudio(stage);
    const to = async (name: string, port: number): Promise<string> =>
      (await api.addTarget({ name, url: `rtmps://127.0.0.1:${port}/app`, streamKey: 'k', enabled: true })).id;
    const toPlain = await to('plain', await listen(stage, plain));
    const toOwn = await to('own', await listen(stage, own));
    await publishWithFfmpeg(stage, (await api.ingest()).publishUrl);

    const errorOf = (id: string): Promise<string> =>
      until('an error of the target', async () => (await api.target(id)).lastError?.message, {
        timeoutMs: 60_000,
      });
    expect(await errorOf(toPlain)).toMatch(/TLS|encrypted/i);
    expect(await errorOf(toOwn)).toMatch(/certificate/i);
    expect((await api.target(toOwn)).state).not.toBe('live');
    expect((await api.ingest()).state).toBe('live');
  });
});

function selfSigned(stage: Stage): [Buffer, Buffer] {
  const [key, cert] = [join(stage.dir, 'key.pem'), join(stage.dir, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
  execFileSync(
    tool('openssl'),
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      ...subject,
    ],
    { stdio: 'ignore' },
  );
  return [readFileSync(key), readFileSync(cert)];
}
