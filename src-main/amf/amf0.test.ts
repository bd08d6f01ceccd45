import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from '../bytes/protocol-error.ts';
import { readAmf0, readAmf0All } from './amf0-read.ts';
import { encodeAmf0 } from './amf0-write.ts';
import {
  AMF_CLASS,
  AMF_TYPE,
  amfBoolean,
  amfDate,
  amfNumber,
  amfObject,
  amfString,
  amfXml,
  ecmaArray,
  typedObject,
} from './amf-value.ts';
import type { AmfValue } from './amf-value.ts';
import { anyAmf0Value } from './testing/any-amf-value.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
  return 'nothing thrown';
}

test.each<[string, string, AmfValue]>([
  ['number', '00 3ff0000000000000', 1],
  ['number NaN', '00 7ff8000000000000', Number.NaN],
  ['number -0', '00 8000000000000000', -0],
  ['true', '01 01', true],
  ['false', '01 00', false],
  ['string', '02 0007 636f6e6e656374', 'connect'],
  ['string of UTF-8', '02 0006 c3a9 f09f8eac', 'é🎬'],
  ['empty string', '02 0000', ''],
  ['object', '03 0003 617070 02 0004 6c697665 000009', { app: 'live' }],
  ['empty object', '03 000009', {}],
  ['object with an empty key', '03 0000 05 000009', { '': null }],
  ['null', '05', null],
  ['undefined', '06', undefined],
  ['ECMA array', '08 00000001 0005 7769647468 00 409e000000000000 000009', ecmaArray({ width: 1920 })],
  ['strict array', '0a 00000002 05 01 01', [null, true]],
  ['date', '0b 4270000000000000 ffc4', amfDate(2 ** 40, -60)],
  ['XML document', '0f 00000004 3c612f3e', amfXml('<a/>')],
  ['typed object', '10 0001 43 0001 61 05 000009', typedObject('C', { a: null })],
  ['AMF3 byte array behind avmplus', '11 0c 05 0102', Uint8Array.of(1, 2)],
  ['AMF3 E4X behind avmplus', '11 0b 09 3c612f3e', amfXml('<a/>', 'e4x')],
])('%s: both ways', (_, hex, value) => {
  const bytes = bytesOf(hex);
  expect(readAmf0(bytes, 0)).toEqual({ value, next: bytes.length });
  expect(hexOf(encodeAmf0(value))).toBe(hexOf(bytes));
  for (let n = 0; n < bytes.length; n++) {
    // An ECMA array may end where the message does, so being cut off is not always an error there.
    const code = codeOf(() => readAmf0(bytes.subarray(0, n), 0));
    if (bytes[0] !== 8) expect(code).toMatch(/^amf-(truncated|count-too-large)$/);
  }
});

test('a string over 65535 bytes is a long string, both ways', () => {
  const short = 'a'.repeat(0xffff);
  const long = 'a'.repeat(0x1_0000);
  expect(hexOf(encodeAmf0(short).subarray(0, 3))).toBe('02ffff');
  expect(hexOf(encodeAmf0(long).subarray(0, 5))).toBe('0c00010000');
  expect(readAmf0All(encodeAmf0(short, long))).toEqual([short, long]);
  expect(() => encodeAmf0({ [long]: 1 })).toThrow(RangeError);
});

test('a connect command as librtmp sends it', () => {
  const bytes = bytesOf('020007636f6e6e656374 003ff0000000000000 03 0003617070 0200046c697665 000009');
  const [name, transactionId, command] = readAmf0All(bytes);
  expect([name, transactionId, amfString(command, 'app')]).toEqual(['connect', 1, 'live']);
});

test.each<[string, string, AmfValue]>([
  ['its count is too small', '08 00000000 0001 61 05 000009', ecmaArray({ a: null })],
  ['its count is too large', '08 ffffffff 0001 61 05 000009', ecmaArray({ a: null })],
  ['its end is left out', '08 00000001 0001 61 05', ecmaArray({ a: null })],
  ['it is empty and its end left out', '08 00000000', ecmaArray({})],
])('ECMA array: %s', (_, hex, value) => {
  expect(readAmf0All(bytesOf(hex))).toEqual([value]);
});

test('unsupported reads as undefined; values go on behind an AMF3 one in AMF0', () => {
  expect(readAmf0All(bytesOf('0d 11 04 05 05'))).toEqual([undefined, 5, null]);
});

test('__proto__ is a key like any other', () => {
  const { value } = readAmf0(bytesOf('03 0009 5f5f70726f746f5f5f 03 0001 61 0101 000009 000009'), 0);
  expect(Object.keys(amfObject(value) ?? {})).toEqual(['__proto__']);
  expect(amfBoolean(value, 'a')).toBeUndefined();
  expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  expect(hexOf(encodeAmf0(value))).toBe('0300095f5f70726f746f5f5f030001610101000009000009');
});

test('properties are read by type', () => {
  const value: AmfValue = { app: 'live', width: 1920, ratio: Number.NaN, stereo: true, inner: {} };
  expect(amfString(value, 'app')).toBe('live');
  expect(amfString(value, 'width')).toBeUndefined();
  expect(amfNumber(value, 'width')).toBe(1920);
  expect(amfNumber(value, 'ratio')).toBeUndefined();
  expect(amfBoolean(value, 'stereo')).toBe(true);
  for (const other of [undefined, null, 1, 'app', [], Uint8Array.of(1), amfDate(0), amfXml('')]) {
    expect(amfObject(other)).toBeUndefined();
    expect(amfString(other, 'length')).toBeUndefined();
    expect(amfNumber(other, 'length')).toBeUndefined();
  }
  expect(amfObject(typedObject('C', {}))?.[AMF_CLASS]).toBe('C');
  expect(amfObject(ecmaArray({}))?.[AMF_TYPE]).toBe('ecma-array');
});

test('a reference gives the value again, in order of appearance over the whole message', () => {
  const [object, again] = readAmf0All(bytesOf('03 0001 61 0a 00000000 000009 07 0000'));
  expect(again).toBe(object);
  expect(readAmf0All(bytesOf('0a 00000000 0a 00000001 05 07 0001'))[2]).toEqual([null]);
});

test.each([
  ['a value that contains itself', '03 0001 61 07 0000 000009', 'amf-cycle'],
  ['an array that contains itself', '0a 00000001 07 0000', 'amf-cycle'],
  ['a reference to nothing', '07 0000', 'amf-bad-reference'],
  ['a movie clip', '04', 'amf-unknown-marker'],
  ['an object end on its own', '09', 'amf-unknown-marker'],
  ['a marker beyond all', '12', 'amf-unknown-marker'],
  ['a strict array larger than the message', '0a ffffffff', 'amf-count-too-large'],
  ['a long string larger than the message', '0c ffffffff 61', 'amf-truncated'],
  ['an ECMA array cut off within a pair', '08 00000001 0001 61', 'amf-truncated'],
  ['33 levels', '0a00000001'.repeat(32) + '05', 'amf-too-deep'],
  ['33 levels in AMF3', '11' + '090301'.repeat(32) + '01', 'amf-too-deep'],
])('%s is refused', (_, hex, code) => {
  expect(codeOf(() => readAmf0All(bytesOf(hex)))).toBe(code);
});

test('32 levels are read', () => {
  expect(codeOf(() => readAmf0All(bytesOf('0a00000001'.repeat(31) + '05')))).toBe('nothing thrown');
});

test('values are counted over the whole message', () => {
  expect(readAmf0All(bytesOf('05'.repeat(65_536)))).toHaveLength(65_536);
  expect(codeOf(() => readAmf0All(bytesOf('05'.repeat(65_537))))).toBe('amf-too-many-values');
});

test('references cost what they stand for, so that doubling ends early', () => {
  // Each array refers twice to the one before: 2^20 values if it were followed.
  let hex = '0a 00000000';
  for (let n = 0; n < 20; n++) {
    const before = n.toString(16).padStart(4, '0');
    hex += `0a 00000002 07 ${before} 07 ${before}`;
  }
  expect(codeOf(() => readAmf0All(bytesOf(hex)))).toBe('amf-too-many-values');
});

test('any bytes give values or ProtocolError', () => {
  const marked = fc.array(fc.oneof(fc.constantFrom(0, 1, 2, 3, 5, 7, 8, 9, 10, 11, 16, 17), fc.nat(255)), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), marked), (bytes) => {
      expect(codeOf(() => readAmf0All(Uint8Array.from(bytes)))).toMatch(/^(nothing thrown|amf-[a-z0-9-]+)$/);
    }),
    { numRuns: 2_000 },
  );
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(fc.array(anyAmf0Value, { maxLength: 5 }), (values) => {
      expect(readAmf0All(encodeAmf0(...values))).toEqual(values);
    }),
  );
});
