import { expect, test } from 'vitest';
import { anIngest } from './testing/show-stage.ts';
import { keysOf, withoutKeys } from './without-keys.ts';

test.each([
  ['sent to rtmp://a.example/app/KEY-1 again', 'sent to rtmp://a.example/app/… again'],
  ['rtmps://u:pw@a.example:443/app/KEY?x=1', 'rtmps://a.example:443/app/…'],
  ['srt://a.example/app?streamid=KEY', 'srt://a.example/app/…'],
  ['"rtmp://[::1]:1935/live/KEY", it said', '"rtmp://[::1]:1935/live/…", it said'],
  ['Encoders publish to rtmp://127.0.0.1:1935/live.', 'Encoders publish to rtmp://127.0.0.1:1935/live.'],
  ['no key here', 'no key here'],
])('%s', (text, safe) => {
  expect(withoutKeys(text, [])).toBe(safe);
});

test('known keys go wherever they stand, the longer one first; a key that is a word does not eat sentences', () => {
  const keys = keysOf(anIngest({ streamKey: 'live', playKey: 'secret-key-12', backup: null }));
  expect(withoutKeys('is live with secret-key-12.', keys)).toBe('is live with <redacted>.');
  const nested = keysOf(anIngest({ streamKey: 'abcdefgh', playKey: 'abcdefgh-play' }));
  expect(withoutKeys('abcdefgh-play', nested)).toBe('<redacted>');
});

test('a text without end is cut', () => {
  expect(withoutKeys('x'.repeat(10_000), []).length).toBe(600);
});
