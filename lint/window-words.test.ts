import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import english from '../src-renderer/language/english.json' with { type: 'json' };
import german from '../src-renderer/language/german.json' with { type: 'json' };
import { catalogueComplaints } from './catalogue-check.ts';
import { windowWords } from './window-words.ts';

const window = resolve(import.meta.dirname, '../src-renderer');
const sources = readdirSync(window, { recursive: true, encoding: 'utf8' })
  // What the line to the studio says itself is in the studio's catalogue.
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.ts$|\/testing\/|^bridge\//.test(path))
  .map((path) => windowWords(path, readFileSync(join(window, path), 'utf8')));

test('whatever a person reads or hears in the window goes through a catalogue', () => {
  expect(sources.flatMap(({ complaints }) => complaints)).toEqual([]);
});

test('the catalogues hold each sentence of the window, with its values, and no other', () => {
  const spoken = sources.flatMap((source) => source.spoken);
  expect(spoken.length).toBeGreaterThan(500);
  expect(catalogueComplaints(spoken, { german, english })).toEqual([]);
});

test.each([
  ['german.json', german],
  ['english.json', english],
])('%s is sorted, so that two people who add to it rarely meet', (_, catalogue) => {
  const keys = Object.keys(catalogue);
  expect(keys).toEqual(keys.toSorted());
});

test.each([
  ['text between tags', '<p>Go live</p>'],
  ['text beside a value', '<p>{count} targets</p>'],
  ['a label', '<button aria-label="Close" />'],
  ['a title with a value', '<p title={`Delete ${name}`} />'],
  ['one of two texts', "<p>{live ? 'On air' : t('Off air')}</p>"],
  ['a text in reserve', "<p>{name ?? 'no name'}</p>"],
  ['a sentence on its way', "<p>{said(() => 'Nobody is watching yet.')}</p>"],
  ['a question', "<p>{ask(own, { title: 'End the show?' })}</p>"],
])('caught: %s', (_, jsx) => {
  expect(windowWords('a.tsx', `function A() { return ${jsx}; }`).complaints).toHaveLength(1);
});

test.each([
  ['names and signs', '<p title="FFmpeg">{name} – 4 %</p>'],
  ['classes and test ids', '<p className="flex items-center" data-testid="go-live" />'],
  ['comparisons', "<p>{state === 'on air' && <i />}</p>"],
  ['what is translated', "<p title={t('Close')}>{t('Go live')}</p>"],
])('let through: %s', (_, jsx) => {
  expect(windowWords('a.tsx', `function A() { return ${jsx}; }`).complaints).toEqual([]);
});

test.each([
  ['a sentence out of a variable', 'const a = () => t(words);', 't takes a literal'],
  ['a module that translates as it loads', "const A = t('Close');", 'where the module loads'],
  ['values out of a variable', "const a = () => t('{{n}}', values);", 'written out'],
  ['a value i18next would take for itself', "const a = () => t('{{context}}', { context });", 'its own'],
])('caught: %s', (_, source, complaint) => {
  expect(windowWords('a.ts', source).complaints).toEqual([expect.stringContaining(complaint)]);
});

const call = (sentence: string, ...values: string[]) => ({ sentence, values, at: 'a.ts:1' });

test.each([
  ['nobody has translated', [call('Hold')], {}, {}, 'lacks Hold'],
  ['nobody says any more', [], { Hold: 'Halten' }, {}, 'nobody says: Hold'],
  ['lost its value', [call('{{a}} is up', 'a')], { '{{a}} is up': 'läuft' }, {}, 'agree in a'],
  ['has a value of its own', [call('Up')], { Up: '{{a}} läuft' }, {}, 'agree in a'],
  ['is given no value', [call('{{a}}')], { '{{a}}': '{{a}}' }, {}, 'no value for {{a}}'],
  ['lost its weight', [call('<b>Up</b>')], { '<b>Up</b>': 'Oben' }, {}, 'agree in tags'],
  [
    'knows no single one',
    [call('{{count}} up', 'count')],
    { '{{count}} up_other': '{{count}} oben' },
    { '{{count}} up_one': 'One up', '{{count}} up_other': '{{count}} up' },
    'german.json lacks {{count}} up_one',
  ],
] as const)('caught: a sentence that %s', (_, spoken, deutsch, angles, complaint) => {
  const complaints = catalogueComplaints(spoken, { german: deutsch, english: angles });
  expect(complaints).toContainEqual(expect.stringContaining(complaint));
});
