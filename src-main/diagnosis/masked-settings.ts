/**
 * Saved settings as a stranger may see them.
 * @module
 */
import { LEAST_KEY_CHARS, maskUrl, maskUrlsIn, secretPartsOfUrl } from './mask-url.ts';

const DOTS = '••••';
/** Names of fields whose text is never shown. */
const SECRET_FIELD = /(?:key|token|secret|password|passphrase|authorization|cookie)s?$/i;
/** Names of fields that hold an address. */
const URL_FIELD = /(?:url|proxy)$/i;

/**
 * By the names of fields, so that settings of other versions are masked, too. Secrets become dots, or stay empty;
 * addresses lose their secret parts.
 */
export function maskedSettings(value: unknown): unknown {
  if (typeof value === 'string') return maskUrlsIn(value);
  if (Array.isArray(value)) return value.map(maskedSettings);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, maskedField(name, item as unknown)]),
  );
}

function maskedField(name: string, value: unknown): unknown {
  if (SECRET_FIELD.test(name)) return isNothing(value) ? value : DOTS;
  // A target's key is saved elsewhere or stands at the end of its address; which, settings alone do not tell.
  if (URL_FIELD.test(name) && typeof value === 'string') return maskUrl(value, { lastPartIsKey: true });
  return maskedSettings(value);
}

/** Keys and passwords that stand in the addresses of settings, which are saved nowhere else. */
export function secretsInSettings(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    if (typeof item !== 'string') return secretsInSettings(item);
    if (SECRET_FIELD.test(name)) return [item];
    // Shorter parts are names of apps and the like, and would be missed elsewhere.
    if (URL_FIELD.test(name)) return secretPartsOfUrl(item).filter((part) => part.length >= LEAST_KEY_CHARS);
    return [];
  });
}

const isNothing = (value: unknown): boolean => value === '' || value === null || typeof value === 'boolean';
