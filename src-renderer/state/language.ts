/**
 * The window's language: the system's, until one is chosen.
 * @module
 */
import { LANGUAGES, speak, type Language, t } from '../language/translate.ts';
import type { LanguageChoice, WindowStore } from './window-store.ts';

const STORED_AS = 'relaydeck-language';

/** The choice of last time. */
export function readLanguage(storage: Storage): LanguageChoice {
  const stored = storage.getItem(STORED_AS);
  return stored !== null && isLanguage(stored) ? stored : 'system';
}

/**
 * What the choice comes to.
 *
 * @param wanted Of the system, most wanted first: "de-AT", "en".
 */
export function languageOf(choice: LanguageChoice, wanted: readonly string[]): Language {
  if (choice !== 'system') return choice;
  return wanted.map(languageCode).find(isLanguage) ?? 'en';
}

/** The choices, each under the name its speakers know. */
export function languageChoices(): readonly (readonly [LanguageChoice, string])[] {
  return [
    ['system', t('Like the system')],
    ['en', LANGUAGES.en],
    ['de', LANGUAGES.de],
  ];
}

/** Speaks the language and names it on the page, now and whenever the choice or the system changes. */
export function followLanguage(own: WindowStore, page: Window): void {
  const follow = () => {
    const wanted = page.navigator.languages;
    const spoken = languageOf(own.getState().language, wanted);
    // A Briton is not given American dates.
    speak(
      spoken,
      wanted.find((tag) => languageCode(tag) === spoken),
    );
    page.document.documentElement.lang = spoken;
    own.setState({ spoken });
  };
  follow();
  page.addEventListener('languagechange', follow);
  own.subscribe((state, before) => {
    if (state.language === before.language) return;
    page.localStorage.setItem(STORED_AS, state.language);
    follow();
  });
}

function languageCode(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}

function isLanguage(code: string): code is Language {
  return Object.hasOwn(LANGUAGES, code);
}
