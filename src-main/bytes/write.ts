/**
 * Fixed-width writes, in place or into a buffer that grows.
 * @module
 */
import { encodeUtf8 } from './utf8.ts';

/** Unsigned 16 bits, big-endian. */
export function putU16be(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

/** Unsigned 24 bits, big-endian; higher bits are cut off. */
export function putU24be(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 16;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value;
}

/** Unsigned 32 bits, big-endian. */
export function putU32be(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

/** Unsigned 32 bits, little-endian. */
export function putU32le(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
}

/** Appends values to bytes that grow as needed. */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  /** @param capacity Bytes to start with; it doubles when full. */
  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(Math.max(16, capacity));
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    const at = this.#grow(1);
    this.#bytes[at] = value;
    return this;
  }

  u16be(value: number): this {
    const at = this.#grow(2);
    putU16be(this.#bytes, at, value);
    return this;
  }

  u24be(value: number): this {
    const at = this.#grow(3);
    putU24be(this.#bytes, at, value);
    return this;
  }

  u32be(value: number): this {
    const at = this.#grow(4);
    putU32be(this.#bytes, at, value);
    return this;
  }

  u32le(value: number): this {
    const at = this.#grow(4);
    putU32le(this.#bytes, at, value);
    return this;
  }

  f64be(value: number): this {
    const at = this.#grow(8);
    new DataView(this.#bytes.buffer).setFloat64(at, value);
    return this;
  }

  bytes(value: Uint8Array): this {
    const at = this.#grow(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  /** The text's UTF-8 bytes, without a length. */
  utf8(text: string): this {
    return this.bytes(encodeUtf8(text));
  }

  /** All that was written, as a view; writing on may or may not be seen in it. */
  toBytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Makes room; `#bytes` may be another array afterwards, so it is named only after this. */
  #grow(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, at));
      this.#bytes = larger;
    }
    return at;
  }
}
