/**
 * A place in bytes that are all there: what is missing will never come, so running short is an error.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { f64be, u16be, u32be, u8 } from '../bytes/read.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';

/** Reads values one after the other; every read throws `amf-truncated` when the bytes end before it does. */
export class ByteCursor {
  readonly bytes: Uint8Array;
  /** Where the next read begins. */
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Bytes not read yet. */
  get remaining(): number {
    return this.bytes.length - this.at;
  }

  u8(): number {
    return u8(this.bytes, this.#take(1));
  }

  u16(): number {
    return u16be(this.bytes, this.#take(2));
  }

  u32(): number {
    return u32be(this.bytes, this.#take(4));
  }

  f64(): number {
    return f64be(this.bytes, this.#take(8));
  }

  /** Text of so many bytes. */
  utf8(length: number): string {
    const start = this.#take(length);
    return decodeUtf8(this.bytes, start, start + length);
  }

  /** A copy of so many bytes. */
  slice(length: number): Uint8Array {
    const start = this.#take(length);
    return this.bytes.slice(start, start + length);
  }

  /** @throws {ProtocolError} `amf-count-too-large`: so many items of so many bytes cannot be in what is left. */
  expect(count: number, bytesEach: number): void {
    if (count * bytesEach <= this.remaining) return;
    throw new ProtocolError('amf-count-too-large', `${count} items announced in ${this.remaining} bytes`);
  }

  #take(length: number): number {
    const start = this.at;
    if (length > this.bytes.length - start) {
      throw new ProtocolError('amf-truncated', `${length} bytes wanted, ${this.bytes.length - start} left`);
    }
    this.at += length;
    return start;
  }
}
