import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

test.each([
  [['de-AT', 'en'], 'de'],
  [['fr-FR', 'de', 'en'], 'de'],
  [['EN-gb', 'de'], 'en'],
  [['fr', 'es'], 'en'],
  [['toString'], 'en'],
  [[], 'en'],
] as const)('a system that wants %j is spoken to in %s', (wanted, spoken) => {
  expect(languageOf('system', wanted)).toBe(spoken);
});

test('a choice goes before the system', () => {
  expect(languageOf('en', ['de-DE'])).toBe('en');
  expect(languageOf('de', ['en-US'])).toBe('de');
});
