import { expect, test } from 'vitest';
import { anIngest } from './testing/show-stage.ts';
import { keysOf, TextCleaner, withoutKeys } from './without-keys.ts';

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

test('a text that was clean is not, once a key stands in it', () => {
  const texts = new TextCleaner();
  texts.learn(anIngest({ streamKey: 'first-key-1' }));
  expect(['about my-second-key', 'about first-key-1'].map(texts.clean)).toEqual([
    'about my-second-key',
    'about <redacted>',
  ]);
  texts.learn(anIngest({ streamKey: 'my-second-key' }));
  expect(texts.clean('about my-second-key')).toBe('about <redacted>');
});

test('keys of all ingests go, those of one that is no more stay', () => {
  const texts = new TextCleaner();
  texts.learn(anIngest({ id: 'a', streamKey: 'key-of-a-1' }));
  texts.learn(anIngest({ id: 'b', streamKey: 'key-of-b-1' }));
  expect(texts.clean('key-of-a-1, key-of-b-1')).toBe('<redacted>, <redacted>');
  texts.keepOnly(new Set(['b']));
  expect(texts.clean('now key-of-a-1, key-of-b-1')).toBe('now key-of-a-1, <redacted>');
});

test('of more texts than are remembered each is clean', () => {
  const texts = new TextCleaner();
  texts.learn(anIngest({ streamKey: 'first-key-1' }));
  for (let n = 0; n < 2_000; n++) expect(texts.clean(`${n} first-key-1`)).toBe(`${n} <redacted>`);
});
