import { expect, test } from 'vitest';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { MemoryFiles } from '../platform/testing/memory-files.ts';
import { plainSeal } from '../secrets/seal.ts';
import { SecretStore, type SecretName } from '../secrets/secret-store.ts';
import { KnownSecrets } from './diagnose-secrets.ts';

const NAMES: readonly SecretName[] = [
  'http/token',
  'ingest/main/stream-key',
  'ingest/main/backup-key',
  'ingest/main/play-key',
  'target/t1/stream-key',
  'target/t1/backup-key',
  'target/t1/password',
  'target/t1/proxy',
  'webhook/w1/url',
  'webhook/w1/secret',
];

function opened() {
  const stored = { path: 's', files: new MemoryFiles(), clock: new ManualClock(), seal: plainSeal };
  const secrets = new SecretStore(new Map(), { ...stored, onSaveFailed: () => undefined });
  return { secrets, known: new KnownSecrets(secrets) };
}

test('a secret of every kind is known as soon as it is kept', () => {
  const { secrets, known } = opened();
  expect(known.list()).toEqual([]);
  const texts = NAMES.map((_name, at) => `marker-${'abcdefghij'.charAt(at).repeat(12)}`);
  for (const [at, name] of NAMES.entries()) secrets.set(name, texts[at] ?? '');
  for (const text of texts) expect(known.redact(`It said ${text} today.`)).toBe('It said «redacted» today.');
  expect(known.list()).toEqual(texts);
});

test('a key that was changed is still looked for, but not for ever', () => {
  const { secrets, known } = opened();
  const key = (at: number): string => `key-${String(at).padStart(6, '0')}-${'x'.repeat(4)}`;
  secrets.set('target/t1/password', 'stays-as-it-is');
  for (let at = 0; at < 100; at++) {
    secrets.set('target/t1/stream-key', key(at));
    known.list();
  }
  expect(known.redact(key(60))).toBe('«redacted»');
  const list = known.list();
  expect(list).toHaveLength(52);
  expect(list).toContain('stays-as-it-is');
  expect(list).toContain(key(99));
  expect(list).not.toContain(key(0));
});
