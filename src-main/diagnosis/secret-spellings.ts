/**
 * The ways in which a secret may be spelled in a log, an error or a server's answer.
 * @module
 */
import { secretPartsOfUrl } from './mask-url.ts';

/** Offsets of a secret behind other bytes, and how many characters of base64 the bytes before it spoil. */
const BASE64_OFFSETS = [
  { before: 0, spoiled: 0 },
  { before: 1, spoiled: 2 },
  { before: 2, spoiled: 3 },
] as const;

/** What keys of platforms hold that is no secret. */
const PUBLIC_WORDS = /\?(?:bandwidthtest=true|backup=1)$/;
/** Of a shorter secret, a rare form is easily an ordinary word: `live` backwards is one. */
const LEAST_RARE_CHARS = 8;

/** Each spelling once; of an address the spellings of its secret parts. Empty parts are left out. */
export function spellingsOf(secret: string): readonly string[] {
  const parts = /^[a-z][a-z0-9+.-]{0,30}:\/\//i.test(secret)
    ? secretPartsOfUrl(secret)
    : [secret.replace(PUBLIC_WORDS, '')];
  return [...new Set(parts.flatMap(formsOf))].filter((form) => form !== '');
}

function formsOf(part: string): readonly string[] {
  // Some letters have capitals of two characters, which no comparison letter by letter finds.
  const forwards = [part, part.toUpperCase(), ...percentForms(part)];
  const common = forwards.flatMap((form) => [form, ...jsonForms(form)]);
  if (part.length < LEAST_RARE_CHARS) return common;
  return [...common, backwards(part), ...forwards.flatMap(base64Forms)];
}

/** As URLs and forms write it, and as it was before, where it is written that way itself. */
function percentForms(text: string): readonly string[] {
  const forms: string[] = [];
  try {
    const strict = encodeURIComponent(text);
    forms.push(
      strict,
      encodeURI(text),
      strict.replaceAll('%20', '+'),
      strict.replaceAll(/[!'()*]/g, asPercent),
    );
    // The parser writes fewer characters as escapes than the encoders do.
    forms.push(new URL(`http://h/${text}`).pathname.slice(1), new URL(`http://${text}@h/`).username);
  } catch {
    // Half a pair of surrogates, or no address: no URL spells it that way.
  }
  try {
    forms.push(decodeURIComponent(text));
  } catch {
    // It is not written that way.
  }
  return forms;
}

const asPercent = (char: string): string => `%${char.charCodeAt(0).toString(16)}`;

/** Inside a JSON text, and inside a JSON text within one; with and without escapes for what is not ASCII. */
function jsonForms(text: string): readonly string[] {
  const once = inJson(text);
  const ascii = once.replaceAll(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const slashes = once.replaceAll('/', '\\/');
  return [once, inJson(once), ascii, inJson(ascii), slashes];
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Only the characters that no neighbour changes, in both alphabets. */
function base64Forms(text: string): readonly string[] {
  const bytes = Buffer.from(text, 'utf8');
  return BASE64_OFFSETS.flatMap(({ before, spoiled }) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const end = Math.floor((whole.length * 8) / 6);
    return (['base64', 'base64url'] as const).map((alphabet) => whole.toString(alphabet).slice(spoiled, end));
  });
}

function backwards(text: string): string {
  return Array.from(text).reverse().join('');
}
