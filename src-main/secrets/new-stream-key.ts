/**
 * New stream and play keys.
 * @module
 */
import type { Random } from '../platform/random.ts';

/** Without i, l, o, 0, 1: people read keys aloud and type them into cameras. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
/** 25 of 31 symbols are 123 bits. */
const KEY_CHARS = 25;
const GROUP_CHARS = 5;
/** Bytes from here on are left out: they would make the first symbols more likely. */
const FAIR_BELOW = 256 - (256 % ALPHABET.length);

/** A key such as `k7m2p-…` of five groups: at least 120 bits, safe in URLs and in every encoder's field. */
export function newStreamKey(random: Random): string {
  let key = '';
  while (key.length < KEY_CHARS) {
    for (const byte of random.bytes(KEY_CHARS)) {
      if (byte < FAIR_BELOW && key.length < KEY_CHARS) key += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  const groups: string[] = [];
  for (let at = 0; at < KEY_CHARS; at += GROUP_CHARS) groups.push(key.slice(at, at + GROUP_CHARS));
  return groups.join('-');
}
