import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { FfmpegError } from './ffmpeg-error.ts';
import { runFfmpeg } from './run-ffmpeg.ts';
import type { FfmpegChild, SpawnFfmpeg } from './run-ffmpeg.ts';

/** Above every number that a process can have: nobody's priority is changed. */
const NOBODY = 2 ** 30;
const never = new AbortController().signal;

/** An FFmpeg under the test's hand. */
class FakeChild extends EventEmitter implements FfmpegChild {
  readonly pid: number | undefined;
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly kills: string[] = [];
  constructor(pid: number | undefined = NOBODY) {
    super();
    this.pid = pid;
  }
  kill(signal: string): boolean {
    this.kills.push(signal);
    return true;
  }
  async end(code: number | null, signal: string | null = null): Promise<void> {
    this.stdout.end();
    this.stderr.end();
    await Promise.all([finished(this.stdout), finished(this.stderr)]);
    this.emit('close', code, signal);
  }
}

function start(
  child: FakeChild,
  signal: AbortSignal = never,
): { running: ReturnType<typeof runFfmpeg>; spawned: Parameters<SpawnFfmpeg>[] } {
  const spawned: Parameters<SpawnFfmpeg>[] = [];
  const spawn: SpawnFfmpeg = (...args) => {
    spawned.push(args);
    return child;
  };
  return { running: runFfmpeg('/my/ffmpeg', ['-version'], { signal, spawn }), spawned };
}

test('gives what was written and how it ended; without a shell and with a limit of time', async () => {
  const child = new FakeChild();
  const { running, spawned } = start(child);
  child.stdout.write('one ');
  child.stdout.write('two');
  child.stderr.write('a word');
  await child.end(1);
  const { code, stdout, stderr } = await running;
  expect([code, Buffer.from(stdout).toString(), stderr]).toEqual([1, 'one two', 'a word']);
  expect(spawned).toEqual([
    [
      '/my/ffmpeg',
      ['-version'],
      {
        ...{ stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, signal: never },
        ...{ timeout: 30_000, killSignal: 'SIGKILL' },
      },
    ],
  ]);
});

test('keeps only the end of what FFmpeg says', async () => {
  const child = new FakeChild();
  const { running } = start(child);
  for (let n = 0; n < 100; n++) child.stderr.write('x'.repeat(100));
  child.stderr.write('the reason');
  await child.end(1);
  const { stderr } = await running;
  expect(stderr).toHaveLength(2048);
  expect(stderr.endsWith('xthe reason')).toBe(true);
});

test('stops an FFmpeg that writes too much', async () => {
  const child = new FakeChild();
  const { running } = start(child);
  const refused = expect(running).rejects.toThrow('FFmpeg wrote more than 64 MB');
  const piece = new Uint8Array(1024 * 1024);
  for (let n = 0; n < 64; n++) child.stdout.write(piece);
  expect(child.kills).toEqual([]);
  child.stdout.write(piece);
  await child.end(null, 'SIGKILL');
  await refused;
  expect(child.kills).toEqual(['SIGKILL']);
});

test('one that took too long was killed', async () => {
  const child = new FakeChild();
  const { running } = start(child);
  const refused = expect(running).rejects.toThrow(
    'did not finish within 30 seconds and was stopped (SIGKILL)',
  );
  await child.end(null, 'SIGKILL');
  await refused;
});

test('one that cannot be started', async () => {
  const child = new FakeChild(-1);
  Object.assign(child, { pid: undefined });
  const { running } = start(child);
  const cause = new Error('ENOENT');
  child.emit('error', cause);
  const error: unknown = await running.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(FfmpegError);
  expect(error).toMatchObject({
    message: 'FFmpeg at /my/ffmpeg could not be started. Choose another FFmpeg in the settings.',
    cause,
  });
});

test('after an abort it waits until the process is gone', async () => {
  const control = new AbortController();
  const child = new FakeChild();
  const { running } = start(child, control.signal);
  let isSettled = false;
  const refused = expect(running.finally(() => (isSettled = true))).rejects.toThrow('enough');
  control.abort(new Error('enough'));
  child.emit('error', new Error('The operation was aborted'));
  await new Promise(setImmediate);
  expect(isSettled).toBe(false);
  await child.end(null, 'SIGKILL');
  await refused;
});

test('nothing is started after an abort', async () => {
  const { running, spawned } = start(new FakeChild(), AbortSignal.abort(new Error('enough')));
  await expect(running).rejects.toThrow('enough');
  expect(spawned).toEqual([]);
});
