import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FIRST_SETTINGS } from '../settings.ts';
import { upgradeSettings } from './upgrade-settings.ts';

const INGEST = { id: 'a', name: 'A', app: 'live', holdSeconds: 1 };
const TARGET = {
  id: 't',
  name: 'T',
  platform: 'custom',
  url: 'rtmp://example.org/live',
  ingestId: 'a',
  enabled: true,
};
const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8'));

/** What targets have got since, off. */
const NEW_IN_TARGETS = {
  user: '',
  certificateSha256: '',
  bindAddress: '',
  delaySeconds: 0,
  startAt: null,
  startAfterSeconds: null,
  backupMode: 'off',
  backupUrl: '',
};
/** What ingests have got since, as a new one has it. */
const NEW_IN_INGESTS = {
  holdThen: 'end',
  holdPicture: 'slate',
  holdPictureFile: '',
  stallSeconds: 3,
  backup: false,
  switchBack: 'auto',
  switchBackSeconds: 10,
};

test('version 0: what was left out by hand is filled in', () => {
  expect(upgradeSettings(fixture('version-0.json')).data).toEqual({
    ...FIRST_SETTINGS,
    targets: [
      {
        id: 't1',
        name: 'Own server',
        platform: 'custom',
        url: 'rtmp://example.org/live',
        ingestId: 'main',
        enabled: false,
        ...NEW_IN_TARGETS,
      },
    ],
  });
});

test('a version 1 file from before targets and ingests had all they have now gets the rest as it is in new ones', () => {
  const saved = { version: 1, ingests: [INGEST], targets: [TARGET], uplinkBudgetKbps: null };
  const read = upgradeSettings(saved).data;
  expect(read?.ingests).toEqual([{ ...INGEST, ...NEW_IN_INGESTS }]);
  expect(read?.targets).toEqual([{ ...TARGET, ...NEW_IN_TARGETS }]);
});

test('version 1 stays as it is', () => {
  const saved = fixture('version-1.json');
  expect(upgradeSettings(saved).data).toEqual(saved);
});

test.each([
  ['not an object', 5],
  ['null', null],
  ['a list', []],
  ['ingests of another kind', { ingests: 'main' }],
  ['the same id twice', { version: 1, ingests: [INGEST, INGEST], targets: [], uplinkBudgetKbps: null }],
  ['a broken ingest', { version: 1, ingests: [{ id: '' }], targets: [], uplinkBudgetKbps: null }],
])('%s is refused', (_, value) => {
  expect(upgradeSettings(value).success).toBe(false);
});
