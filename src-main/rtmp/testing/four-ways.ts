/**
 * The same bytes, cut four ways: a reader must not care where a network cuts.
 * @module
 */
import { joinBytes } from '../../bytes/join.ts';
import { seededRandom } from '../../platform/testing/seeded-random.ts';

/** One way to cut, and the pieces that it gives. */
export type Way = { readonly name: string; readonly pieces: readonly Uint8Array[] };

/** As sent, byte by byte, in one, and at random places. Every piece is a copy, as a socket's is. */
export function fourWays(sent: readonly Uint8Array[], seed = 1): readonly Way[] {
  const all = joinBytes(sent);
  return [
    { name: 'as sent', pieces: sent.map((piece) => piece.slice()) },
    { name: 'byte by byte', pieces: Array.from(all, (byte) => Uint8Array.of(byte)) },
    { name: 'coalesced', pieces: [all] },
    { name: 'split at random', pieces: splitAtRandom(all, seed) },
  ];
}

/** Pieces of 0 to 40 bytes. */
export function splitAtRandom(bytes: Uint8Array, seed: number): Uint8Array[] {
  const { next } = seededRandom(seed);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + Math.floor(next() * 41);
    pieces.push(bytes.slice(at, end));
    at = end;
  }
  return pieces;
}

/** Pieces of one size, as TCP segments would be. */
export function splitEvenly(bytes: Uint8Array, size: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
  return pieces;
}
