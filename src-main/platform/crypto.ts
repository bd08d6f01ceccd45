/**
 * The few primitives that pure rooms need and must not import.
 * @module
 */

/** MD5 of a text's UTF-8 bytes, for old sign-in methods only. */
export type Md5 = (text: string) => { readonly hex: string; readonly base64: string };

/** HMAC-SHA256 of `bytes` under `key`: 32 bytes. */
export type HmacSha256 = (key: Uint8Array, bytes: Uint8Array) => Uint8Array;

/** What guessing a passphrase costs: memory is 128 · N · r bytes, time grows with N · r · p (RFC 7914). */
export type ScryptCost = { readonly N: number; readonly r: number; readonly p: number };

/** `length` bytes from a passphrase, off the event loop. */
export type Scrypt = (
  passphrase: string,
  salt: Uint8Array,
  options: { readonly cost: ScryptCost; readonly length: number },
) => Promise<Uint8Array>;
