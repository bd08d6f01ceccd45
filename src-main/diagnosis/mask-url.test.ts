import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskUrl, maskUrlsIn, secretPartsOfUrl } from './mask-url.ts';

test.each([
  ['', ''],
  ['rtmp://a.rtmp.youtube.com/live2', 'rtmp://a.rtmp.youtube.com/live2'],
  ['rtmps://live.example:443/app/', 'rtmps://live.example:443/app/'],
  ['rtmp://[2a02::1]:1935/live', 'rtmp://[2a02::1]:1935/live'],
  ['rtmp://h/live/abcdefgh', 'rtmp://h/live/••••'],
  ['rtmp://h/live/abcdefgh/', 'rtmp://h/live/••••/'],
  ['rtmp://h/x1234567/live', 'rtmp://h/••••/live'],
  ['https://h/api/webhooks/1234567890/aBcDeFgH-iJ', 'https://h/api/webhooks/••••/••••'],
  ['rtmp://h/live?auth=abc&x', 'rtmp://h/live?auth=••••&••••'],
  ['http://h/?token=a=b#part', 'http://h/?token=••••#••••'],
  ['socks5://me:word@proxy:1080', 'socks5://••••@proxy:1080'],
  ['socks5://me:w@rd@proxy:1080', 'socks5://••••@proxy:1080'],
  ['socks5://me:w/rd@proxy:1080', 'socks5://••••@proxy:1080'],
  ['just-a-key-in-the-wrong-field', '••••'],
])('%j is shown as %j', (url, shown) => {
  expect(maskUrl(url)).toBe(shown);
});

test('the last part of a path is a key where there is no other, but an app is none', () => {
  expect(maskUrl('rtmp://h/live/abc', { lastPartIsKey: true })).toBe('rtmp://h/live/••••');
  expect(maskUrl('rtmp://h/live', { lastPartIsKey: true })).toBe('rtmp://h/live');
});

test('addresses are found in a text, and its commas and brackets stay', () => {
  expect(maskUrlsIn('Open http://h/?token=abc, or (rtmp://h/live/abcdefgh).')).toBe(
    'Open http://h/?token=••••, or (rtmp://h/live/••••).',
  );
  expect(maskUrlsIn('{"url":"http://me:word@h/"}')).toBe('{"url":"http://••••@h/"}');
  expect(maskUrlsIn('12:34:56 a/b ratio 1://')).toBe('12:34:56 a/b ratio 1://');
});

test('what is hidden is what counts as secret', () => {
  expect(secretPartsOfUrl('https://me:word@h/hooks/abcdefgh?x=y#z')).toEqual([
    'me:word',
    'me',
    'word',
    'abcdefgh',
    'y',
    'z',
  ]);
});

test('no part that is hidden is left in the address, whatever it holds', () => {
  const chars = fc.constantFrom(...Array.from('qzjkvw0189@:/?#[]%&=+.~$ é"'));
  const part = fc.string({ unit: chars, minLength: 10, maxLength: 24 }).map((text) => `Q${text}Z`);
  fc.assert(
    fc.property(part, part, part, (user, key, value) => {
      const url = `rtmp://${encodeURIComponent(user)}@h.example/app/${encodeURIComponent(key)}?v=${encodeURIComponent(value)}`;
      expect(maskUrl(url)).toBe('rtmp://••••@h.example/app/••••?v=••••');
      expect(maskUrl(`socks5://me:${user}@h.example`)).not.toContain(user.slice(0, 8));
    }),
  );
});

test('long words cost no more than their length', () => {
  const texts = [
    'n'.repeat(200_000),
    `h://${')'.repeat(200_000)}x`,
    `h://${'@'.repeat(200_000)}/`,
    ':'.repeat(200_000),
  ];
  const began = performance.now();
  for (const text of texts) maskUrlsIn(text);
  // A search that begins anew at each letter takes minutes.
  expect(performance.now() - began).toBeLessThan(2_000);
});
