/**
 * The theme: the system's, until one is chosen.
 * @module
 */
import type { ThemeChoice, WindowStore } from './window-store.ts';

const STORED_AS = 'relaydeck-theme';
const CHOICES: readonly ThemeChoice[] = ['system', 'dark', 'light', 'contrast'];

export type Theme = Exclude<ThemeChoice, 'system'>;

/** The choice of last time. */
export function readTheme(storage: Storage): ThemeChoice {
  const stored = storage.getItem(STORED_AS);
  return CHOICES.find((choice) => choice === stored) ?? 'system';
}

/** What the system's wishes come to; dark unless it asks for light, because people stream in the dark. */
export function themeOf(choice: ThemeChoice, system: { light: boolean; contrast: boolean }): Theme {
  if (choice !== 'system') return choice;
  if (system.contrast) return 'contrast';
  return system.light ? 'light' : 'dark';
}

/** Puts the theme on the page, now and whenever the choice or the system changes. */
export function followTheme(own: WindowStore, page: Window): void {
  const light = page.matchMedia('(prefers-color-scheme: light)');
  const contrast = page.matchMedia('(prefers-contrast: more)');
  const show = () => {
    const theme = themeOf(own.getState().theme, { light: light.matches, contrast: contrast.matches });
    page.document.documentElement.dataset['theme'] = theme;
  };
  show();
  light.addEventListener('change', show);
  contrast.addEventListener('change', show);
  own.subscribe((state, before) => {
    if (state.theme === before.theme) return;
    page.localStorage.setItem(STORED_AS, state.theme);
    show();
  });
}
