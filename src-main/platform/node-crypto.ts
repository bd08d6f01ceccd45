/**
 * Hashes from node:crypto.
 * @module
 */
import { createHash, createHmac, scrypt } from 'node:crypto';
import type { HmacSha256, Md5, Scrypt } from './crypto.ts';

/** See {@link HmacSha256}. */
export const nodeHmacSha256: HmacSha256 = (key, bytes) =>
  new Uint8Array(createHmac('sha256', key).update(bytes).digest());

/** See {@link Md5}. */
export const nodeMd5: Md5 = (text) => {
  const digest = createHash('md5').update(text).digest();
  return { hex: digest.toString('hex'), base64: digest.toString('base64') };
};

/** See {@link Scrypt}. Runs in the thread pool: a show goes on meanwhile. */
export const nodeScrypt: Scrypt = (passphrase, salt, { cost, length }) =>
  new Promise((resolve, reject) => {
    // Node's own limit is just below what N = 2^15 takes.
    const maxmem = 2 * 128 * cost.N * cost.r;
    scrypt(passphrase, salt, length, { ...cost, maxmem }, (error, key) => {
      if (error === null) resolve(new Uint8Array(key));
      else reject(error);
    });
  });
