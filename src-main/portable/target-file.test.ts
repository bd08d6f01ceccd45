import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeScrypt } from '../platform/node-crypto.ts';
import { seededRandom } from '../platform/testing/seeded-random.ts';
import type { TravellingTarget } from './portable-target.ts';
import { TargetFileError } from './target-file-error.ts';
import { readTargetFile, writeTargetFile, type Locksmith } from './target-file.ts';
import { quickScrypt } from './testing/quick-scrypt.ts';

const quick: Locksmith = { scrypt: quickScrypt, random: seededRandom(1) };
const savedAt = '2026-01-01T00:00:00.000Z';

const TWITCH: TravellingTarget = {
  target: {
    name: 'Twitch',
    platform: 'twitch',
    url: 'rtmp://live.twitch.tv/app',
    delaySeconds: 5,
    startAt: null,
  },
  secrets: { streamKey: 'live_123_MARKER', backupKey: '', password: 'p4ss', proxy: 'socks5://me:pw@h:1' },
};
const OWN: TravellingTarget = {
  target: { name: 'Own', platform: 'custom', url: 'rtmp://host/app' },
  secrets: { streamKey: 'own-MARKER', backupKey: 'backup-MARKER', password: '', proxy: '' },
};

const write = (targets: readonly TravellingTarget[], passphrase?: string): Promise<string> =>
  writeTargetFile(targets, { ...quick, savedAt, passphrase });

async function whyNot(text: string, passphrase?: string): Promise<string> {
  try {
    await readTargetFile(text, passphrase, quick);
  } catch (error) {
    if (!(error instanceof TargetFileError)) throw error;
    expect(error.message).not.toContain('MARKER');
    return error.code;
  }
  return 'read';
}

const shortText = fc.string({ unit: 'grapheme', maxLength: 40 });
const anyName = shortText.map((text) => text.trim()).filter((text) => text.length > 0 && text.length <= 80);
const anySecrets = fc.record({
  streamKey: shortText,
  backupKey: shortText,
  password: shortText,
  proxy: shortText,
});
const anyTarget: fc.Arbitrary<TravellingTarget> = fc.record({
  target: fc.record({
    name: anyName,
    platform: fc.constantFrom('twitch', 'custom', 'rehearsal'),
    url: fc.webPath().map((path) => `rtmp://host${path}`),
    delaySeconds: fc.integer({ min: 0, max: 600 }),
    startAt: fc.constantFrom(null, '2026-11-22T20:00:00Z'),
    backupMode: fc.constantFrom('off' as const, 'together' as const),
    ingest: anyName,
  }),
  secrets: anySecrets,
});

test('any targets and keys under any passphrase come back as they went', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyTarget, { maxLength: 4 }),
      fc.string({ unit: 'grapheme' }),
      async (targets, passphrase) => {
        const read = await readTargetFile(await write(targets, passphrase), passphrase, quick);
        expect(read).toEqual({ keys: 'open', targets });
      },
    ),
  );
});

test('without a passphrase, any targets come back without their keys', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyTarget, { maxLength: 4 }), async (targets) => {
      const read = await readTargetFile(await write(targets), undefined, quick);
      expect(read).toEqual({
        keys: 'none',
        targets: targets.map(({ target }) => ({ target, secrets: null })),
      });
    }),
  );
});

test('no secret stands in the file in clear, with a passphrase or without', async () => {
  for (const text of [await write([TWITCH, OWN], 'long enough'), await write([TWITCH, OWN])]) {
    for (const secret of ['MARKER', 'live_123', 'p4ss', 'socks5']) expect(text).not.toContain(secret);
    expect(text).toContain('rtmp://live.twitch.tv/app');
  }
});

test('another passphrase is refused as such; the same one typed in another Unicode form is the same', async () => {
  const text = await write([TWITCH], 'Café au lait');
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (other) => {
      fc.pre(other.normalize('NFKC') !== 'Café au lait'.normalize('NFKC'));
      expect(await whyNot(text, other)).toBe('wrong-passphrase');
    }),
  );
  expect(await whyNot(text, 'Cafe\u0301 au lait')).toBe('read');
});

test('every flipped bit of a locked file is refused', async () => {
  const bytes = Buffer.from(await write([TWITCH, OWN], 'long enough'));
  const refused = new Set<string>();
  for (let at = 0; at < bytes.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
      const why = await whyNot(flipped.toString('utf8'), 'long enough');
      expect([at, bit, why]).not.toEqual([at, bit, 'read']);
      refused.add(why);
    }
  }
  expect([...refused].sort()).toEqual([
    'damaged-file',
    'newer-file',
    'not-relaydeck-file',
    'wrong-passphrase',
  ]);
});

test('a key cannot be put below another address, nor the targets be swapped', async () => {
  const text = await write([TWITCH, OWN], 'long enough');
  expect(await whyNot(text.replace('rtmp://host/app', 'rtmp://evil/app'), 'long enough')).toBe(
    'damaged-file',
  );
  const file = JSON.parse(text) as { targets: unknown[] };
  file.targets.reverse();
  expect(await whyNot(JSON.stringify(file), 'long enough')).toBe('damaged-file');
});

test('indentation, line ends and a byte order mark may change on the way', async () => {
  const text = await write([TWITCH], 'long enough');
  const travelled = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
  expect(await whyNot(travelled, 'long enough')).toBe('read');
  expect(await whyNot(JSON.stringify(JSON.parse(text)), 'long enough')).toBe('read');
});

test('locked keys stay locked while no passphrase is given', async () => {
  const read = await readTargetFile(await write([TWITCH], 'long enough'), undefined, quick);
  expect(read).toEqual({ keys: 'locked', targets: [{ target: TWITCH.target, secrets: null }] });
});

const plain = { kind: 'relaydeck-targets', version: 1, savedAt, targets: [], lock: null, locked: null };
test.each([
  ['', 'not-relaydeck-file'],
  ['{"version":1}', 'not-relaydeck-file'],
  ['[]', 'not-relaydeck-file'],
  ['null', 'not-relaydeck-file'],
  ['{"kind":"relaydeck-targets","vers', 'damaged-file'],
  [JSON.stringify({ ...plain, version: 2, targets: 'other' }), 'newer-file'],
  [JSON.stringify({ ...plain, version: 0 }), 'damaged-file'],
  [JSON.stringify({ ...plain, targets: [{ name: 'x' }] }), 'damaged-file'],
  [JSON.stringify({ ...plain, targets: [{ name: 'x', platform: 'custom', key: 'MARKER' }] }), 'damaged-file'],
  [JSON.stringify({ ...plain, locked: '' }), 'damaged-file'],
  [JSON.stringify(plain), 'read'],
])('%.60s: %s', async (text, why) => {
  expect(await whyNot(text, 'long enough')).toBe(why);
});

test('any text is read or refused in words', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
      expect(await whyNot(text, 'x')).not.toBe('read');
    }),
  );
});

test('a file that asks for more memory than a show can spare is refused before it is given any', async () => {
  const text = await write([TWITCH], 'long enough');
  for (const N of [2 ** 14, 2 ** 19, 2 ** 30]) {
    expect(await whyNot(text.replace('"N": 65536', `"N": ${N}`), 'long enough')).toBe('damaged-file');
  }
});

test('with the real scrypt, too', async () => {
  const real = { scrypt: nodeScrypt, random: seededRandom(2) };
  const text = await writeTargetFile([TWITCH], { ...real, savedAt, passphrase: 'long enough' });
  expect(await readTargetFile(text, 'long enough', real)).toEqual({ keys: 'open', targets: [TWITCH] });
  await expect(readTargetFile(text, 'long enougH', real)).rejects.toMatchObject({ code: 'wrong-passphrase' });
});
