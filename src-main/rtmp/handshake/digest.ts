/**
 * The digest ("complex") handshake that Flash-era encoders and players use. Not in Adobe's text; the facts are
 * common knowledge among servers: two schemes that differ in where the digest lies.
 * @module
 */
import { joinBytes, sameBytes } from '../../bytes/join.ts';
import { u8 } from '../../bytes/read.ts';
import { encodeUtf8 } from '../../bytes/utf8.ts';

/** HMAC-SHA256 of `bytes` under `key`; handed in, since pure rooms have no crypto. */
export type Hmac = (key: Uint8Array, bytes: Uint8Array) => Uint8Array;

const DIGEST_BYTES = 32;
/** Half of a key that both sides share; the other half is their name. */
const SHARED_TAIL = Uint8Array.of(
  0xf0,
  0xee,
  0xc2,
  0x4a,
  0x80,
  0x68,
  0xbe,
  0xe8,
  0x2e,
  0x00,
  0xd0,
  0xd1,
  0x02,
  0x9e,
  0x7e,
  0x57,
  0x6e,
  0xec,
  0x5d,
  0x2d,
  0x29,
  0x80,
  0x6f,
  0xab,
  0x93,
  0xb8,
  0xe6,
  0x36,
  0xcf,
  0xeb,
  0x31,
  0xae,
);
const PLAYER_NAME = encodeUtf8('Genuine Adobe Flash Player 001');
const SERVER_NAME = encodeUtf8('Genuine Adobe Flash Media Server 001');

/** Keys of the two sides: `short` signs block 1, `full` signs block 2. */
export const handshakeKeys = {
  client: { short: PLAYER_NAME, full: joinBytes([PLAYER_NAME, SHARED_TAIL]) },
  server: { short: SERVER_NAME, full: joinBytes([SERVER_NAME, SHARED_TAIL]) },
} as const;

/** Where the digest lies: after the four offset bytes near the front (0) or in the middle (1). */
export type DigestScheme = 0 | 1;

/** Offset of the digest within a block 1 under a scheme. */
export function digestOffset(block: Uint8Array, scheme: DigestScheme): number {
  const base = scheme === 0 ? 8 : 772;
  const sum = u8(block, base) + u8(block, base + 1) + u8(block, base + 2) + u8(block, base + 3);
  return (sum % 728) + base + 4;
}

function digestOf(block: Uint8Array, offset: number, key: Uint8Array, hmac: Hmac): Uint8Array {
  return hmac(key, joinBytes([block.subarray(0, offset), block.subarray(offset + DIGEST_BYTES)]));
}

/** The scheme and digest that a peer's block 1 proves under `key`; undefined: it proves neither scheme. */
export function findDigest(
  block: Uint8Array,
  key: Uint8Array,
  hmac: Hmac,
): { readonly scheme: DigestScheme; readonly digest: Uint8Array } | undefined {
  for (const scheme of [0, 1] as const) {
    const offset = digestOffset(block, scheme);
    const digest = block.slice(offset, offset + DIGEST_BYTES);
    if (sameBytes(digest, digestOf(block, offset, key, hmac))) return { scheme, digest };
  }
  return undefined;
}

/** Writes the digest of our own block 1 into it. */
export function signBlock1(block: Uint8Array, scheme: DigestScheme, key: Uint8Array, hmac: Hmac): void {
  const offset = digestOffset(block, scheme);
  block.set(digestOf(block, offset, key, hmac), offset);
}

/** Signs our block 2: its last 32 bytes prove that we have read the peer's digest. */
export function signBlock2(block: Uint8Array, peerDigest: Uint8Array, fullKey: Uint8Array, hmac: Hmac): void {
  const end = block.length - DIGEST_BYTES;
  block.set(hmac(hmac(fullKey, peerDigest), block.subarray(0, end)), end);
}
