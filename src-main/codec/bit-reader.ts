/**
 * Reads bits, most significant first, and exp-Golomb numbers. What is missing is an error, so no loop over
 * announced counts outlives its bytes. Spec: H.264 §7.2, §9.1; H.265 §9.2.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';

/** A 32-bit value has at most 31 leading zeros; more are no parameter of any codec here. */
const MAX_LEADING_ZEROS = 31;

/** A place within bytes, in bits. Every read throws `codec-truncated` when the bytes end before it does. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at: number;

  /** @param at Where to begin, in bytes. */
  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at * 8;
  }

  /** Bits not read yet. */
  get remaining(): number {
    return this.#bytes.length * 8 - this.#at;
  }

  /** The next byte boundary, in bytes from the start. */
  get byteAt(): number {
    return Math.ceil(this.#at / 8);
  }

  /** An unsigned number of 0 to 32 bits. */
  bits(count: number): number {
    this.#need(count);
    let value = 0;
    for (let end = this.#at + count; this.#at < end; this.#at++) {
      const byte = this.#bytes[this.#at >>> 3] ?? 0;
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }

  /** One bit. */
  flag(): boolean {
    return this.bits(1) === 1;
  }

  /** Passes over so many bits. */
  skip(count: number): void {
    this.#need(count);
    this.#at += count;
  }

  /** Goes to the next byte boundary. */
  align(): void {
    this.#at = this.byteAt * 8;
  }

  /**
   * Unsigned exp-Golomb, ue(v).
   *
   * @param max Largest value that the syntax allows.
   * @throws {ProtocolError} `codec-out-of-range`: above `max`, or no 32-bit number at all.
   */
  ue(max = 0xffff_fffe): number {
    let zeros = 0;
    while (!this.flag()) {
      zeros += 1;
      if (zeros > MAX_LEADING_ZEROS) throw new ProtocolError('codec-out-of-range', 'exp-Golomb over 32 bits');
    }
    const value = 2 ** zeros - 1 + this.bits(zeros);
    if (value > max) throw new ProtocolError('codec-out-of-range', `${value} where ${max} is the most`);
    return value;
  }

  /** Signed exp-Golomb, se(v). @throws {ProtocolError} As `ue`. */
  se(): number {
    const value = this.ue();
    return value % 2 === 0 ? 0 - value / 2 : (value + 1) / 2;
  }

  #need(count: number): void {
    if (count <= this.remaining) return;
    throw new ProtocolError('codec-truncated', `${count} bits wanted, ${this.remaining} left`);
  }
}

/** The NAL unit without the 03 of every 00 00 03 (H.264 §7.4.1.1); the same array when there is none. */
export function removeEmulationPrevention(nal: Uint8Array): Uint8Array {
  const clean = new Uint8Array(nal.length);
  let length = 0;
  let zeros = 0;
  for (const byte of nal) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    clean[length] = byte;
    length += 1;
  }
  return length === nal.length ? nal : clean.subarray(0, length);
}
