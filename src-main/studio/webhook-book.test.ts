import { beforeEach, expect, test } from 'vitest';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import { MAX_WEBHOOKS } from '../../src-shared/model/notice.ts';
import type { Fetch } from '../notices/webhook-try.ts';
import { nodeHmacSha256 } from '../platform/node-crypto.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { MemoryFiles } from '../platform/testing/memory-files.ts';
import { seededRandom } from '../platform/testing/seeded-random.ts';
import { plainSeal } from '../secrets/seal.ts';
import { SecretStore } from '../secrets/secret-store.ts';
import { SettingsStore } from '../settings/settings-store.ts';
import { FIRST_SETTINGS } from '../settings/settings.ts';
import { CommandRefused } from './studio-port.ts';
import { WebhookBook } from './webhook-book.ts';

const URL_TEXT = 'http://me:hunter2@127.0.0.1:9000/hook-path';
const MASKED = 'http://me:••••@127.0.0.1:9000/hook-path';

let clock: ManualClock;
let files: MemoryFiles;
let settings: SettingsStore;
let secrets: SecretStore;
let calls: { url: string; init: Parameters<Fetch>[1] }[];
let status: number;
let hold: Promise<void>;
let events: string[];
let book: WebhookBook;

const fetch: Fetch = async (url, init) => {
  calls.push({ url, init });
  await hold;
  return { status, headers: { get: () => null }, body: null };
};

beforeEach(() => {
  clock = new ManualClock();
  files = new MemoryFiles();
  const stored = { files, clock, onSaveFailed: () => undefined };
  settings = new SettingsStore(FIRST_SETTINGS, { ...stored, path: 'settings.json' });
  secrets = new SecretStore(new Map(), { ...stored, path: 'secrets.json', seal: plainSeal });
  calls = [];
  status = 204;
  hold = Promise.resolve();
  events = [];
  book = new WebhookBook({
    parts: {
      settings,
      secrets,
      clock,
      random: seededRandom(1),
      hmacSha256: nodeHmacSha256,
      events: { write: (level, code, message) => events.push(`${level} ${code} ${message}`) },
    },
    fetch,
    version: '1.2.3',
    redact: (text) => text.replaceAll('live_key_1234', '«redacted»'),
  });
});

function refusal(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    if (error instanceof CommandRefused) return error.refusal;
    throw error;
  }
  return undefined;
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}

const event = (changes: Partial<LogEvent> = {}): LogEvent => ({
  seq: 1,
  at: '2026-01-01T00:00:00.000Z',
  level: 'warning',
  code: 'stalled',
  message: 'The server said live_key_1234.',
  ingestId: null,
  targetId: null,
  ...changes,
});

test('address and secret are in the key file only, and are shown to nobody', async () => {
  const made = book.create({ name: 'Bot', url: URL_TEXT, secret: 'sign-with-this' });
  expect(made).toEqual({
    id: made.id,
    name: 'Bot',
    url: MASKED,
    enabled: true,
    leastLevel: 'warning',
    codes: [],
    hasSecret: true,
    lastDelivery: null,
  });
  expect(book.list()).toEqual([made]);
  await settings.flush();
  await secrets.flush();
  for (const text of ['hunter2', 'hook-path', 'sign-with-this']) {
    expect(files.texts.get('settings.json')).not.toContain(text);
    expect(files.texts.get('secrets.json')).toContain(text);
  }
});

test('a URL that comes back as it was shown is no new one, and another one with the dots in it is refused', () => {
  const { id } = book.create({ name: 'Bot', url: URL_TEXT, secret: 's3cret' });
  expect(book.update({ id, url: MASKED, name: 'Robot', codes: ['a', 'a'] })).toMatchObject({
    name: 'Robot',
    url: MASKED,
    codes: ['a'],
    hasSecret: true,
  });
  expect(secrets.get(`webhook/${id}/url`)?.reveal()).toBe(URL_TEXT);
  const moved = MASKED.replace('127.0.0.1', 'elsewhere.example');
  expect(refusal(() => book.update({ id, url: moved, name: 'No' }))).toMatchObject({ field: 'url' });
  expect(refusal(() => book.create({ name: 'B', url: moved }))).toMatchObject({ field: 'url' });
  expect(book.list()).toMatchObject([{ name: 'Robot' }]);
  expect(book.update({ id, url: 'https://bot.example/x', secret: '' })).toMatchObject({
    url: 'https://bot.example/x',
    hasSecret: false,
  });
  expect(secrets.get(`webhook/${id}/secret`)).toBeUndefined();
});

test('what is not there, and one too many, are refused', async () => {
  for (const run of [
    () => book.update({ id: 'gone' }),
    () => {
      book.delete('gone');
    },
  ]) {
    expect(refusal(run)).toMatchObject({ code: 'no-such-webhook' });
  }
  await expect(book.test('gone')).rejects.toBeInstanceOf(CommandRefused);
  for (let count = 0; count < MAX_WEBHOOKS; count++) book.create({ name: 'B', url: 'http://h/' });
  expect(refusal(() => book.create({ name: 'B', url: 'http://h/' }))).toMatchObject({
    code: 'too-many-webhooks',
  });
  expect(book.list()).toHaveLength(MAX_WEBHOOKS);
});

test('events go out signed, with keys taken out, and how it went is shown', async () => {
  book.create({ name: 'Bot', url: URL_TEXT, secret: 's3cret' });
  book.create({ name: 'Off', url: 'http://off/', enabled: false });
  book.event(event({ level: 'info' }));
  book.event(event());
  await settle();
  expect(calls.map(({ url }) => url)).toEqual(['http://127.0.0.1:9000/hook-path']);
  expect(calls[0]?.init.headers).toMatchObject({
    'X-Relaydeck-Signature': expect.stringMatching(/^sha256=[0-9a-f]{64}$/) as string,
  });
  expect(calls[0]?.init.body).not.toContain('live_key_1234');
  expect(book.list()).toMatchObject([{ lastDelivery: { ok: true, status: 204 } }, { lastDelivery: null }]);
});

test('a test is sent to a webhook that is off; one deleted meanwhile leaves nothing behind', async () => {
  const { id } = book.create({ name: 'Off', url: URL_TEXT, enabled: false });
  status = 500;
  const delivery = await book.test(id);
  expect(delivery).toMatchObject({ ok: false, status: 500 });
  expect(delivery.message).not.toMatch(/hunter2|hook-path/);
  expect(book.list()).toMatchObject([{ lastDelivery: delivery }]);
  let release: () => void = () => undefined;
  hold = new Promise((resolve) => (release = resolve));
  const late = book.test(id);
  book.delete(id);
  release();
  await late;
  expect(book.list()).toEqual([]);
  expect(secrets.get(`webhook/${id}/url`)).toBeUndefined();
});

test('a webhook that fails for an hour is told of once, without its address; a closed book sends nothing', async () => {
  book.create({ name: 'Bot', url: URL_TEXT, codes: ['stalled'] });
  status = 500;
  for (let minute = 0; minute < 80; minute++) {
    book.event(event({ seq: minute }));
    await settle();
    clock.advance(60_000);
    await settle();
  }
  expect(events).toEqual([expect.stringMatching(/^warning webhook-failing The webhook Bot/)]);
  expect(events[0]).not.toMatch(/hunter2|hook-path/);
  book.close();
  const before = calls.length;
  book.event(event());
  clock.advance(600_000);
  await settle();
  expect(calls).toHaveLength(before);
});
