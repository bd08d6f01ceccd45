/**
 * UTF-8 without TextDecoder, so that pure rooms need no platform. Reading never throws: what is not UTF-8
 * becomes U+FFFD, as the WHATWG decoder does, because a peer's bad name must not end its connection.
 * @module
 */

const REPLACEMENT = 0xfffd;

/** The text's bytes; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    let code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) code = REPLACEMENT;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x1_0000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else {
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
    }
  }
  return Uint8Array.from(bytes);
}

/** Characters put together at once: one at a time, a text of megabytes is a chain of millions of pieces. */
const CHUNK = 4_096;

/** The bytes from `start` up to `end` as text. */
export function decodeUtf8(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  let codes: number[] = [];
  let at = start;
  while (at < end) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      codes.push(first);
      at += 1;
    } else {
      const { code, length } = readCharacter(bytes, at, end);
      codes.push(code);
      at += length;
    }
    if (codes.length === CHUNK) {
      text += String.fromCodePoint(...codes);
      codes = [];
    }
  }
  return text + String.fromCodePoint(...codes);
}

/** Lowest second byte of a sequence, where it is not 0x80: below are overlong forms. */
const LOWEST_SECOND: { readonly [first: number]: number } = { 0xe0: 0xa0, 0xf0: 0x90 };
/** Highest second byte of a sequence, where it is not 0xbf: above are surrogates, or no code points at all. */
const HIGHEST_SECOND: { readonly [first: number]: number } = { 0xed: 0x9f, 0xf4: 0x8f };

type Character = { readonly code: number; readonly length: number };

/** A character of more than one byte, or what stands in for bytes that are none. */
function readCharacter(bytes: Uint8Array, at: number, end: number): Character {
  const first = bytes[at] ?? 0;
  const length = sequenceLength(first);
  if (length === 0) return { code: REPLACEMENT, length: 1 };
  let code = first & (0x7f >> length);
  for (let n = 1; n < length; n++) {
    const next = at + n < end ? (bytes[at + n] ?? 0) : 0;
    const lowest = (n === 1 && LOWEST_SECOND[first]) || 0x80;
    const highest = (n === 1 && HIGHEST_SECOND[first]) || 0xbf;
    // Only the bytes that could have begun a character are one U+FFFD; this one starts anew.
    if (next < lowest || next > highest) return { code: REPLACEMENT, length: n };
    code = (code << 6) | (next & 0x3f);
  }
  return { code, length };
}

/** Bytes of the sequence that `first` begins; 0 if it cannot begin one. */
function sequenceLength(first: number): number {
  if (first >= 0xf0) return first < 0xf5 ? 4 : 0;
  if (first >= 0xe0) return 3;
  return first >= 0xc2 ? 2 : 0;
}
