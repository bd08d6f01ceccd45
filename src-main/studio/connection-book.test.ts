import { expect, test } from 'vitest';
import type { Update } from '../../src-shared/bridge/contract.ts';
import type { IncomingConnection } from '../../src-shared/model/ingest.ts';
import { dial } from '../net/dial.ts';
import { nodeHmacSha256, nodeMd5 } from '../platform/node-crypto.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { MemoryFiles } from '../platform/testing/memory-files.ts';
import { MemoryLog } from '../platform/testing/memory-log.ts';
import { seededRandom } from '../platform/testing/seeded-random.ts';
import { plainSeal } from '../secrets/seal.ts';
import { SecretStore } from '../secrets/secret-store.ts';
import { SettingsStore } from '../settings/settings-store.ts';
import { FIRST_SETTINGS } from '../settings/settings.ts';
import { ConnectionBook } from './connection-book.ts';
import { EventLog } from './event-log.ts';

function opened() {
  const clock = new ManualClock();
  const files = new MemoryFiles();
  const told: Update[] = [];
  const events = new EventLog(clock, new MemoryLog(), () => undefined);
  const store = { path: '/x', files, clock, onSaveFailed: () => undefined };
  const book = new ConnectionBook({
    settings: new SettingsStore(FIRST_SETTINGS, store),
    secrets: new SecretStore(new Map(), { ...store, seal: plainSeal }),
    clock,
    random: seededRandom(1),
    hmacSha256: nodeHmacSha256,
    md5: nodeMd5,
    dial,
    events,
    emit: (update) => told.push(update),
    isHeard: () => true,
    slates: { isThere: () => false, make: () => Promise.reject(new Error('no FFmpeg')) },
    openSpill: () => Promise.reject(new Error('no disk')),
    freeDiskBytes: () => Promise.resolve(0),
  });
  return { book, events, told };
}

const connection = (id: string, change: Partial<IncomingConnection> = {}): IncomingConnection => ({
  id,
  address: '192.0.2.1:1',
  software: null,
  role: 'unknown',
  stage: 'handshake',
  outcome: 'in-progress',
  reason: null,
  ingestId: null,
  startedAt: '2026-01-01T00:00:00.000Z',
  ...change,
});

test('a connection is followed in its place, the newest twenty are kept', () => {
  const { book, told } = opened();
  for (let n = 0; n < 25; n++) book.update(connection(`c${n}`));
  book.update(connection('c10', { outcome: 'ok' }));
  expect(book.list().map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, n) => `c${n + 5}`));
  expect(book.list()[5]).toMatchObject({ id: 'c10', outcome: 'ok' });
  expect(told).toHaveLength(26);
});

test('refusals and failures go into the event log, with who it was', () => {
  const { book, events } = opened();
  book.update(
    connection('c1', { outcome: 'refused', reason: { code: 'unknown-app', message: 'Wrong app.' } }),
  );
  book.update(connection('c2', { outcome: 'closed', reason: { code: 'studio-stopped', message: 'Over.' } }));
  book.update(connection('c3', { outcome: 'closed' }));
  expect(events.events.map(({ code, message }) => [code, message])).toEqual([
    ['unknown-app', 'Wrong app. (from 192.0.2.1:1)'],
  ]);
});
