import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IncomingConnection, Ingest } from '../../src-shared/model/ingest.ts';
import type { StudioState } from '../../src-shared/model/studio-state.ts';
import type { Target } from '../../src-shared/model/target.ts';
import type { DiagnosisFacts } from './diagnosis-facts.ts';
import { makeDiagnosis, MAX_DIAGNOSIS_BYTES } from './make-diagnosis.ts';

const AT = '2026-01-01T00:00:00.000Z';

// Partial on purpose: what a diagnosis does not read, a test of it need not hold.
const INGEST = {
  id: 'main',
  name: 'Main',
  app: 'live',
  streamKey: 'ingest-key-1',
  serverUrl: 'rtmp://203.0.113.77:1935/live',
  publishUrl: 'rtmp://203.0.113.77:1935/live/ingest-key-1',
  playKey: 'play-key-1',
  holdPictureFile: '/home/alice/brb.png',
  backup: {
    streamKey: 'backup-key-1',
    publishUrl: 'rtmp://203.0.113.77:1935/live/backup-key-1',
    encoder: null,
    compatible: true,
    message: 'Alike.',
  },
  state: 'live',
  since: AT,
  encoder: {
    address: '203.0.113.9:50123',
    software: 'FMLE/3.0',
    connectedAt: AT,
    bytesReceived: 1,
    videoMessages: 2,
    audioMessages: 3,
  },
  health: { word: 'good', reasons: ['All is well.'] },
  warnings: ['The key is short.'],
} as unknown as Ingest;

const TARGET = {
  id: 't1',
  name: 'Twitch',
  platform: 'twitch',
  url: 'rtmps://me:word@live.example/app?auth=abc',
  streamKey: '••••abcd',
  ingestId: 'main',
  user: 'streamer',
  hasPassword: true,
  proxy: 'socks5://me:••••@proxy.example:1080',
  bindAddress: '203.0.113.77',
  backupUrl: '',
  backupStreamKey: '',
  state: 'retrying',
  since: AT,
  lastError: { code: 'stalled', message: 'Nothing was taken for 10 s.', at: AT },
  bitrateKbps: 6_000.4,
  droppedFrames: 12,
  reconnects: 3,
  findings: [],
} as unknown as Target;

const STATE = {
  version: '1.2.3',
  rtmpUrl: 'rtmp://127.0.0.1:1935/live',
  ingests: [INGEST],
  targets: [TARGET],
  connections: [
    {
      id: 'c1',
      address: '203.0.113.9:50123',
      software: null,
      reason: { code: 'x', message: 'Words.' },
      startedAt: AT,
    },
  ] as unknown as IncomingConnection[],
  events: [
    {
      seq: 1,
      at: AT,
      level: 'info',
      code: 'encoder-live',
      message: 'Main: live.',
      ingestId: 'main',
      targetId: null,
    },
  ],
  uplink: {
    totalKbps: 6_000,
    budgetKbps: null,
    measuredKbps: null,
    verdict: { kind: 'your-line', message: 'Your line is too slow.', targetIds: ['t1'], ingestId: null },
  },
  rehearsal: null,
} as unknown as StudioState;

const FACTS: DiagnosisFacts = {
  wallNow: Date.parse(AT),
  versions: { relaydeck: '1.2.3', node: '20.19.0', electron: null, os: 'Linux 6.1.0', arch: 'x64' },
  computer: { cpus: 8, cpuModel: 'A CPU', memoryBytes: 16e9, freeMemoryBytes: 8e9, usedBytes: 2e8 },
  uptimeSeconds: 3_725,
  dataDir: '/home/alice/.local/share/relaydeck',
  homeDir: '/home/alice',
  settings: {
    version: 1,
    targets: [
      {
        id: 't1',
        url: 'rtmp://h/app/key1',
        backupUrl: '',
        user: 'x',
        streamKey: 'old-key',
        deep: { token: '' },
      },
    ],
    webhooks: [{ url: 'https://me:word@hooks.example/api/1234567890ab/kd93kfl3', codes: ['stalled'] }],
    ffmpegPath: '/home/alice/ffmpeg',
  },
  state: STATE,
  shows: [
    {
      id: 's1',
      ingestId: 'main',
      ingestName: 'Main',
      startedAt: AT,
      endedAt: null,
      lastSeenAt: AT,
      targets: 2,
      reconnects: 1,
    },
  ],
  log: [{ at: AT, level: 'info', text: 'studio started {"dataDir":"/home/alice/x","peer":"203.0.113.8"}' }],
  interfaces: [{ name: 'eth0', family: 'IPv6', address: '2a02:8109:1:2:3:4:5:6', internal: false }],
  listening: [{ what: 'rtmp', host: '127.0.0.1', port: 1935 }],
  ffmpeg: { path: '/home/alice/ffmpeg', version: 'ffmpeg version 5.1' },
  secrets: [],
  secretsKnown: true,
};

type Shown = Record<string, unknown> & {
  summary: string[];
  log: string[];
  events: string[];
  shows: unknown[];
  connections: unknown[];
  leftOut: Record<string, number>;
  state: { ingests: unknown[]; targets: unknown[] };
};
const read = (facts: Partial<DiagnosisFacts> = {}): Shown =>
  JSON.parse(makeDiagnosis({ ...FACTS, ...facts }).json) as Shown;

test('the document begins with what people want to know first', () => {
  const { summary, json, fileName } = makeDiagnosis(FACTS);
  expect(fileName).toBe('relaydeck-diagnosis-20260101T000000000Z.json');
  expect(read().summary).toEqual(summary);
  expect(Object.keys(JSON.parse(json) as object).slice(0, 4)).toEqual(['format', 'version', 'at', 'summary']);
  expect(summary).toEqual([
    'Relaydeck 1.2.3, headless, Node 20.19.0, Linux 6.1.0 (x64)',
    '8 processors (A CPU), 16.0 GB of memory, 8.0 GB free, 0.2 GB used by Relaydeck',
    'Running for 1 h 2 min.',
    'FFmpeg: ffmpeg version 5.1 at ~/ffmpeg',
    'Listening: rtmp 127.0.0.1:1935',
    'Ingest Main: live, good; All is well.',
    'Target Twitch (twitch): retrying, 6000 kbit/s, 12 frames dropped, 3 times reconnected; last error stalled at 2026-01-01T00:00:00.000Z: Nothing was taken for 10 s.',
    'Line: Your line is too slow.',
    'Keys, passwords and tokens were taken out of this file, and so were the last parts of addresses.',
  ]);
});

test('figures and errors are there, keys are not, and the user and their addresses cannot be told', () => {
  const shown = read();
  expect(shown.state.targets[0]).toMatchObject({
    url: 'rtmps://••••@live.example/app?auth=••••',
    proxy: 'socks5://••••@proxy.example:1080',
    bindAddress: '203.0.113.x',
    hasStreamKey: true,
    droppedFrames: 12,
    lastError: { code: 'stalled' },
  });
  expect(shown.state.ingests[0]).toMatchObject({
    encoder: { address: '203.0.113.x:50123' },
    hasPlayKey: true,
    backup: { message: 'Alike.' },
  });
  expect(shown['settings']).toEqual({
    version: 1,
    targets: [
      {
        id: 't1',
        url: 'rtmp://h/app/••••',
        backupUrl: '',
        user: 'x',
        streamKey: '••••',
        deep: { token: '' },
      },
    ],
    webhooks: [{ url: 'https://••••@hooks.example/api/«redacted»/••••', codes: ['stalled'] }],
    ffmpegPath: '~/ffmpeg',
  });
  expect(shown['network']).toEqual([
    { name: 'eth0', family: 'IPv6', address: '2a02:8109:1:2:…', internal: false },
  ]);
  expect(shown.log).toEqual([`${AT} info studio started {"dataDir":"~/x","peer":"203.0.113.x"}`]);
  expect(shown.events).toHaveLength(1);
  expect(shown.shows).toHaveLength(1);
  expect(shown.connections).toHaveLength(1);
  expect(JSON.stringify(shown)).not.toMatch(
    /alice|ingest-key|play-key|backup-key|abcd|streamer|word@|203\.0\.113\.\d|old-key/,
  );
});

test('without a studio, settings and log are there all the same', () => {
  const shown = read({ state: null, uptimeSeconds: null, listening: [], secretsKnown: false, ffmpeg: null });
  expect(shown.state).toBeNull();
  expect(shown.log).toHaveLength(1);
  expect(shown.summary).toContain('No studio was running.');
  expect(shown.summary.at(-1)).toContain('Read this file before you pass it on.');
});

test('a key at the end of a saved address is found in the log, too', () => {
  const settings = { targets: [{ url: 'rtmp://h/app/kd93kfl3-x' }] };
  const log = [{ at: AT, level: 'warn', text: 'no stream kd93kfl3-x' } as const];
  expect(read({ settings, log }).log).toEqual([`${AT} warn no stream «redacted»`]);
});

test('a secret that looks like an address is found before addresses are shortened', () => {
  const log = [{ at: AT, level: 'warn', text: 'password 8.8.4.4 refused' } as const];
  expect(read({ secrets: ['8.8.4.4'], log }).log).toEqual([`${AT} warn password «redacted» refused`]);
});

test('what stands beside a known secret in an address is masked all the same', () => {
  const log = [{ at: AT, level: 'warn', text: 'http://me:known-secret@h/?a=known-secret&b=other' } as const];
  const shown = read({ secrets: ['known-secret'], log }).log;
  expect(shown).toEqual([`${AT} warn http://••••@h/?a=••••&b=••••`]);
});

test('paths of Windows are shortened as they are and in JSON', () => {
  const homeDir = 'C:\\Users\\alice';
  const log = [
    { at: AT, level: 'info', text: `${homeDir}\\a ${JSON.stringify({ dir: `${homeDir}\\b` })}` } as const,
  ];
  expect(read({ homeDir, log }).log[0]).toBe(`${AT} info ~\\a {"dir":"~\\\\b"}`);
});

test('a document is never too large, and the oldest log lines go first', () => {
  const line = (index: number): DiagnosisFacts['log'][number] => ({
    at: AT,
    level: 'info',
    text: `${index} ${'ü"'.repeat(1_500)}`,
  });
  const log = Array.from({ length: 2_000 }, (_, index) => line(index));
  const { json } = makeDiagnosis({ ...FACTS, log });
  const bytes = Buffer.byteLength(json);
  expect(bytes).toBeLessThanOrEqual(MAX_DIAGNOSIS_BYTES);
  expect(bytes).toBeGreaterThan(MAX_DIAGNOSIS_BYTES - 20_000);
  const shown = JSON.parse(json) as Shown;
  expect(shown.log.at(-1)).toContain(' 1999 ');
  expect(shown.leftOut['log']).toBe(2_000 - shown.log.length);
  expect(shown.log[0]).toContain(` ${shown.leftOut['log']} `);
  expect([shown.events.length, shown.shows.length]).toEqual([1, 1]);
});

test('settings and a state that are too large by themselves are left out, and that is said', () => {
  const settings = { targets: Array.from({ length: 1_000 }, () => ({ name: 'n'.repeat(3_900) })) };
  const targets = Array.from({ length: 1_000 }, () => ({ ...TARGET, name: 'n'.repeat(3_900) }));
  const { json } = makeDiagnosis({ ...FACTS, settings, state: { ...STATE, targets } });
  expect(Buffer.byteLength(json)).toBeLessThanOrEqual(MAX_DIAGNOSIS_BYTES);
  expect(JSON.parse(json)).toMatchObject({ settings: 'left out: too long', state: 'left out: too long' });
  expect((JSON.parse(json) as Shown).log).toHaveLength(1);
});

/** How a text may hold a secret. */
const WAYS: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `the server said "${secret}".`,
  (secret) => `rtmp://user:${secret}@h.example/app/${secret}?a=${secret}`,
  (secret) => `rtmp://h.example/app/${encodeURIComponent(secret)}`,
  (secret) => JSON.stringify({ key: secret }),
  (secret) => JSON.stringify({ text: JSON.stringify(secret) }),
  (secret) => `Basic ${Buffer.from(`user:${secret}`).toString('base64')}`,
  (secret) => Buffer.from(secret).toString('base64url'),
  (secret) => Array.from(secret).reverse().join(''),
  (secret) => `${secret.slice(0, 8)}…`,
  (secret) => `${secret.slice(0, secret.length - 1)}…`,
  (secret) => secret.toUpperCase(),
  (secret) => `203.0.113.7${secret}::1`,
];

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapStrings(item, change)]));
}

/** What must not be found, in small letters. */
function traces(secret: string): readonly string[] {
  const forms = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Array.from(secret).reverse().join(''),
    Buffer.from(secret).toString('base64').slice(0, 8),
    Buffer.from(secret).toString('base64url').slice(0, 8),
  ];
  return forms.map((form) => form.slice(0, 8).toLowerCase());
}

test('secrets that are put through every field in every way are found nowhere', () => {
  const chars = fc.constantFrom(
    ...Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHXYZ0123456789-_.~!*()+/=?&%$#@"\\\'<> éßñ日𝄞'),
  );
  // A seed that no document holds by itself, so that what is found is the secret.
  const secret = fc.string({ unit: chars, minLength: 8, maxLength: 48 }).map((text) => `Zq7${text}`);
  fc.assert(
    fc.property(
      fc.uniqueArray(secret, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat({ max: WAYS.length - 1 }), { minLength: 1, maxLength: 6 }),
      (secrets, ways) => {
        let turn = 0;
        const hidden = (text: string): string => {
          const way = WAYS[ways[turn % ways.length] ?? 0];
          const shown = way?.(secrets[turn % secrets.length] ?? '') ?? '';
          return turn++ % 3 === 0 ? shown : `${text} ${shown}`;
        };
        const facts = { ...(mapStrings(FACTS, hidden) as DiagnosisFacts), secrets };
        const { json, summary } = makeDiagnosis(facts);
        const texts = [json, ...summary];
        mapStrings(JSON.parse(json), (text) => (texts.push(text), text));
        const all = texts.join('\n').toLowerCase();
        for (const each of secrets) for (const trace of traces(each)) expect(all).not.toContain(trace);
      },
    ),
    { numRuns: 150 },
  );
});
