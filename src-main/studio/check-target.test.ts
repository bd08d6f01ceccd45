import { expect, test } from 'vitest';
import { savedTargetSchema, type SavedTarget } from '../settings/settings.ts';
import { checkTarget, defaultUrl, separateKey, separateLogin } from './check-target.ts';
import { CommandRefused } from './studio-port.ts';

const good: SavedTarget = savedTargetSchema.parse({
  id: 't',
  name: 'T',
  platform: 'custom',
  url: 'rtmp://host/app',
  ingestId: 'main',
  enabled: true,
});
const NO_SECRETS = { streamKey: '', backupKey: '', password: '', proxy: '' };
const fieldOf = (change: Partial<SavedTarget>, key = 'key', proxy = ''): string | null | undefined => {
  try {
    checkTarget({ ...good, ...change }, { ...NO_SECRETS, streamKey: key, proxy }, (id) => id === 'main');
    return undefined;
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
    return error.refusal.field;
  }
};

test.each<[string, Partial<SavedTarget>, string, string | undefined]>([
  ['a good one', {}, 'key', undefined],
  ['a key in the URL', { url: 'rtmp://host/app/key' }, '', undefined],
  ['the rehearsal needs neither', { platform: 'rehearsal', url: '' }, '', undefined],
  ['no such ingest', { ingestId: 'gone' }, 'key', 'ingestId'],
  ['no such platform', { platform: 'gone' }, 'key', 'platform'],
  ['no URL', { url: '' }, 'key', 'url'],
  ['a bad URL', { url: 'http://host/app' }, 'key', 'url'],
  ['a bad port', { url: 'rtmp://host:99999/app' }, 'key', 'url'],
  ['no key', {}, '', 'streamKey'],
  ['an address of another computer', { bindAddress: '192.0.2.200' }, 'key', 'bindAddress'],
  ['a certificate on a plain connection', { certificateSha256: 'ab'.repeat(32) }, 'key', 'certificateSha256'],
  [
    'a certificate over TLS',
    { url: 'rtmps://host/app', certificateSha256: 'ab'.repeat(32) },
    'key',
    undefined,
  ],
])('%s', (_, change, key, field) => {
  expect(fieldOf(change, key)).toBe(field);
});

test('a proxy that is none', () => {
  expect(fieldOf({}, 'key', 'gopher://x')).toBe('proxy');
});

test('every refusal says what to do, and holds no key', () => {
  for (const change of [{ ingestId: 'gone' }, { platform: 'gone' }, { url: '' }, { url: 'x://y' }]) {
    expect(() => {
      checkTarget({ ...good, ...change }, { ...NO_SECRETS, streamKey: 'MARKERKEY' }, (id) => id === 'main');
    }).toThrow(/^(?!.*MARKERKEY).{20,}$/);
  }
});

test('a key at the end of the URL is taken out of it (root cause: the URL was saved and shown with the key in it)', () => {
  expect(separateKey('rtmps://host:443/live/MARKER-key/', '')).toEqual({
    url: 'rtmps://host:443/live',
    streamKey: 'MARKER-key',
  });
  expect(separateKey('rtmp://host/live/inst', 'key')).toEqual({
    url: 'rtmp://host/live/inst',
    streamKey: 'key',
  });
  expect(separateKey('rtmp://host/live', '')).toEqual({ url: 'rtmp://host/live', streamKey: '' });
  expect(separateKey('', '')).toEqual({ url: '', streamKey: '' });
});

test('the URL of a platform that has one for everybody', () => {
  expect([defaultUrl('twitch'), defaultUrl('rehearsal'), defaultUrl('custom'), defaultUrl('gone')]).toEqual([
    'rtmp://live.twitch.tv/app',
    '',
    '',
    '',
  ]);
});

test('a proxy read back with its password as dots is not taken for a new one', () => {
  expect(fieldOf({}, 'key', 'socks5://me:••••@proxy.example.com:1080')).toBe('proxy');
});

test('a login in the URL goes where passwords are kept (root cause: it was shown everywhere and never used)', () => {
  expect(separateLogin('rtmp://me:s%40cret@host:1936/app')).toEqual({
    url: 'rtmp://host:1936/app',
    user: 'me',
    password: 's@cret',
  });
  expect(separateLogin('rtmp://host/app?a=b@c')).toEqual({
    url: 'rtmp://host/app?a=b@c',
    user: '',
    password: '',
  });
});

test('dots that stand for a key are not taken for one', () => {
  expect(fieldOf({}, '••••ijkl')).toBe('streamKey');
});
