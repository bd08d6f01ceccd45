/**
 * Builds parameter sets bit by bit, for tests.
 * @module
 */

/** The bits, given as text of 0 and 1, as bytes; zeros fill the last one. Spaces are for the eye. */
export function bitsOf(text: string): Uint8Array {
  const bits = text.replaceAll(' ', '');
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  for (let at = 0; at < bits.length; at++) {
    if (bits[at] === '1') bytes[at >>> 3] = (bytes[at >>> 3] ?? 0) | (0x80 >> (at & 7));
  }
  return bytes;
}

/** An unsigned number of so many bits. */
export function u(value: number, count: number): string {
  return value.toString(2).padStart(count, '0');
}

/** Unsigned exp-Golomb. */
export function ue(value: number): string {
  const bits = (value + 1).toString(2);
  return '0'.repeat(bits.length - 1) + bits;
}

/** Signed exp-Golomb. */
export function se(value: number): string {
  return ue(value > 0 ? 2 * value - 1 : -2 * value);
}

/** The bytes as a NAL unit's: 03 after every 00 00 that 00 to 03 follows (H.264 §7.4.1.1). */
export function withEmulationPrevention(bytes: Uint8Array): Uint8Array {
  const escaped: number[] = [];
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte <= 3) {
      escaped.push(3);
      zeros = 0;
    }
    escaped.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Uint8Array.from(escaped);
}
