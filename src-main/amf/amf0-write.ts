/**
 * Writes AMF0 values. Spec: AMF0 (2007) §2. Never writes a reference. What AMF0 cannot hold (byte arrays,
 * vectors, dictionaries, E4X) goes behind the avmplus marker as one AMF3 value (§3.1).
 * @module
 */
import { encodeUtf8 } from '../bytes/utf8.ts';
import { ByteWriter } from '../bytes/write.ts';
import { writeAmf3 } from './amf3-write.ts';
import { AMF_CLASS, AMF_TYPE, isAmfArray } from './amf-value.ts';
import type { AmfObject, AmfValue } from './amf-value.ts';

/** A short string counts its bytes in 16 bits. */
const MAX_SHORT_STRING_BYTES = 0xffff;

/** Appends one value. @throws {RangeError} A key or class name over 65535 bytes. */
export function writeAmf0(writer: ByteWriter, value: AmfValue): void {
  if (typeof value === 'number') writer.u8(0).f64be(value);
  else if (typeof value === 'boolean') writer.u8(1).u8(value ? 1 : 0);
  else if (typeof value === 'string') writeString(writer, value);
  else if (value === null) writer.u8(5);
  else if (value === undefined) writer.u8(6);
  else if (isAmfArray(value)) {
    writer.u8(10).u32be(value.length);
    for (const item of value) writeAmf0(writer, item);
  } else if (value instanceof Uint8Array) writeAmf3(writer.u8(17), value);
  else writeTagged(writer, value);
}

/** The values one after the other, the body of a command or data message. @throws {RangeError} As above. */
export function encodeAmf0(...values: readonly AmfValue[]): Uint8Array {
  const writer = new ByteWriter();
  for (const value of values) writeAmf0(writer, value);
  return writer.toBytes();
}

function writeTagged(
  writer: ByteWriter,
  value: Exclude<AmfValue, number | boolean | string | null | undefined | Uint8Array | readonly AmfValue[]>,
): void {
  switch (value[AMF_TYPE]) {
    case 'date':
      writer
        .u8(11)
        .f64be(value.epochMs)
        .u16be(value.zoneMinutes & 0xffff);
      return;
    case 'xml': {
      const text = encodeUtf8(value.text);
      if (value.form === 'e4x') writeAmf3(writer.u8(17), value);
      else writer.u8(15).u32be(text.length).bytes(text);
      return;
    }
    case 'vector':
    case 'dictionary':
      writeAmf3(writer.u8(17), value);
      return;
    default:
      writeObject(writer, value);
  }
}

function writeObject(writer: ByteWriter, object: AmfObject): void {
  const className = object[AMF_CLASS];
  const keys = Object.keys(object);
  if (object[AMF_TYPE] === 'ecma-array') writer.u8(8).u32be(keys.length);
  else if (className !== undefined) writeShort(writer.u8(16), className);
  else writer.u8(3);
  for (const key of keys) {
    writeShort(writer, key);
    writeAmf0(writer, object[key]);
  }
  writer.u24be(9);
}

function writeString(writer: ByteWriter, text: string): void {
  const bytes = encodeUtf8(text);
  if (bytes.length > MAX_SHORT_STRING_BYTES) writer.u8(12).u32be(bytes.length);
  else writer.u8(2).u16be(bytes.length);
  writer.bytes(bytes);
}

function writeShort(writer: ByteWriter, text: string): void {
  const bytes = encodeUtf8(text);
  if (bytes.length > MAX_SHORT_STRING_BYTES) throw new RangeError(`AMF0 key of ${bytes.length} bytes`);
  writer.u16be(bytes.length).bytes(bytes);
}
