/**
 * nginx with its RTMP module, as one process.
 * @module
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, type Stage } from '../../e2e/harness/stage.ts';
import { canConnect } from '../../e2e/harness/tcp.ts';
import { tool } from '../../e2e/harness/tools.ts';
import { until } from '../../e2e/harness/until.ts';
import type { Contestant, Task } from './contestant.ts';

/** Starts it; all of its settings but where to push are its own defaults. */
export async function startNginx(stage: Stage, { streams, targets }: Task): Promise<Contestant> {
  const port = await freePort();
  const prefix = stage.folder('nginx');
  const conf = join(prefix, 'nginx.conf');
  const errors = join(stage.folder('logs'), 'nginx-error.log');
  const pushes = targets.map(
    ({ url, streamName, stream }) => `      push ${url}/${streamName} name=stream-${stream};`,
  );
  writeFileSync(
    conf,
    `load_module ${tool('nginx-rtmp')};
daemon off;
master_process off;
pid ${prefix}/nginx.pid;
error_log ${errors} notice;
events { worker_connections 1024; }
rtmp {
  access_log off;
  server {
    listen 127.0.0.1:${port};
    application live {
      live on;
${pushes.join('\n')}
    }
  }
}
`,
  );
  const child = stage.start('nginx', tool('nginx'), ['-p', prefix, '-c', conf, '-e', errors]);
  await until('nginx listens', async () => {
    if (child.exit !== undefined) throw new Error(`nginx did not start:\n${child.tail()}`);
    return canConnect(port);
  });
  return {
    name: 'nginx',
    pid: child.pid,
    publishUrls: Array.from({ length: streams }, (_, n) => `rtmp://127.0.0.1:${port}/live/stream-${n}`),
    showsBegun: () => Promise.resolve(),
    showsOver: () => Promise.resolve(),
    stop: async () => {
      await child.stop();
    },
  };
}
