/**
 * Text in HTML.
 * @module
 */

const NAMES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Fit for text and for attributes in quotes; control characters, which no page may hold, are left out. */
export const escapeHtml = (text: string): string =>
  text.replace(/[^\P{Cc}\n\t]/gu, '').replace(/[&<>"']/g, (char) => NAMES[char] ?? '');
