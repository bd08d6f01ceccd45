/**
 * Hashes from node:crypto.
 * @module
 */
import { createHash, createHmac } from 'node:crypto';
import type { HmacSha256, Md5 } from './crypto.ts';

/** See {@link HmacSha256}. */
export const nodeHmacSha256: HmacSha256 = (key, bytes) =>
  new Uint8Array(createHmac('sha256', key).update(bytes).digest());

/** See {@link Md5}. */
export const nodeMd5: Md5 = (text) => {
  const digest = createHash('md5').update(text).digest();
  return { hex: digest.toString('hex'), base64: digest.toString('base64') };
};
