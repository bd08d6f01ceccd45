import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockDataDir, lockPaths } from './data-dir-lock.ts';
import { diagnoseCommand } from './diagnose-command.ts';
import { StartError } from './start-error.ts';

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'relaydeck-diagnose-'));
const version = '1.2.3';
/** However it ends: a peer that hangs up early resets what it has not read. */
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve();
    });
  });

test('a studio that runs is asked, and writes the file itself', async () => {
  const dataDir = await folder();
  const lock = await lockDataDir(dataDir);
  let asked = 0;
  lock.answerDiagnose(async () => {
    asked++;
    // Longer than a holder waits for a request.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return '/somewhere/a\nb.json';
  });
  expect(await diagnoseCommand({ dataDir, version })).toEqual({
    path: String.raw`/somewhere/a\u000ab.json`,
    words: '',
  });
  expect(asked).toBe(1);
  await expect(lockDataDir(dataDir)).rejects.toThrow(new RegExp(`process ${process.pid}\\)`));
  expect(asked).toBe(1);
  await lock.release();
});

test('one that cannot is told of, and the files alone are used', async () => {
  const dataDir = await folder();
  const lock = await lockDataDir(dataDir);
  const early = await diagnoseCommand({ dataDir, version });
  expect(early.words).toContain('has not finished its start');
  lock.answerDiagnose(() => Promise.reject(new Error('The disk is full.')));
  const { path, words } = await diagnoseCommand({ dataDir, version });
  expect(words).toMatch(/The disk is full\..*POST \/api\/v1\/diagnosis/);
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ state: null, uptimeSeconds: null });
  await lock.release();
});

test('a studio of an older version hangs up: the files alone are used', async () => {
  const dataDir = await folder();
  const [path = ''] = await lockPaths(dataDir);
  const old = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('4711\n');
  }).listen(path);
  await once(old, 'listening');
  expect((await diagnoseCommand({ dataDir, version })).words).toContain('older version');
  old.close();
});

test('without a studio a file is written; a folder that is missing is neither made nor guessed', async () => {
  const dataDir = await folder();
  const { path, words } = await diagnoseCommand({ dataDir, version });
  expect(words).toContain('No Relaydeck runs');
  expect(await readdir(join(dataDir, 'diagnosis'))).toHaveLength(1);
  expect(path.startsWith(join(dataDir, 'diagnosis'))).toBe(true);
  const missing = join(dataDir, 'mistyped');
  await expect(diagnoseCommand({ dataDir: missing, version })).rejects.toBeInstanceOf(StartError);
  expect(await readdir(dataDir)).toEqual(['diagnosis']);
});

test('who asks for nothing, or for anything else, is hung up on, and nobody holds up the release', async () => {
  const dataDir = await folder();
  const lock = await lockDataDir(dataDir);
  const [path = ''] = await lockPaths(dataDir);
  for (const request of ['', 'diag', 'diagnose it all\n']) {
    const socket = connect(path);
    let text = '';
    socket.on('data', (bytes) => (text += bytes.toString()));
    if (request !== '') socket.write(request);
    await closed(socket);
    expect(text).toBe(`${process.pid}\n`);
  }
  const flood = connect(path);
  flood.write('x'.repeat(1_000_000));
  await closed(flood);
  lock.answerDiagnose(() => new Promise(() => undefined));
  const waiting = connect(path);
  const gone = closed(waiting);
  waiting.write('diagnose\n');
  await once(waiting, 'data');
  await lock.release();
  await gone;
});
