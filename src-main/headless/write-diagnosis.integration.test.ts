import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ShowSummary } from '../../src-shared/model/show-report.ts';
import type { StudioState } from '../../src-shared/model/studio-state.ts';
import { DEFAULT_NOTICE_SETTINGS } from '../../src-shared/model/notice.ts';
import { RecentLog } from '../diagnosis/recent-log.ts';
import { nodeFiles } from '../platform/node-files.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { MemoryLog } from '../platform/testing/memory-log.ts';
import { plainSeal } from '../secrets/seal.ts';
import { SecretStore, type SecretName } from '../secrets/secret-store.ts';
import { SettingsStore } from '../settings/settings-store.ts';
import { FIRST_SETTINGS, savedTargetSchema, type Settings } from '../settings/settings.ts';
import { CommandRefused } from '../studio/studio-port.ts';
import { diagnoseFiles } from './diagnose-files.ts';
import { diagnoseRunning } from './diagnose-running.ts';
import { KnownSecrets } from './diagnose-secrets.ts';

const AT = '2026-01-01T00:00:00.000Z';
const marker = (): string => `mark${randomBytes(12).toString('hex')}`;

const NAMES: readonly SecretName[] = [
  'http/token',
  'ingest/main/stream-key',
  'ingest/main/play-key',
  'target/t1/stream-key',
  'target/t1/backup-key',
  'target/t1/password',
  'webhook/w1/secret',
];

function settingsWith(inUrl: string): Settings {
  const target = savedTargetSchema.parse({
    id: 't1',
    name: 'T',
    platform: 'custom',
    url: `rtmp://user:${inUrl}@live.example/app`,
    ingestId: 'main',
    enabled: true,
  });
  const webhook = { id: 'w1', name: 'W', enabled: true, leastLevel: 'info', codes: [] } as const;
  return { ...FIRST_SETTINGS, targets: [target], webhooks: [webhook] };
}

const show = (id: string): ShowSummary => ({
  id,
  ingestId: 'main',
  ingestName: 'Main',
  startedAt: AT,
  endedAt: AT,
  lastSeenAt: AT,
  targets: 1,
  reconnects: 0,
});

/** Nothing of a studio but what a person could have read a key into. */
function stateWith(texts: readonly string[]): StudioState {
  return {
    version: '1.2.3',
    rtmpUrl: 'rtmp://127.0.0.1:1935/live',
    ingests: [],
    targets: [],
    connections: [],
    events: texts.map((text, seq) => ({
      seq,
      at: AT,
      level: 'info',
      code: 'x',
      message: `The server said "${text}".`,
      ingestId: null,
      targetId: null,
    })),
    uplink: {
      totalKbps: 0,
      budgetKbps: null,
      measuredKbps: null,
      verdict: { kind: 'none', message: '', targetIds: [], ingestId: null },
    },
    rehearsal: null,
    notices: DEFAULT_NOTICE_SETTINGS,
  } as unknown as StudioState;
}

async function opened() {
  const dataDir = await mkdtemp(join(tmpdir(), 'relaydeck-diagnosis-'));
  const clock = new ManualClock();
  const stored = { files: nodeFiles, clock, onSaveFailed: () => undefined };
  const inUrl = marker();
  const settings = new SettingsStore(settingsWith(inUrl), {
    ...stored,
    path: join(dataDir, 'settings.json'),
  });
  const path = join(dataDir, 'secrets.json');
  const secrets = new SecretStore(new Map(), { ...stored, path, seal: plainSeal });
  const texts = NAMES.map((name) => {
    const text = marker();
    secrets.set(name, text);
    return text;
  });
  const [hookPath, proxyWord] = [marker(), marker()];
  secrets.set('webhook/w1/url', `https://hooks.example/api/${hookPath}`);
  secrets.set('target/t1/proxy', `socks5://me:${proxyWord}@proxy.example:1080`);
  const markers = [...texts, hookPath, proxyWord, inUrl];
  const log = new RecentLog(new MemoryLog(), { wallNow: clock.wallNow });
  const known = new KnownSecrets(secrets);
  const listening = () => [{ what: 'rtmp', host: '127.0.0.1', port: 1935 }] as const;
  const version = '1.2.3';
  const diagnose = diagnoseRunning({ dataDir, version, clock, settings, known, log, listening });
  return { dataDir, clock, settings, secrets, markers, log, diagnose };
}

test('no secret is in the file, wherever it stood, and only its owner may read it', async () => {
  const { dataDir, clock, secrets, markers, log, diagnose } = await opened();
  // A key that is changed before the file is written stands in older lines.
  log.write('warn', 'a line with keys', { markers });
  for (const text of markers) log.write('info', `refused: ${Buffer.from(text).toString('base64')}`);
  log.write('info', `home ${homedir()} and a word that stays`);
  await Promise.resolve();
  secrets.set('target/t1/stream-key', marker());
  clock.advance(61_000);
  const { path, fileName, summary } = await diagnose(stateWith(markers), [show('s2'), show('s1')]);
  expect(path).toBe(join(dataDir, 'diagnosis', fileName));
  const text = await readFile(path, 'utf8');
  for (const secret of markers) {
    expect(text).not.toContain(secret.slice(0, 12));
    expect(text).not.toContain(secret.slice(-12));
    expect(text).not.toContain(Buffer.from(secret).toString('base64').slice(4, 20));
    expect(summary).not.toContain(secret.slice(0, 12));
  }
  expect(text).toContain('a word that stays');
  expect(JSON.parse(text)).toMatchObject({
    format: 'relaydeck-diagnosis',
    uptimeSeconds: 61,
    shows: [{ id: 's1' }, { id: 's2' }],
  });
  expect(summary).toMatch(/Relaydeck 1\.2\.3, headless.*\n.*\nRunning for 1 min\./);
  if (process.platform !== 'win32') {
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'diagnosis'))).mode & 0o777).toBe(0o700);
  }
});

test('the newest five are kept, and files of others; a clock that was set back costs nothing', async () => {
  const { dataDir, clock, diagnose } = await opened();
  const state = stateWith([]);
  const { fileName: first, path } = await diagnose(state, []);
  await writeFile(join(path, '..', 'notes.txt'), 'mine');
  await writeFile(join(path, '..', 'relaydeck-diagnosis-99990101T000000000Z.json'), '{}');
  let newest = first;
  for (let time = 0; time < 6; time++) {
    clock.advance(1_000);
    newest = (await diagnose(state, [])).fileName;
  }
  const left = await readdir(join(dataDir, 'diagnosis'));
  expect(left).toHaveLength(6);
  expect(left).toContain('notes.txt');
  expect(left).toContain(newest);
  expect(left).not.toContain(first);
});

test('two wishes at once share one file; a folder that cannot be made is said in words', async () => {
  const { dataDir, diagnose } = await opened();
  const state = stateWith([]);
  const [one, other] = await Promise.all([diagnose(state, []), diagnose(state, [])]);
  expect(other).toBe(one);
  const { dataDir: second, diagnose: fails } = await opened();
  await writeFile(join(second, 'diagnosis'), 'a file in its place');
  const error: unknown = await fails(state, []).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(CommandRefused);
  expect(error).toMatchObject({ refusal: { code: 'diagnosis-not-written' } });
  expect(await readdir(join(dataDir, 'diagnosis'))).toHaveLength(1);
});

test('from the saved files alone: without secrets, and honest about those that are locked', async () => {
  const { dataDir, settings, secrets, markers } = await opened();
  settings.saveNow();
  await settings.flush();
  await secrets.flush();
  const settingsText = await readFile(join(dataDir, 'settings.json'), 'utf8');
  const { path, summary } = await diagnoseFiles({ dataDir, version: '1.2.3' });
  const text = await readFile(path, 'utf8');
  for (const secret of markers) expect(text).not.toContain(secret.slice(0, 12));
  expect(text).toContain('live.example');
  expect(summary).toContain('No studio was running.');
  expect(summary).toContain('Keys, passwords and tokens were taken out');
  expect(await readFile(join(dataDir, 'settings.json'), 'utf8')).toBe(settingsText);

  await writeFile(
    join(dataDir, 'secrets.json'),
    '{"version":1,"sealedBy":"electron-safe-storage","secrets":{}}',
  );
  await writeFile(join(dataDir, 'settings.json'), '{ damaged');
  expect((await diagnoseFiles({ dataDir, version: '1.2.3' })).summary).toContain(
    'The keys could not be read',
  );
  expect(await readFile(join(dataDir, 'settings.json'), 'utf8')).toBe('{ damaged');
});
