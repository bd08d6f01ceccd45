import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockDataDir, lockPaths } from './data-dir-lock.ts';
import { makeDataDir } from './data-dir.ts';
import { StartError } from './start-error.ts';

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'relaydeck-dir-'));

test('a missing folder is made, for the owner only', async () => {
  const dir = join(await folder(), 'a', 'b');
  expect(await makeDataDir(dir)).toBe(dir);
  if (process.platform !== 'win32') expect((await stat(dir)).mode & 0o777).toBe(0o700);
  expect(await makeDataDir(dir)).toBe(dir);
});

test('a file in its place is said, with the flag', async () => {
  const dir = join(await folder(), 'file');
  await writeFile(dir, '');
  for (const path of [dir, join(dir, 'below')]) {
    const error: unknown = await makeDataDir(path).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(StartError);
    expect(String(error)).toContain('--data-dir');
  }
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a folder that may not be written is said',
  async () => {
    const dir = await folder();
    await chmod(dir, 0o500);
    await expect(makeDataDir(dir)).rejects.toThrow(/--data-dir.*may not/);
  },
);

test.skipIf(process.platform !== 'linux')(
  'a place where no folder can be made is said, not tried for ever',
  async () => {
    await expect(makeDataDir('/proc/relaydeck/data')).rejects.toThrow(/--data-dir/);
  },
);

test('a second studio on the same folder is refused until the first lets go', async () => {
  const dir = await folder();
  const lock = await lockDataDir(dir);
  await expect(lockDataDir(dir)).rejects.toThrow(new RegExp(`process ${process.pid}.*--data-dir`));
  await lock.release();
  const again = await lockDataDir(dir);
  await again.release();
});

test('a folder with a long path is locked as well', async () => {
  const dir = await makeDataDir(join(await folder(), 'x'.repeat(120)));
  const lock = await lockDataDir(dir);
  await expect(lockDataDir(dir)).rejects.toBeInstanceOf(StartError);
  await lock.release();
});

test('the lock of a killed studio is taken over', async () => {
  const dir = await folder();
  const [path = ''] = await lockPaths(dir);
  const script = `require('node:net').createServer((s) => s.end('1')).listen(${JSON.stringify(path)}, () => console.log('held'))`;
  const holder = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  await expect(lockDataDir(dir)).rejects.toBeInstanceOf(StartError);
  holder.kill('SIGKILL');
  await once(holder, 'close');
  const lock = await lockDataDir(dir);
  await lock.release();
});
