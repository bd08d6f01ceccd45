/**
 * What a server says, without the stream key and other secrets that it repeats.
 * @module
 */

/** Servers like to repeat the stream name, which is the key: whole, without its query, or as a URL writes it. */
export function withoutKey(text: string, streamName: string, secrets: readonly string[]): string {
  let shown = text;
  for (const secret of spellings(streamName, secrets)) shown = shown.replaceAll(secret, '••••');
  return shown;
}

/** A shorter key cannot be told from an ordinary word; nor can parts of a key below the second figure. */
const LEAST_KEY_CHARS = 4;
const LEAST_PART_CHARS = 8;

/** The ways in which a key and other secrets may be repeated, longest first. */
function spellings(streamName: string, secrets: readonly string[]): readonly string[] {
  const [path = '', query = ''] = streamName.split(/\?(.*)/s);
  const values = query.split('&').map((part) => part.slice(part.indexOf('=') + 1));
  const wholes = [streamName, path, ...secrets].filter(({ length }) => length >= LEAST_KEY_CHARS);
  const parts = [...path.split('/'), query, ...values].filter(({ length }) => length >= LEAST_PART_CHARS);
  const all = [...wholes, ...parts].flatMap((part) => [part, ...otherSpellings(part)]);
  return [...new Set(all)].sort((one, other) => other.length - one.length);
}

function otherSpellings(text: string): readonly string[] {
  try {
    return [encodeURIComponent(text), decodeURIComponent(text)];
  } catch {
    // No URL can spell it.
    return [];
  }
}
