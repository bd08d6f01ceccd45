/**
 * Chance from the operating system.
 * @module
 */
import { randomBytes } from 'node:crypto';
import type { Random } from './random.ts';

/** Bytes from the system's generator; `next` is good enough for jitter only. */
export const nodeRandom: Random = {
  next: () => Math.random(),
  bytes: (length) => new Uint8Array(randomBytes(length)),
};
