/**
 * The studio's own sentences in the window's language: events, reasons, findings, refusals.
 * The studio speaks English, because its log and its API are read by programs and by whoever helps.
 * @module
 */
import germanStudio from './german-studio.json';
import { sentencesOf, translateSentences, type Sentences } from './studio-sentences.ts';
import { spokenLanguage, type Language } from './translate.ts';

const CATALOGUES: Readonly<Record<Exclude<Language, 'en'>, Sentences>> = {
  de: sentencesOf(germanStudio, 'und'),
};

/** Newest texts and what they were turned into: rows are drawn again far more often than their sentences change. */
const known = new Map<string, string>();
const MAX_KNOWN = 2000;

/** A text of the studio in the window's language. What the catalogue does not know stays as the studio said it. */
export function tStudio(text: string, language: Language = spokenLanguage()): string {
  if (language === 'en') return text;
  const key = `${language} ${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= MAX_KNOWN) known.clear();
  const said = translateSentences(CATALOGUES[language], text);
  known.set(key, said);
  return said;
}
