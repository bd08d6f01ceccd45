/**
 * Takes known secrets out of text, however they are spelled.
 * @module
 */
import { spellingsOf } from './secret-spellings.ts';

/** What stands where a secret stood. */
export const REDACTED = '«redacted»';
/** A shorter secret cannot be told from an ordinary word or number. */
const LEAST_SECRET_CHARS = 4;
/** A part of a secret of this length is taken out, too: logs and servers cut long texts. */
const PART_CHARS = 8;
/** Bits of the table that tells quickly where nothing can begin. */
const TABLE_BITS = 20;

/** Takes every secret that it was made with out of a text. */
export type Redact = (text: string) => string;

/**
 * Finds secrets as they are, percent-encoded, escaped for JSON, in base64 and backwards, in any case of letters, whole
 * or in parts of 8 characters and more. Time is linear in the text, whatever the number of secrets.
 *
 * @param secrets Those shorter than 4 characters are not looked for. Addresses count with their parts that may be
 *   secret: their hosts are none.
 */
export function redactor(secrets: readonly string[]): Redact {
  const wanted = new WantedTexts(secrets);
  return (text) => {
    const lower = lowered(text);
    let shown = '';
    let copied = 0;
    // What is taken out right now; no place at first.
    let from = 0;
    let to = 0;
    const close = (): void => {
      if (to === 0) return;
      shown += text.slice(copied, from) + REDACTED;
      copied = to;
    };
    for (let at = 0; at + LEAST_SECRET_CHARS <= lower.length; at++) {
      const length = wanted.lengthAt(lower, at);
      if (length === 0) continue;
      if (at > to || to === 0) {
        close();
        from = at;
      }
      to = Math.max(to, at + length);
    }
    close();
    return shown + text.slice(copied);
  };
}

/** All spellings: whole where they are short, and every part of `PART_CHARS` of longer ones. */
class WantedTexts {
  readonly #byLength = new Map<number, Set<string>>();
  /** Longest first. */
  readonly #lengths: readonly number[];
  readonly #table = new Uint8Array(1 << TABLE_BITS);

  constructor(secrets: readonly string[]) {
    for (const secret of new Set(secrets)) {
      if (secret.length < LEAST_SECRET_CHARS) continue;
      for (const spelling of spellingsOf(secret)) this.#add(lowered(spelling));
    }
    this.#lengths = [...this.#byLength.keys()].sort((one, other) => other - one);
  }

  /** Characters from `at` on that are a secret or a part of one; 0: none. */
  lengthAt(lower: string, at: number): number {
    if (this.#table[hashAt(lower, at)] === 0) return 0;
    for (const length of this.#lengths) {
      if (this.#byLength.get(length)?.has(lower.slice(at, at + length)) === true) return length;
    }
    return 0;
  }

  #add(spelling: string): void {
    if (spelling.length < LEAST_SECRET_CHARS) return;
    const length = Math.min(spelling.length, PART_CHARS);
    for (let at = 0; at + length <= spelling.length; at++) {
      const part = spelling.slice(at, at + length);
      const parts = this.#byLength.get(length) ?? new Set();
      parts.add(part);
      this.#byLength.set(length, parts);
      this.#table[hashAt(part, 0)] = 1;
    }
  }
}

/** Of the four characters from `at` on. */
function hashAt(text: string, at: number): number {
  const mixed =
    text.charCodeAt(at) +
    text.charCodeAt(at + 1) * 33 +
    text.charCodeAt(at + 2) * 1_089 +
    text.charCodeAt(at + 3) * 35_937;
  return mixed & ((1 << TABLE_BITS) - 1);
}

/** Letter by letter, so that neighbours change nothing, and only where every character keeps its place. */
function lowered(text: string): string {
  return text.replaceAll(/\p{Lu}/gu, (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length ? lower : letter;
  });
}

/** Changes every string of a value, at any depth; keys of objects are ours and stay. */
export function inEveryString<T>(value: T, change: (text: string) => string): T;
export function inEveryString(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => inEveryString<unknown>(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, inEveryString<unknown>(item, change)]),
  );
}
