/**
 * Text of strangers on a terminal.
 * @module
 */

/**
 * Control characters as their escapes, `\u001b`: names and answers of encoders and servers must not move the cursor,
 * set colours or begin lines of their own. JSON stays the same value.
 */
export const printable = (text: string): string =>
  text.replace(/\p{Cc}/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
