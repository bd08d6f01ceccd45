import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redactor, inEveryString } from './redact.ts';

const KEY = 'k7m2p-Q+/wx é"9z\\a';
const redact = redactor([KEY]);

test.each([
  ['as it is', KEY],
  ['in capitals', KEY.toUpperCase()],
  ['percent-encoded', encodeURIComponent(KEY)],
  ['percent-encoded in small letters', encodeURIComponent(KEY).toLowerCase()],
  ['as a form writes it', new URLSearchParams({ a: KEY }).toString().slice(2)],
  ['as a path', new URL(`http://h/${KEY}`).pathname.slice(1)],
  ['in JSON', JSON.stringify(KEY).slice(1, -1)],
  ['in JSON within JSON', JSON.stringify(JSON.stringify(KEY)).slice(3, -3)],
  ['in JSON of ASCII', JSON.stringify(KEY).slice(1, -1).replace('é', '\\u00e9')],
  ['backwards', Array.from(KEY).reverse().join('')],
])('a secret is found %s', (_, spelled) => {
  expect(redact(`before ${spelled} behind`)).toBe('before «redacted» behind');
});

test.each(['', 'u', 'us', 'use', 'user:'])('a secret is found in base64 behind %j', (before) => {
  for (const alphabet of ['base64', 'base64url'] as const) {
    const text = Buffer.from(`${before}${KEY}`).toString(alphabet);
    const shown = redact(text);
    // What is left are characters that neighbours share, and bytes before the secret.
    expect(shown).toMatch(/^[\w+/-]{0,8}«redacted»[\w+/=-]{0,3}$/);
  }
});

test('a secret in capitals is found whole where a letter becomes two', () => {
  expect(redactor(['abc\\ßefghijkl'])('ABC\\SSEFGHIJKL')).toBe('«redacted»');
});

test('parts of eight characters are found, shorter ones are not', () => {
  const { length } = KEY;
  expect(redact(`${KEY.slice(0, 8)}…`)).toBe('«redacted»…');
  expect(redact(`…${KEY.slice(length - 8)}`)).toBe('…«redacted»');
  expect(redact(`…${KEY.slice(3, 12)}…`)).toBe('…«redacted»…');
  expect(redact(`${KEY.slice(0, 7)}…`)).toBe(`${KEY.slice(0, 7)}…`);
});

test('a short secret is found whole only, and one of three characters not at all', () => {
  const short = redactor(['abcd', 'xyz']);
  expect(short('rtmp://h/live/abcd xyz abc')).toBe('rtmp://h/live/«redacted» xyz abc');
});

test('two secrets side by side, one within the other, and one told twice', () => {
  const both = redactor(['aaaabbbb', 'aaaabbbbcccc', 'dddd', 'dddd']);
  expect(both('aaaabbbbcccc')).toBe('«redacted»');
  expect(both('aaaabbbbdddd-dddd')).toBe('«redacted»-«redacted»');
});

test('of an address its secret parts count, its host does not', () => {
  const proxy = redactor(['socks5://streamer:passw%40rd@proxy.example:1080']);
  expect(proxy('proxy.example:1080 refused streamer, passw@rd')).toBe(
    'proxy.example:1080 refused «redacted», «redacted»',
  );
});

test("a platform's own words behind a key are no secret", () => {
  expect(redactor(['live_12345678?bandwidthtest=true'])('?bandwidthtest=true live_12345678')).toBe(
    '?bandwidthtest=true «redacted»',
  );
});

test('a text without a secret is the same, and without secrets every text is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!text.toLowerCase().includes('k7m2'));
      expect(redactor([])(text)).toBe(text);
      expect(redactor([''])(text)).toBe(text);
      expect(redactor(['0123456789-this-is-long-enough'])(text)).toBe(text);
    }),
  );
});

test('whatever a secret holds, and wherever it stands, no eight characters of it are left', () => {
  const secret = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 60 });
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (text, before, behind) => {
      fc.pre(!/redacted/i.test(text) && !/^[a-z][a-z0-9+.-]*:\/\//i.test(text));
      const own = text.replace(/\?(?:bandwidthtest=true|backup=1)$/, '');
      fc.pre(own.length >= 8);
      const shown = redactor([text])(before + own + behind);
      for (let at = 0; at + 8 <= own.length; at++) expect(shown).not.toContain(own.slice(at, at + 8));
    }),
    { numRuns: 300 },
  );
});

test('every string of a value is redacted, at any depth, and nothing else is changed', () => {
  const value = { a: [KEY, 1, null, { b: `x ${KEY}`, c: true }], d: undefined };
  expect(inEveryString(value, redact)).toEqual({
    a: ['«redacted»', 1, null, { b: 'x «redacted»', c: true }],
    d: undefined,
  });
});
