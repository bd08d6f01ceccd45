/**
 * A key as it may be shown.
 * @module
 */
import type { Secret } from './secret.ts';

const DOTS = '••••';
/** Of a shorter key, four shown characters would be half of it or more. */
const MIN_CHARS_TO_SHOW_SOME = 8;

/** `••••abcd`; only dots for keys below 8 characters; empty when there is none. */
export function maskKey(key: Secret | string | undefined): string {
  const text = typeof key === 'object' ? key.reveal() : (key ?? '');
  if (text === '') return '';
  return text.length < MIN_CHARS_TO_SHOW_SOME ? DOTS : DOTS + text.slice(-4);
}
