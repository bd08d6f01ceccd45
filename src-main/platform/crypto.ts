/**
 * The few primitives that pure rooms need and must not import.
 * @module
 */

/** HMAC-SHA256 of `bytes` under `key`: 32 bytes. */
export type HmacSha256 = (key: Uint8Array, bytes: Uint8Array) => Uint8Array;
