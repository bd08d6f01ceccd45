import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveTcUrl } from './tc-url.ts';

const CURRENT = 'rtmps://a.example:443/live/one?srv=1';

test.each([
  ['nothing said', undefined, CURRENT],
  ['empty', '', CURRENT],
  ['absolute', 'rtmp://b.example/app', 'rtmp://b.example/app'],
  ['absolute, in capitals, with port and query', 'RTMP://b:1936/app?x=1', 'RTMP://b:1936/app?x=1'],
  ['another host', '//b.example/app', 'rtmps://b.example/app'],
  ['another host with port, nothing behind', '//b.example:1936', 'rtmps://b.example:1936'],
  ['IPv6', '//[2001:db8::1]:1936/app', 'rtmps://[2001:db8::1]:1936/app'],
  ['another path', '/other', 'rtmps://a.example:443/other'],
  ['another path and query', '/other?x=/y', 'rtmps://a.example:443/other?x=/y'],
  ['beside the old path', 'two', 'rtmps://a.example:443/live/two'],
  ['dots', '../other/./x', 'rtmps://a.example:443/other/x'],
  ['dots above the root', '../../../x', 'rtmps://a.example:443/x'],
  ['another query only', '?srv=2', 'rtmps://a.example:443/live/one?srv=2'],
  ['spaces around', ' /other ', 'rtmps://a.example:443/other'],
  ['a fragment, which tcUrl has none of', '/other#top', 'rtmps://a.example:443/other'],
])('point 28: %s (%j)', (_, requested, expected) => {
  expect(resolveTcUrl(CURRENT, requested)).toBe(expected);
});

test('point 28: against a tcUrl without a path', () => {
  expect(resolveTcUrl('rtmp://h', 'live')).toBe('rtmp://h/live');
  expect(resolveTcUrl('rtmp://h', '/live')).toBe('rtmp://h/live');
});

test('point 28: as the URL standard says, for every path and query', () => {
  // No names that begin with a dot: Node's URL leaves a step after them unresolved (`/.a/.`).
  const part = fc.constantFrom('a', 'bc', 'x.y', '1', '.', '..');
  const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => `/${parts.join('/')}`);
  fc.assert(
    fc.property(path, fc.stringMatching(/^(\?[a-z=/]{1,5})?$/), (to, query) => {
      // `http`, since the standard's own rules hold for schemes that it knows.
      const expected = new URL(`${to}${query}`, 'http://h.example/live/one?a=b').href;
      expect(resolveTcUrl('http://h.example/live/one?a=b', `${to}${query}`)).toBe(expected);
    }),
  );
});

test('any text gives a text, and in linear time', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (current, requested) => {
      expect(typeof resolveTcUrl(current, requested)).toBe('string');
    }),
  );
  const startedAt = performance.now();
  resolveTcUrl(CURRENT, '/..'.repeat(100_000));
  resolveTcUrl('a'.repeat(200_000), 'a+'.repeat(100_000));
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
