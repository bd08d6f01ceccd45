/**
 * node-media-server, as its own command line starts it.
 * @module
 */
import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, type Stage } from '../../e2e/harness/stage.ts';
import { canConnect } from '../../e2e/harness/tcp.ts';
import { ROOT } from '../../e2e/harness/tools.ts';
import { until } from '../../e2e/harness/until.ts';
import type { Contestant, PushTo, Task } from './contestant.ts';

/** Lets us into its HTTP API; it listens on loopback for as long as it is measured. */
const SECRET = 'bench';

/** Starts it without recording and without its admin pages. */
export async function startNodeMediaServer(stage: Stage, { streams, targets }: Task): Promise<Contestant> {
  const [port, httpPort] = [await freePort(), await freePort()];
  const folder = stage.folder('node-media-server');
  const conf = join(folder, 'config.json');
  const settings = {
    bind: '127.0.0.1',
    rtmp: { port },
    http: { port: httpPort },
    webadmin: { enable: false },
    auth: { play: false, publish: false, secret: SECRET, jwt: { secret: SECRET, users: [] } },
    notify: { url: '' },
    store: { path: join(folder, 'data') },
    record: { auto: false, path: join(folder, 'record') },
  };
  writeFileSync(conf, JSON.stringify(settings));
  const app = join(ROOT, 'node_modules/node-media-server/bin/app.js');
  const child = stage.start('node-media-server', process.execPath, [app, '-c', conf]);
  await until('node-media-server listens', async () => {
    if (child.exit !== undefined) throw new Error(`node-media-server did not start:\n${child.tail()}`);
    return (await canConnect(port)) && canConnect(httpPort);
  });
  return {
    name: 'node-media-server',
    pid: child.pid,
    publishUrls: Array.from({ length: streams }, (_, n) => `rtmp://127.0.0.1:${port}/live/stream-${n}`),
    // A push of a stream that is not there ends at once, so it is asked for when the stream is.
    showsBegun: async () => {
      for (const target of targets) await callPush(httpPort, 'POST', target);
    },
    showsOver: async () => {
      for (const target of targets) await callPush(httpPort, 'DELETE', target);
    },
    stop: async () => {
      await child.stop();
    },
  };
}

/** Asks for a push, or takes it back. */
async function callPush(
  httpPort: number,
  method: 'POST' | 'DELETE',
  { url, streamName, stream }: PushTo,
): Promise<void> {
  const task = { mode: 'push', url: `${url}/${streamName}`, streamPath: `/live/stream-${stream}` };
  const response = await fetch(`http://127.0.0.1:${httpPort}/api/v1/relay`, {
    method,
    headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json' },
    body: JSON.stringify(task),
    signal: AbortSignal.timeout(10_000),
  });
  const said = await response.text();
  if (!response.ok) throw new Error(`node-media-server, ${method} ${task.url}: ${response.status} ${said}`);
}

/** A JSON Web Token (RFC 7519) that it takes for its administrator's. */
function token(): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ username: 'admin', role: 'admin', exp })}`;
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}
