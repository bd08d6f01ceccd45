/**
 * Real peers over loopback: encoders that publish, servers that record, a player.
 * @module
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Child } from './child.ts';
import { clip, SMALL, type ClipFormat } from './clip.ts';
import { startFfmpeg8 } from './encoders.ts';
import { freePort, type Stage } from './stage.ts';
import { canConnect, untilListening } from './tcp.ts';
import { ROOT, tool } from './tools.ts';
import { until } from './until.ts';

const QUIET = ['-hide_banner', '-loglevel', 'warning', '-nostdin', '-y'];

/** An FFmpeg that publishes; it ends by itself after its seconds. */
export type Publisher = {
  readonly child: Child;
  /** Everything it sent, as it sent it. */
  readonly sentFile: string;
};

/** Publishes a clip over and over in real time, without a seam, and keeps what it sent. */
export async function publishWithFfmpeg(
  stage: Stage,
  url: string,
  {
    name = 'encoder',
    seconds = 600,
    format = SMALL,
  }: { name?: string; seconds?: number; format?: ClipFormat } = {},
): Promise<Publisher> {
  const source = await clip(stage, format);
  const sentFile = join(stage.dir, `${name}-sent.flv`);
  const input = ['-re', '-stream_loop', '-1', '-i', source, '-t', `${seconds}`, '-map', '0', '-c', 'copy'];
  // flvflags: a live stream has no end to write back into its head.
  const live = 'f=flv:onfail=abort:flvflags=no_duration_filesize';
  const child = stage.start(name, tool('ffmpeg'), [
    ...QUIET,
    ...input,
    '-f',
    'tee',
    `[${live}]${url}|[${live}]${sentFile}`,
  ]);
  return { child, sentFile };
}

/** A server that takes what is published to it and writes it to files. */
export type Recorder = {
  /** Server URL, as put into a target. */
  readonly url: string;
  readonly streamKey: string;
  readonly port: number;
  readonly child: Child;
  /** What it has recorded so far, oldest first; one file per publish. */
  readonly files: () => readonly string[];
};

/** nginx with its RTMP module in a folder of its own; `port` to come back on the port it had before. */
export async function recordWithNginx(
  stage: Stage,
  { name = 'nginx', port: wanted }: { name?: string; port?: number } = {},
): Promise<Recorder> {
  const port = wanted ?? (await freePort());
  const prefix = stage.folder(name);
  const folder = stage.folder(`${name}/recorded`);
  const conf = join(prefix, 'nginx.conf');
  // One process only: ended by its own id, no worker can stay behind.
  writeFileSync(
    conf,
    `load_module ${tool('nginx-rtmp')};
daemon off;
master_process off;
pid ${prefix}/nginx.pid;
error_log ${prefix}/error.log notice;
events { worker_connections 64; }
rtmp {
  server {
    listen 127.0.0.1:${port};
    application live {
      live on;
      record all;
      record_path ${folder};
      record_unique on;
    }
  }
}
`,
  );
  const child = stage.start(name, tool('nginx'), ['-p', prefix, '-c', conf, '-e', join(prefix, 'error.log')]);
  await until(`${name} listens`, async () => {
    if (child.exit !== undefined) throw new Error(`${name} did not start:\n${child.tail()}`);
    return canConnect(port);
  });
  const files = (): string[] =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.flv'))
      .sort()
      .map((file) => join(folder, file));
  return { url: `rtmp://127.0.0.1:${port}/live`, streamKey: `nginx-${port}`, port, child, files };
}

/** node-media-server, as its own command line starts it, recording to FLV. */
export async function recordWithNodeMediaServer(
  stage: Stage,
  { name = 'node-media-server' }: { name?: string } = {},
): Promise<Recorder> {
  const port = await freePort();
  const folder = stage.folder(name);
  const record = join(folder, 'record');
  const conf = join(folder, 'config.json');
  // With a secret given it does not write one into the file; http is off.
  const auth = { play: false, publish: false, secret: 'not-used', jwt: { secret: 'not-used', users: [] } };
  const settings = {
    ...{ bind: '127.0.0.1', rtmp: { port }, auth, notify: { url: '' } },
    ...{ store: { path: join(folder, 'data') }, record: { auto: true, path: record } },
  };
  writeFileSync(conf, JSON.stringify(settings));
  const app = join(ROOT, 'node_modules/node-media-server/bin/app.js');
  const child = stage.start(name, process.execPath, [app, '-c', conf]);
  await until(`${name} listens`, async () => {
    if (child.exit !== undefined) throw new Error(`${name} did not start:\n${child.tail()}`);
    return canConnect(port);
  });
  const streamKey = 'row';
  const published = join(record, 'live', streamKey);
  const files = (): string[] =>
    existsSync(published)
      ? readdirSync(published)
          .filter((file) => file.endsWith('.flv'))
          .sort()
          .map((file) => join(published, file))
      : [];
  return { url: `rtmp://127.0.0.1:${port}/live`, streamKey, port, child, files };
}

/** FFmpeg as a server: takes one publish, writes it unchanged, ends. */
export async function recordWithFfmpegListen(
  stage: Stage,
  { name = 'listener', port: wanted }: { name?: string; port?: number } = {},
): Promise<Recorder> {
  const port = wanted ?? (await freePort());
  const file = join(stage.dir, `${name}.flv`);
  const url = `rtmp://127.0.0.1:${port}/app`;
  const streamKey = 'key';
  const args = [...QUIET, '-listen', '1', '-i', `${url}/${streamKey}`, '-map', '0', '-c', 'copy', file];
  const child = stage.start(name, tool('ffmpeg'), args);
  // A target that comes too early would miss the first pictures.
  await untilListening(port);
  return { url, streamKey, port, child, files: () => (existsSync(file) ? [file] : []) };
}

/** FFmpeg 8 as a server: takes one publish, all tracks of it, writes it unchanged, ends. */
export async function recordWithFfmpeg8Listen(
  stage: Stage,
  { name = 'listener8' }: { name?: string } = {},
): Promise<Recorder> {
  const port = await freePort();
  const file = join(stage.dir, `${name}.flv`);
  const url = `rtmp://127.0.0.1:${port}/app`;
  const streamKey = 'key';
  const job = { inputs: [`${url}/${streamKey}`], inputOptions: { listen: '1' }, outputs: [file] };
  const child = startFfmpeg8(stage, job, name);
  await untilListening(port);
  return { url, streamKey, port, child, files: () => (existsSync(file) ? [file] : []) };
}

/** Milliseconds from starting a player to its first decoded picture. */
export async function firstPictureMs(stage: Stage, url: string, timeoutMs = 15_000): Promise<number> {
  const started = performance.now();
  // One thread, so that no picture waits for others. Not `nobuffer`: it throws away the keyframe it was probed with.
  const probe = ['-flags', 'low_delay', '-probesize', '100000', '-threads', '1'];
  const once = ['-an', '-frames:v', '1', '-f', 'null', '-'];
  const args = ['-hide_banner', '-loglevel', 'error', '-nostdin', ...probe, '-i', url, ...once];
  const child = await stage.run('player', tool('ffmpeg'), args, timeoutMs);
  if (child.exit?.code !== 0) throw new Error(`the player saw no picture:\n${child.tail()}`);
  return performance.now() - started;
}
