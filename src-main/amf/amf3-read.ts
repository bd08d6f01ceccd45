/**
 * Reads AMF3 values. Spec: AMF3 (2013) §3. In RTMP they stand behind AMF0's avmplus marker, one at a time.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { AmfBudget, AmfReferences, MAX_AMF_VALUES } from './amf-limits.ts';
import { newAmfRecord } from './amf-record.ts';
import type { AmfRecord } from './amf-record.ts';
import { AMF_CLASS, AMF_TYPE, amfDate, amfXml } from './amf-value.ts';
import type { AmfRead, AmfValue, AmfVector } from './amf-value.ts';
import { ByteCursor } from './byte-cursor.ts';

/** What an object's class looks like: its name, its fixed members, and whether it may have others. */
type Traits = { readonly className: string; readonly members: readonly string[]; readonly dynamic: boolean };

const VECTOR_TYPES: readonly AmfVector['of'][] = ['int', 'uint', 'double', 'object'];

/**
 * Reads the value at `at`. An array with an associative part comes as an ECMA array, its dense items under
 * '0', '1', …
 *
 * @throws {ProtocolError} `amf-truncated`, `amf-unknown-marker`, `amf-too-deep`, `amf-too-many-values`,
 *   `amf-count-too-large`, `amf-bad-reference`, `amf-cycle`, `amf-externalizable`.
 */
export function readAmf3(bytes: Uint8Array, at: number): AmfRead {
  return readAmf3Within(bytes, at, { budget: new AmfBudget(), depth: 1 });
}

/** As `readAmf3`, but as part of a message: its limits go on counting. Tables start empty. */
export function readAmf3Within(
  bytes: Uint8Array,
  at: number,
  { budget, depth }: { readonly budget: AmfBudget; readonly depth: number },
): AmfRead {
  const reader = new Amf3Reader(new ByteCursor(bytes, at), budget);
  const value = reader.value(depth);
  return { value, next: reader.cursor.at };
}

class Amf3Reader {
  readonly cursor: ByteCursor;
  readonly #budget: AmfBudget;
  readonly #references: AmfReferences;
  readonly #strings: string[] = [];
  readonly #traits: Traits[] = [];

  constructor(cursor: ByteCursor, budget: AmfBudget) {
    this.cursor = cursor;
    this.#budget = budget;
    this.#references = new AmfReferences(budget);
  }

  value(depth: number): AmfValue {
    const marker = this.cursor.u8();
    if (marker >= 7 && marker <= 17) return this.#referable(marker, depth);
    this.#budget.spend(1, depth);
    switch (marker) {
      case 0:
        return undefined;
      case 1:
        return null;
      case 2:
        return false;
      case 3:
        return true;
      case 4:
        return (this.#u29() << 3) >> 3;
      case 5:
        return this.cursor.f64();
      case 6:
        return this.#string();
      default:
        throw new ProtocolError('amf-unknown-marker', `AMF3 marker ${marker} at ${this.cursor.at - 1}`);
    }
  }

  /** What goes into the object table: its U29 is an index, or holds a length or flags above a low bit of 1. */
  #referable(marker: number, depth: number): AmfValue {
    const head = this.#u29();
    if ((head & 1) === 0) return this.#references.get(head >>> 1, depth);
    return this.#references.keep<AmfValue>(depth, () => {
      this.#budget.spend(1, depth);
      return this.#inline(marker, head >>> 1, depth);
    });
  }

  #inline(marker: number, size: number, depth: number): AmfValue {
    switch (marker) {
      case 7:
        return amfXml(this.cursor.utf8(size), 'document');
      case 8:
        return amfDate(this.cursor.f64());
      case 9:
        return this.#array(size, depth);
      case 10:
        return this.#object(size, depth);
      case 11:
        return amfXml(this.cursor.utf8(size), 'e4x');
      case 12:
        return this.cursor.slice(size);
      case 17:
        return this.#dictionary(size, depth);
      default:
        return this.#vector(VECTOR_TYPES[marker - 13] ?? 'object', size, depth);
    }
  }

  #array(count: number, depth: number): AmfValue {
    const object = newAmfRecord();
    const isAssociative = this.#dynamicMembers(object, depth);
    this.cursor.expect(count, 1);
    if (isAssociative) {
      object[AMF_TYPE] = 'ecma-array';
      for (let n = 0; n < count; n++) object[n] = this.value(depth + 1);
      return object;
    }
    const items: AmfValue[] = [];
    for (let n = 0; n < count; n++) items.push(this.value(depth + 1));
    return items;
  }

  #object(flags: number, depth: number): AmfValue {
    const traits = this.#readTraits(flags);
    const object = newAmfRecord();
    if (traits.className !== '') object[AMF_CLASS] = traits.className;
    for (const member of traits.members) object[member] = this.value(depth + 1);
    if (traits.dynamic) this.#dynamicMembers(object, depth);
    return object;
  }

  #readTraits(flags: number): Traits {
    if ((flags & 1) === 0) {
      const known = this.#traits[flags >>> 1];
      if (known === undefined) throw new ProtocolError('amf-bad-reference', `no traits ${flags >>> 1}`);
      return known;
    }
    const className = this.#string();
    if ((flags & 2) !== 0) {
      // Only that class knows where its bytes end.
      throw new ProtocolError('amf-externalizable', `externalizable class ${className.slice(0, 80)}`);
    }
    const count = flags >>> 3;
    this.cursor.expect(count, 1);
    // Every member has a value in the object that follows, so more names than values are never used.
    if (count > MAX_AMF_VALUES) throw new ProtocolError('amf-too-many-values', `${count} members`);
    const members: string[] = [];
    for (let n = 0; n < count; n++) members.push(this.#string());
    const traits = { className, members, dynamic: (flags & 4) !== 0 };
    this.#traits.push(traits);
    return traits;
  }

  /** Names and values up to the empty name; false if there were none. */
  #dynamicMembers(object: AmfRecord, depth: number): boolean {
    let found = false;
    for (;;) {
      const key = this.#string();
      if (key === '') return found;
      object[key] = this.value(depth + 1);
      found = true;
    }
  }

  #vector(of: AmfVector['of'], count: number, depth: number): AmfValue {
    const fixed = this.cursor.u8() !== 0;
    const className = of === 'object' ? this.#string() : '';
    this.cursor.expect(count, of === 'object' ? 1 : of === 'double' ? 8 : 4);
    const items: AmfValue[] = [];
    if (of !== 'object') this.#budget.spend(count, depth + 1);
    for (let n = 0; n < count; n++) {
      if (of === 'object') items.push(this.value(depth + 1));
      else if (of === 'double') items.push(this.cursor.f64());
      else items.push(of === 'uint' ? this.cursor.u32() : this.cursor.u32() | 0);
    }
    return { [AMF_TYPE]: 'vector', of, fixed, className, items };
  }

  #dictionary(count: number, depth: number): AmfValue {
    const weakKeys = this.cursor.u8() !== 0;
    this.cursor.expect(count, 2);
    const entries: (readonly [AmfValue, AmfValue])[] = [];
    for (let n = 0; n < count; n++) {
      const key = this.value(depth + 1);
      entries.push([key, this.value(depth + 1)]);
    }
    return { [AMF_TYPE]: 'dictionary', weakKeys, entries };
  }

  #string(): string {
    const head = this.#u29();
    if ((head & 1) === 0) {
      const known = this.#strings[head >>> 1];
      if (known === undefined) throw new ProtocolError('amf-bad-reference', `no string ${head >>> 1}`);
      return known;
    }
    const text = this.cursor.utf8(head >>> 1);
    // The empty string never enters the table (§1.3.2).
    if (head !== 1) this.#strings.push(text);
    return text;
  }

  /** 1 to 4 bytes: seven bits each while the top bit is set, all eight of the fourth (§1.3.1). */
  #u29(): number {
    let value = 0;
    for (let n = 0; n < 3; n++) {
      const byte = this.cursor.u8();
      value = (value << 7) | (byte & 0x7f);
      if (byte < 0x80) return value;
    }
    return (value << 8) | this.cursor.u8();
  }
}
