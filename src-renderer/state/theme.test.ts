import { expect, it } from 'vitest';
import { themeOf } from './theme.ts';

it('follows the system until one is chosen', () => {
  expect(themeOf('system', { light: false, contrast: false })).toBe('dark');
  expect(themeOf('system', { light: true, contrast: false })).toBe('light');
  expect(themeOf('system', { light: true, contrast: true })).toBe('contrast');
  expect(themeOf('dark', { light: true, contrast: true })).toBe('dark');
});
