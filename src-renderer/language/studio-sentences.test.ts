import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import germanStudio from './german-studio.json';
import { sentencesOf, translateSentences } from './studio-sentences.ts';

const sentences = sentencesOf(
  {
    '{name} is live.': '{name} sendet.',
    '{name}: {+message}': '{name}: {+message}',
    '{name}: the encoder is live ({address}).': '{name}: Encoder da ({address}).',
    'Waiting for {&names}.': 'Warte auf {&names}.',
    'All is well.': 'Alles gut.',
    'the test signal': 'das Testsignal',
  },
  'und',
);
const german = (text: string) => translateSentences(sentences, text);

describe('translateSentences', () => {
  it.each([
    ['a sentence by itself', 'All is well.', 'Alles gut.'],
    ['values where they belong', 'Twitch is live.', 'Twitch sendet.'],
    ['the more exact of two', 'Main: the encoder is live (1.2.3.4:5).', 'Main: Encoder da (1.2.3.4:5).'],
    ['several sentences', 'All is well. Twitch is live.', 'Alles gut. Twitch sendet.'],
    ['sentences inside of one', 'Main: All is well. Twitch is live.', 'Main: Alles gut. Twitch sendet.'],
    [
      'a list, with what is known in it',
      'Waiting for A, B and the test signal.',
      'Warte auf A, B und das Testsignal.',
    ],
    ['a list of one', 'Waiting for A.', 'Warte auf A.'],
    ['what it does not know', 'Nothing of that. All is well.', 'Nothing of that. Alles gut.'],
    ['no half of a sentence', 'So All is well.', 'So All is well.'],
    ['nothing', '', ''],
  ])('says %s', (_, english, expected) => {
    expect(german(english)).toBe(expected);
  });

  it('does not take two sentences for the name in a third', () => {
    expect(german('This went wrong. Twitch is live.')).toBe('This went wrong. Twitch sendet.');
  });

  it('knows each of its patterns, whatever the values are', () => {
    const catalogue: Readonly<Record<string, string>> = germanStudio;
    const all = sentencesOf(catalogue, 'und');
    const word = fc.stringMatching(/^[a-zA-Z0-9]{3,12}$/);
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(catalogue)),
        fc.array(word, { minLength: 12, maxLength: 12 }),
        (english, words) => {
          let next = 0;
          const text = english.replace(/\{[+&]?[a-zA-Z]+\}/g, () => words[next++] ?? '');
          const translated = translateSentences(all, text);
          const literals = (catalogue[english] ?? '').split(/\{[+&]?[a-zA-Z]+\}/);
          for (const literal of literals) expect(translated).toContain(literal);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('keeps within its time and never throws, whatever it is given', () => {
    const all = sentencesOf(germanStudio, 'und');
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        expect(typeof translateSentences(all, text)).toBe('string');
      }),
    );
    // As long as the log's longest event, and made of what patterns look for.
    const hostile = 'Main: the encoder is live (. '.repeat(60);
    const before = performance.now();
    translateSentences(all, hostile);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
