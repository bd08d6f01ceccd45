/**
 * The window's words in the language that was chosen. English sentences are their own keys, so that a sentence nobody
 * has translated yet is still one that can be read.
 * @module
 */
import { createInstance } from 'i18next';
import english from './english.json';
import german from './german.json';

/** Languages the window speaks, by their codes, each under the name its speakers know. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const words = createInstance({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  // React escapes what it draws.
  interpolation: { escapeValue: false },
  resources: { en: { translation: english }, de: { translation: german } },
});
void words.init();

let spoken: { readonly language: Language; readonly locale: string } = { language: 'en', locale: 'en' };

/**
 * Call it where something is drawn or said, never where a module loads, and only with a literal: the catalogues are
 * checked against these calls.
 *
 * @param sentence In English; `{{name}}` stands for the value of that name. With a `count`, the catalogues hold
 *   `sentence_one` and `sentence_other`, the English one, too.
 */
export function t(sentence: string, values: Readonly<Record<string, string | number>> = {}): string {
  return words.t(sentence, values);
}

/**
 * From now on `t` answers in this language; what was drawn before has to be drawn again.
 *
 * @param locale The kind of the language that dates are written in: "en-GB".
 */
export function speak(language: Language, locale: string = language): void {
  spoken = { language, locale };
  void words.changeLanguage(language);
}

/** The language `t` answers in. */
export function spokenLanguage(): Language {
  return spoken.language;
}

/** The kind of that language that dates are written in. */
export function spokenLocale(): string {
  return spoken.locale;
}
