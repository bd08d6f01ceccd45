import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { MemoryFiles } from '../platform/testing/memory-files.ts';
import { openSecrets } from './open-secrets.ts';
import { plainSeal, type Seal } from './seal.ts';
import type { SecretsError } from './secrets-error.ts';

const DIR = join('/', 'data');
const PATH = join(DIR, 'secrets.json');
const reversed = (text: string): string => Array.from(text).reverse().join('');
const keychain: Seal = {
  name: 'keychain',
  seal: (text) => `!${reversed(text)}`,
  open: (text) => reversed(text.slice(1)),
};
const broken: Seal = {
  ...keychain,
  open: () => {
    throw new Error('another key');
  },
};

function open(files: MemoryFiles, seal: Seal = plainSeal) {
  const failures: SecretsError[] = [];
  const opened = openSecrets({
    dir: DIR,
    files,
    clock: new ManualClock(),
    seal,
    onSaveFailed: (e) => failures.push(e),
  });
  return { opened, failures };
}

async function written(seal: Seal): Promise<MemoryFiles> {
  const files = new MemoryFiles();
  const { store } = await open(files, seal).opened;
  store.set('ingest/main/stream-key', 'key-of-main');
  store.set('target/t1/stream-key', 'key-of-t1');
  await store.flush();
  return files;
}

test('keys come back, in a file of the owner only; deleted ones do not', async () => {
  const files = await written(plainSeal);
  expect(files.modes.get(PATH)).toBe(0o600);
  const { store, notices } = await open(files).opened;
  expect(store.get('ingest/main/stream-key')?.reveal()).toBe('key-of-main');
  expect([store.keptBy, notices]).toEqual(['file', []]);
  store.delete('ingest/main/stream-key');
  store.delete('ingest/other/play-key');
  await store.flush();
  const again = await open(files).opened;
  expect(again.store.get('ingest/main/stream-key')).toBeUndefined();
  expect(again.store.get('target/t1/stream-key')?.reveal()).toBe('key-of-t1');
});

test('the same key again is no change', async () => {
  const files = await written(plainSeal);
  const { store } = await open(files).opened;
  const before = files.writes;
  store.set('target/t1/stream-key', 'key-of-t1');
  await store.flush();
  expect(files.writes).toBe(before);
});

test('sealed keys are not on disk in the clear', async () => {
  const files = await written(keychain);
  expect(files.texts.get(PATH)).not.toContain('key-of');
  const { store } = await open(files, keychain).opened;
  expect(store.keptBy).toBe('system');
  expect(store.get('target/t1/stream-key')?.reveal()).toBe('key-of-t1');
});

test.each([
  ['opened without the seal', plainSeal, /locked by keychain.*uses plain/],
  ['sealed under another key', broken, /ingest\/main\/stream-key.*another key of keychain/],
])('a file %s is said and never touched', async (_, seal, words) => {
  const files = await written(keychain);
  const before = files.texts.get(PATH);
  await expect(open(files, seal).opened).rejects.toThrow(words);
  await expect(open(files, seal).opened).rejects.toMatchObject({ code: 'sealed-by-another', path: PATH });
  expect([...files.texts]).toEqual([[PATH, before]]);
});

test('plain keys are taken over by a seal, at once and said', async () => {
  const files = await written(plainSeal);
  const { store, notices } = await open(files, keychain).opened;
  expect(store.get('target/t1/stream-key')?.reveal()).toBe('key-of-t1');
  await store.flush();
  expect(files.texts.get(PATH)).not.toContain('key-of');
  expect(notices).toEqual([expect.stringContaining('keychain')]);
});

test('a damaged file is kept aside and said, without a word of what is in it', async () => {
  const files = new MemoryFiles();
  files.texts.set(PATH, 'key-of-main is here');
  const { store, notices } = await open(files).opened;
  expect(files.texts.get(join(DIR, 'secrets.damaged-20260101T000000000Z.json'))).toBe('key-of-main is here');
  expect([store.get('http/token'), notices.join()]).toEqual([
    undefined,
    expect.not.stringContaining('key-of'),
  ]);
  expect(notices).toHaveLength(1);
});

test('a newer version is refused and left alone', async () => {
  const files = new MemoryFiles();
  files.texts.set(PATH, '{"version":2}');
  await expect(open(files).opened).rejects.toMatchObject({ code: 'newer-version' });
  expect(files.texts.get(PATH)).toBe('{"version":2}');
});

test('a failed save is said without the key', async () => {
  const files = await written(plainSeal);
  const { opened, failures } = open(files);
  const { store } = await opened;
  files.failWith.set('writeWhole', 'ENOSPC');
  store.set('http/token', 'token-in-memory');
  await store.flush();
  expect(store.get('http/token')?.reveal()).toBe('token-in-memory');
  expect(failures).toMatchObject([
    { code: 'not-writable', message: expect.stringContaining('disk is full') as string },
  ]);
  expect(failures.join()).not.toContain('token-in-memory');
});
