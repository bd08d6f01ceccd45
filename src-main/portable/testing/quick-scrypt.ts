/**
 * A key from a passphrase without its cost, for tests that make thousands.
 * @module
 */
import { createHmac } from 'node:crypto';
import type { Scrypt } from '../../platform/crypto.ts';

/** Depends on all that the real one depends on. */
export const quickScrypt: Scrypt = (passphrase, salt, { cost, length }) => {
  const part = (i: number): Buffer =>
    createHmac('sha256', salt)
      .update(JSON.stringify([i, passphrase, cost]))
      .digest();
  const bytes = Buffer.concat(Array.from({ length: Math.ceil(length / 32) }, (_, i) => part(i)));
  return Promise.resolve(new Uint8Array(bytes.subarray(0, length)));
};
