import { afterEach, expect, test } from 'vitest';
import { speak, t } from './translate.ts';

afterEach(() => {
  speak('en');
});

test('English sentences are their own keys, dots and colons included', () => {
  expect(t('Not there: ask again. Or do not.')).toBe('Not there: ask again. Or do not.');
  expect(t('{{name}} is live.', { name: 'A & B' })).toBe('A & B is live.');
});

test('another language at once; what it does not know stays English', () => {
  speak('de');
  expect(t('Dismiss')).toBe('Schließen');
  expect(t('A sentence that nobody has translated.')).toBe('A sentence that nobody has translated.');
});
