/**
 * Bytes that are lent, for tests.
 * @module
 */

/** Hands over a copy and overwrites it afterwards, as a socket's next read does: who kept it uncopied holds junk. */
export function lend<T>(bytes: Uint8Array, to: (bytes: Uint8Array) => T): T {
  const lent = bytes.slice();
  const result = to(lent);
  lent.fill(0xdb);
  return result;
}
