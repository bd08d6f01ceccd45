/**
 * Fixed-width reads. The caller has made sure that the bytes are there; outside them every read gives 0.
 * @module
 */

/** Unsigned 8 bits. */
export function u8(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

/** Unsigned 16 bits, big-endian. */
export function u16be(bytes: Uint8Array, at: number): number {
  return (u8(bytes, at) << 8) | u8(bytes, at + 1);
}

/** Unsigned 24 bits, big-endian. */
export function u24be(bytes: Uint8Array, at: number): number {
  return (u8(bytes, at) << 16) | (u8(bytes, at + 1) << 8) | u8(bytes, at + 2);
}

/** Signed 24 bits, big-endian, two's complement. */
export function i24be(bytes: Uint8Array, at: number): number {
  return (u24be(bytes, at) << 8) >> 8;
}

/** Unsigned 32 bits, big-endian. */
export function u32be(bytes: Uint8Array, at: number): number {
  return ((u8(bytes, at) << 24) | u24be(bytes, at + 1)) >>> 0;
}

/** Unsigned 32 bits, little-endian. */
export function u32le(bytes: Uint8Array, at: number): number {
  return (
    (u8(bytes, at) | (u8(bytes, at + 1) << 8) | (u8(bytes, at + 2) << 16) | (u8(bytes, at + 3) << 24)) >>> 0
  );
}

/** IEEE 754 double, big-endian. The eight bytes must lie within `bytes`. */
export function f64be(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getFloat64(at);
}
