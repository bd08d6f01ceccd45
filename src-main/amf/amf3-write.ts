/**
 * Writes AMF3 values. Spec: AMF3 (2013) §3. Strings that come again are written as references; objects and
 * traits are written in full each time, which every reader accepts.
 * @module
 */
import { encodeUtf8 } from '../bytes/utf8.ts';
import { ByteWriter } from '../bytes/write.ts';
import { AMF_CLASS, AMF_TYPE, isAmfArray } from './amf-value.ts';
import type { AmfObject, AmfValue, AmfVector } from './amf-value.ts';

/** Integers from -2^28 to 2^28-1 fit the 29 bits of a U29; all other numbers are doubles (§3.6). */
const MAX_INTEGER = 0x0fff_ffff;
const MAX_U29 = 0x1fff_ffff;
const VECTOR_MARKERS = { int: 13, uint: 14, double: 15, object: 16 } as const;

/**
 * Appends one value; string references reach back within it only.
 *
 * @throws {RangeError} An empty property name, which AMF3 cannot say, or more than 2^28 bytes or items.
 */
export function writeAmf3(writer: ByteWriter, value: AmfValue): void {
  new Amf3Writer(writer).value(value);
}

/** One value as AMF3. @throws {RangeError} As `writeAmf3`. */
export function encodeAmf3(value: AmfValue): Uint8Array {
  const writer = new ByteWriter();
  writeAmf3(writer, value);
  return writer.toBytes();
}

class Amf3Writer {
  readonly #out: ByteWriter;
  readonly #strings = new Map<string, number>();

  constructor(out: ByteWriter) {
    this.#out = out;
  }

  value(value: AmfValue): void {
    if (value === undefined) this.#out.u8(0);
    else if (value === null) this.#out.u8(1);
    else if (typeof value === 'boolean') this.#out.u8(value ? 3 : 2);
    else if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'string') {
      this.#out.u8(6);
      this.#string(value);
    } else if (value instanceof Uint8Array) {
      this.#out.u8(12);
      this.#size(value.length);
      this.#out.bytes(value);
    } else if (isAmfArray(value)) {
      this.#out.u8(9);
      this.#size(value.length);
      this.#string('');
      for (const item of value) this.value(item);
    } else this.#tagged(value);
  }

  #tagged(
    value: Exclude<AmfValue, number | boolean | string | null | undefined | Uint8Array | readonly AmfValue[]>,
  ): void {
    switch (value[AMF_TYPE]) {
      case 'date':
        this.#out.u8(8).u8(1).f64be(value.epochMs);
        return;
      case 'xml': {
        const text = encodeUtf8(value.text);
        this.#out.u8(value.form === 'document' ? 7 : 11);
        this.#size(text.length);
        this.#out.bytes(text);
        return;
      }
      case 'vector':
        this.#vector(value);
        return;
      case 'dictionary':
        this.#out.u8(17);
        this.#size(value.entries.length);
        this.#out.u8(value.weakKeys ? 1 : 0);
        for (const [key, item] of value.entries) {
          this.value(key);
          this.value(item);
        }
        return;
      default:
        this.#object(value);
    }
  }

  #object(object: AmfObject): void {
    if (object[AMF_TYPE] === 'ecma-array') {
      // All in the associative part: the dense part would come back as a strict array.
      this.#out.u8(9).u8(1);
    } else {
      // 0x0b: object here, traits here, not externalizable, dynamic, no sealed members.
      this.#out.u8(10).u8(0x0b);
      this.#string(object[AMF_CLASS] ?? '');
    }
    for (const key of Object.keys(object)) {
      if (key === '') throw new RangeError('AMF3 cannot hold an empty property name');
      this.#string(key);
      this.value(object[key]);
    }
    this.#string('');
  }

  #vector(vector: AmfVector): void {
    this.#out.u8(VECTOR_MARKERS[vector.of]);
    this.#size(vector.items.length);
    this.#out.u8(vector.fixed ? 1 : 0);
    if (vector.of === 'object') this.#string(vector.className);
    for (const item of vector.items) {
      if (vector.of === 'object') this.value(item);
      else if (vector.of === 'double') this.#out.f64be(Number(item));
      else this.#out.u32be(Number(item));
    }
  }

  #number(value: number): void {
    const isInteger = Number.isInteger(value) && value >= -MAX_INTEGER - 1 && value <= MAX_INTEGER;
    if (!isInteger || Object.is(value, -0)) this.#out.u8(5).f64be(value);
    else {
      this.#out.u8(4);
      this.#u29(value & MAX_U29);
    }
  }

  #string(text: string): void {
    const known = this.#strings.get(text);
    if (known !== undefined) {
      this.#u29(known << 1);
      return;
    }
    const bytes = encodeUtf8(text);
    this.#size(bytes.length);
    this.#out.bytes(bytes);
    // The empty string never enters the table (§1.3.2).
    if (text !== '') this.#strings.set(text, this.#strings.size);
  }

  /** A length or count, with the low bit that says "not a reference". */
  #size(count: number): void {
    if (count > MAX_INTEGER) throw new RangeError(`AMF3 cannot count to ${count}`);
    this.#u29(count * 2 + 1);
  }

  #u29(value: number): void {
    if (value > 0x1f_ffff) {
      const high = 0x80 | (value >>> 22);
      this.#out
        .u8(high)
        .u8(0x80 | (value >>> 15))
        .u8(0x80 | (value >>> 8))
        .u8(value);
      return;
    }
    if (value > 0x3fff) this.#out.u8(0x80 | (value >>> 14));
    if (value > 0x7f) this.#out.u8(0x80 | ((value >>> 7) & 0x7f));
    this.#out.u8(value & 0x7f);
  }
}
