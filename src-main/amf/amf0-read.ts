/**
 * Reads AMF0 values. Spec: AMF0 (2007) §2. Big-endian; text is UTF-8.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { readAmf3Within } from './amf3-read.ts';
import { AmfBudget, AmfReferences } from './amf-limits.ts';
import { newAmfRecord } from './amf-record.ts';
import type { AmfRecord } from './amf-record.ts';
import { AMF_CLASS, AMF_TYPE, amfDate, amfXml } from './amf-value.ts';
import type { AmfObject, AmfRead, AmfValue } from './amf-value.ts';
import { ByteCursor } from './byte-cursor.ts';

const OBJECT_END = 9;

/**
 * Reads the value at `at`. References reach back within this value only.
 *
 * @throws {ProtocolError} `amf-truncated`, `amf-unknown-marker`, `amf-too-deep`, `amf-too-many-values`,
 *   `amf-count-too-large`, `amf-bad-reference`, `amf-cycle` and those of `readAmf3`.
 */
export function readAmf0(bytes: Uint8Array, at: number): AmfRead {
  const reader = new Amf0Reader(bytes, at);
  return { value: reader.value(1), next: reader.cursor.at };
}

/**
 * Reads the values from `at` up to the end, the body of a command or data message. References reach back
 * over the whole message, and the limits hold for all of it together.
 *
 * @throws {ProtocolError} As `readAmf0`.
 */
export function readAmf0All(bytes: Uint8Array, at = 0): AmfValue[] {
  const reader = new Amf0Reader(bytes, at);
  const values: AmfValue[] = [];
  while (reader.cursor.remaining > 0) values.push(reader.value(1));
  return values;
}

class Amf0Reader {
  readonly cursor: ByteCursor;
  readonly #budget = new AmfBudget();
  readonly #references = new AmfReferences(this.#budget);

  constructor(bytes: Uint8Array, at: number) {
    this.cursor = new ByteCursor(bytes, at);
  }

  value(depth: number): AmfValue {
    const marker = this.cursor.u8();
    if (marker === 7) return this.#references.get(this.cursor.u16(), depth);
    if (marker === 3 || marker === 8 || marker === 10 || marker === 16) {
      return this.#references.keep(depth, () => this.#container(marker, depth));
    }
    this.#budget.spend(1, depth);
    return this.#simple(marker, depth);
  }

  #simple(marker: number, depth: number): AmfValue {
    const cursor = this.cursor;
    switch (marker) {
      case 0:
        return cursor.f64();
      case 1:
        return cursor.u8() !== 0;
      case 2:
        return cursor.utf8(cursor.u16());
      case 5:
        return null;
      case 6:
      case 13: // "unsupported": the sender had a value that AMF0 cannot hold
        return undefined;
      case 11:
        return amfDate(cursor.f64(), (cursor.u16() << 16) >> 16);
      case 12:
        return cursor.utf8(cursor.u32());
      case 15:
        return amfXml(cursor.utf8(cursor.u32()));
      case 17: {
        // One value in AMF3; the switch does not stick (§3.1), and its tables end with it.
        const { value, next } = readAmf3Within(cursor.bytes, cursor.at, { budget: this.#budget, depth });
        cursor.at = next;
        return value;
      }
      default:
        throw new ProtocolError('amf-unknown-marker', `AMF0 marker ${marker} at ${cursor.at - 1}`);
    }
  }

  #container(marker: 3 | 8 | 10 | 16, depth: number): AmfValue {
    this.#budget.spend(1, depth);
    const cursor = this.cursor;
    if (marker === 10) {
      const count = cursor.u32();
      cursor.expect(count, 1);
      const items: AmfValue[] = [];
      for (let n = 0; n < count; n++) items.push(this.value(depth + 1));
      return items;
    }
    const object = newAmfRecord();
    if (marker === 16) object[AMF_CLASS] = cursor.utf8(cursor.u16());
    if (marker === 8) {
      object[AMF_TYPE] = 'ecma-array';
      // The count is a hint that many senders get wrong; the end marker decides.
      cursor.u32();
    }
    return this.#properties(object, depth, { endMayBeMissing: marker === 8 });
  }

  #properties(
    object: AmfRecord,
    depth: number,
    { endMayBeMissing }: { readonly endMayBeMissing: boolean },
  ): AmfObject {
    const cursor = this.cursor;
    for (;;) {
      // Some senders leave the end marker out where the message ends anyway.
      if (endMayBeMissing && cursor.remaining === 0) return object;
      const key = cursor.utf8(cursor.u16());
      // 9 is no value's marker, so an empty key can be told from the end.
      if (key === '' && cursor.remaining > 0 && cursor.bytes[cursor.at] === OBJECT_END) {
        cursor.at += 1;
        return object;
      }
      object[key] = this.value(depth + 1);
    }
  }
}
