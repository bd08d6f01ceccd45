/**
 * HMAC-SHA256 from node:crypto.
 * @module
 */
import { createHmac } from 'node:crypto';
import type { HmacSha256 } from './crypto.ts';

/** See {@link HmacSha256}. */
export const nodeHmacSha256: HmacSha256 = (key, bytes) =>
  new Uint8Array(createHmac('sha256', key).update(bytes).digest());
