import { mkdir, mkdtemp, readdir, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorCode } from './files.ts';
import { nodeSpill } from './node-spill.ts';

const isWindows = process.platform === 'win32';
const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'relaydeck-spill-'));
const caught = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

test('pieces are read as they were written, for this user alone, and go one by one', async () => {
  const dir = join(await folder(), 'a', 'b');
  const spill = await nodeSpill(dir);
  const first = await spill.write(Uint8Array.of(1, 2, 3));
  const second = await spill.write(new Uint8Array(3 * 1024 * 1024).fill(7));
  expect([...(await first.read())]).toEqual([1, 2, 3]);
  const bytes = await second.read();
  expect([bytes.length, bytes.every((byte) => byte === 7)]).toEqual([3 * 1024 * 1024, true]);
  const names = await readdir(dir);
  expect(names).toHaveLength(2);
  if (!isWindows) {
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    for (const name of names) expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600);
  }
  await first.drop();
  await first.drop();
  expect(await readdir(dir)).toHaveLength(1);
  expect(errorCode(await caught(first.read()))).toBe('ENOENT');
  expect(await spill.freeBytes()).toBeGreaterThan(0);
  await spill.close();
});

test('closing waits for what is under way, removes the folder, and ends all further calls', async () => {
  const parent = await folder();
  const spill = await nodeSpill(join(parent, 'delay'));
  const piece = await spill.write(Uint8Array.of(1));
  const writing = spill.write(new Uint8Array(1024 * 1024));
  await spill.close();
  await writing;
  expect(await readdir(parent)).toEqual([]);
  expect(await caught(spill.write(Uint8Array.of(1)))).toBeInstanceOf(Error);
  expect(await caught(piece.read())).toBeInstanceOf(Error);
  await piece.drop();
  expect(await readdir(parent)).toEqual([]);
});

test('what a killed program has left is removed; what is not ours stays', async () => {
  const parent = await folder();
  const dir = join(parent, 'delay');
  await mkdir(dir, { mode: 0o755 });
  await writeFile(join(dir, '0.piece'), 'old');
  await writeFile(join(dir, 'holiday.jpg'), 'not ours');
  const spill = await nodeSpill(dir);
  expect(await readdir(dir)).toEqual(['holiday.jpg']);
  if (!isWindows) expect((await stat(dir)).mode & 0o777).toBe(0o700);
  await spill.write(Uint8Array.of(1));
  await spill.close();
  expect(await readdir(dir)).toEqual(['holiday.jpg']);
});

test('a piece that was cut on the disk is an error, not half a piece', async () => {
  const dir = join(await folder(), 'delay');
  const spill = await nodeSpill(dir);
  const piece = await spill.write(Uint8Array.of(1, 2, 3));
  await truncate(join(dir, '0.piece'), 2);
  expect(String(await caught(piece.read()))).toContain('2 bytes instead of 3');
  await spill.close();
});

test('a file in the place of the folder is an error', async () => {
  const path = join(await folder(), 'delay');
  await writeFile(path, 'a file');
  expect(errorCode(await caught(nodeSpill(path)))).toBe('ENOTDIR');
});

test.skipIf(isWindows)('a link in the place of the folder is not followed to write into', async () => {
  const parent = await folder();
  await mkdir(join(parent, 'elsewhere'));
  await symlink(join(parent, 'elsewhere'), join(parent, 'delay'));
  expect(errorCode(await caught(nodeSpill(join(parent, 'delay'))))).toBe('ENOTDIR');
});
