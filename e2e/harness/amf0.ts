/**
 * As much AMF0 as a scripted peer needs. Written apart from the product on purpose: a mistake there must not
 * agree with itself here.
 * @module
 */

export type Amf =
  number | string | boolean | null | undefined | readonly Amf[] | { readonly [name: string]: Amf };

/** One value as bytes. */
export function amf(value: Amf): Buffer {
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(9);
    bytes.writeDoubleBE(value, 1);
    return bytes;
  }
  if (typeof value === 'boolean') return Buffer.from([1, value ? 1 : 0]);
  if (typeof value === 'string') return Buffer.concat([Buffer.from([2]), utf8(value)]);
  if (value === null) return Buffer.from([5]);
  if (value === undefined) return Buffer.from([6]);
  if (isArray(value)) {
    const length = Buffer.alloc(5, 10);
    length.writeUInt32BE(value.length, 1);
    return Buffer.concat([length, ...value.map(amf)]);
  }
  const pairs = Object.entries(value).flatMap(([name, inner]) => [utf8(name), amf(inner)]);
  return Buffer.concat([Buffer.from([3]), ...pairs, Buffer.from([0, 0, 9])]);
}

function isArray(value: Amf): value is readonly Amf[] {
  return Array.isArray(value);
}

/** All values of a command message. */
export function readAmf(bytes: Buffer): Amf[] {
  const values: Amf[] = [];
  const at = { offset: 0 };
  while (at.offset < bytes.length) values.push(readOne(bytes, at));
  return values;
}

function utf8(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
}

type Cursor = { offset: number };

function readOne(bytes: Buffer, at: Cursor): Amf {
  const type = bytes.readUInt8(at.offset++);
  switch (type) {
    case 0:
      at.offset += 8;
      return bytes.readDoubleBE(at.offset - 8);
    case 1:
      return bytes.readUInt8(at.offset++) !== 0;
    case 2:
      return readText(bytes, at);
    case 3:
      return readPairs(bytes, at);
    case 5:
      return null;
    case 6:
      return undefined;
    case 8:
      at.offset += 4;
      return readPairs(bytes, at);
    case 10: {
      const length = bytes.readUInt32BE(at.offset);
      at.offset += 4;
      return Array.from({ length }, () => readOne(bytes, at));
    }
    default:
      throw new Error(`AMF0 type ${type} is not known to the scripted peer`);
  }
}

function readText(bytes: Buffer, at: Cursor): string {
  const length = bytes.readUInt16BE(at.offset);
  at.offset += 2 + length;
  return bytes.toString('utf8', at.offset - length, at.offset);
}

function readPairs(bytes: Buffer, at: Cursor): Amf {
  const pairs: Record<string, Amf> = {};
  for (;;) {
    const name = readText(bytes, at);
    if (name === '' && bytes.readUInt8(at.offset) === 9) {
      at.offset++;
      return pairs;
    }
    pairs[name] = readOne(bytes, at);
  }
}
