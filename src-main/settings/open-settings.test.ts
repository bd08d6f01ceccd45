import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { MemoryFiles } from '../platform/testing/memory-files.ts';
import { openSettings } from './open-settings.ts';
import { SettingsError } from './settings-error.ts';
import { FIRST_SETTINGS } from './settings.ts';

const DIR = join('/', 'data');
const PATH = join(DIR, 'settings.json');

function open(text?: string) {
  const files = new MemoryFiles();
  if (text !== undefined) files.texts.set(PATH, text);
  const clock = new ManualClock();
  const failures: SettingsError[] = [];
  const opened = openSettings({ dir: DIR, files, clock, onSaveFailed: (error) => failures.push(error) });
  return { files, clock, failures, opened };
}

const saved = (files: MemoryFiles): unknown => JSON.parse(files.texts.get(PATH) ?? 'null');

test('the first start has one ingest and saves it', async () => {
  const { files, opened } = open();
  const { store, notices } = await opened;
  await store.flush();
  expect([store.value, notices, saved(files)]).toEqual([FIRST_SETTINGS, [], FIRST_SETTINGS]);
  expect(store.value.ingests).toMatchObject([{ id: 'main', name: 'Main', app: 'live', holdSeconds: 60 }]);
  expect(files.modes.get(PATH)).toBe(0o600);
});

test('a change is there at once and saved once', async () => {
  const { files, opened } = open(JSON.stringify(FIRST_SETTINGS));
  const { store } = await opened;
  store.update((settings) => ({ ...settings, uplinkBudgetKbps: 1 }));
  store.update((settings) => ({ ...settings, uplinkBudgetKbps: 2 }));
  store.update((settings) => settings);
  expect(store.value.uplinkBudgetKbps).toBe(2);
  await store.flush();
  expect([saved(files), files.writes]).toEqual([{ ...FIRST_SETTINGS, uplinkBudgetKbps: 2 }, 1]);
});

test.each([
  ['cut', '{"version":1,"ing'],
  ['empty', ''],
  ['of another form', '{"version":1,"ingests":{},"targets":[]}'],
  ['of an odd version', '{"version":-3}'],
])('a %s file is kept aside and said', async (_, text) => {
  const { files, opened } = open(text);
  const { store, notices } = await opened;
  const aside = join(DIR, 'settings.damaged-20260101T000000000Z.json');
  expect(files.texts.get(aside)).toBe(text);
  expect(notices).toEqual([expect.stringContaining(aside)]);
  expect(store.value).toEqual(FIRST_SETTINGS);
});

test('a damaged file that cannot be moved is said, and not replaced before the next change', async () => {
  const files = new MemoryFiles();
  files.texts.set(PATH, '{');
  files.failWith.set('rename', 'EACCES');
  const { store, notices } = await openSettings({
    dir: DIR,
    files,
    clock: new ManualClock(),
    onSaveFailed: () => undefined,
  });
  await store.flush();
  expect([files.texts.get(PATH), notices]).toEqual(['{', [expect.stringContaining('could not be moved')]]);
});

test('a file of a newer version is refused and left alone', async () => {
  const text = JSON.stringify({ version: 2, future: true });
  const { files, opened } = open(text);
  await expect(opened).rejects.toThrow(/newer Relaydeck \(version 2.*up to 1\).*--data-dir/s);
  expect([...files.texts]).toEqual([[PATH, text]]);
});

test.each(['EACCES', 'EISDIR'])('%s on reading names the file and the way out', async (code) => {
  const files = new MemoryFiles();
  files.failWith.set('read', code);
  const error: unknown = await openSettings({
    dir: DIR,
    files,
    clock: new ManualClock(),
    onSaveFailed: () => undefined,
  }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(SettingsError);
  expect(error).toMatchObject({ code: 'not-readable', path: PATH });
  expect(String(error)).toMatch(/settings\.json.*--data-dir/);
});

test('a full disk is said, the value stays, and a later save brings it to disk', async () => {
  const { files, failures, clock, opened } = open(JSON.stringify(FIRST_SETTINGS));
  const { store } = await opened;
  files.failWith.set('writeWhole', 'ENOSPC');
  store.update((settings) => ({ ...settings, uplinkBudgetKbps: 5 }));
  await store.flush();
  expect(store.value.uplinkBudgetKbps).toBe(5);
  expect(failures).toMatchObject([
    { code: 'not-writable', message: expect.stringMatching(/disk is full.*memory/) as string },
  ]);
  files.failWith.clear();
  clock.advance(10_000);
  await store.flush();
  expect(saved(files)).toMatchObject({ uplinkBudgetKbps: 5 });
});
