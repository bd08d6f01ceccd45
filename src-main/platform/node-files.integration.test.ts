import { mkdir, mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorCode } from './files.ts';
import { nodeFiles } from './node-files.ts';

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'relaydeck-files-'));

test('a file is replaced whole, with its mode, and nothing is left beside it', async () => {
  const dir = await folder();
  const path = join(dir, 'a.json');
  await writeFile(path, 'old and longer', { mode: 0o644 });
  await nodeFiles.writeWhole(path, 'new', 0o600);
  expect([await nodeFiles.read(path), await readdir(dir)]).toEqual(['new', ['a.json']]);
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('what is not there reads as undefined; a folder in its place is an error', async () => {
  const dir = await folder();
  expect(await nodeFiles.read(join(dir, 'none'))).toBeUndefined();
  const error: unknown = await nodeFiles.read(dir).catch((caught: unknown) => caught);
  expect(errorCode(error)).toBe('EISDIR');
});

test.skipIf(process.platform === 'win32')('a link stays a link', async () => {
  const dir = await folder();
  await writeFile(join(dir, 'real.json'), 'old');
  await symlink(join(dir, 'real.json'), join(dir, 'link.json'));
  await nodeFiles.writeWhole(join(dir, 'link.json'), 'new', 0o600);
  expect(await readFile(join(dir, 'real.json'), 'utf8')).toBe('new');
  expect((await readdir(dir)).sort()).toEqual(['link.json', 'real.json']);
});

test('a write that fails leaves the old text and nothing beside it', async () => {
  const dir = await folder();
  const path = join(dir, 'a.json');
  await mkdir(path);
  const error: unknown = await nodeFiles.writeWhole(path, 'text', 0o600).catch((caught: unknown) => caught);
  expect(errorCode(error)).toMatch(/EISDIR|EPERM|EACCES|ENOTEMPTY|EEXIST/);
  expect(await readdir(dir)).toEqual(['a.json']);
});
