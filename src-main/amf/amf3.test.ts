import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from '../bytes/protocol-error.ts';
import { readAmf3 } from './amf3-read.ts';
import { encodeAmf3 } from './amf3-write.ts';
import { AMF_TYPE, amfDate, amfXml, ecmaArray, typedObject } from './amf-value.ts';
import type { AmfValue } from './amf-value.ts';
import { anyAmf3Value } from './testing/any-amf-value.ts';

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

const vector = (
  of: 'int' | 'uint' | 'double' | 'object',
  items: readonly AmfValue[],
  className = '',
): AmfValue => ({
  [AMF_TYPE]: 'vector',
  of,
  fixed: false,
  className,
  items,
});

test.each<[string, string, AmfValue]>([
  ['undefined', '00', undefined],
  ['null', '01', null],
  ['false', '02', false],
  ['true', '03', true],
  ['integer 0', '04 00', 0],
  ['integer of 1 byte', '04 7f', 127],
  ['integer of 2 bytes', '04 8100', 128],
  ['integer of 2 bytes, largest', '04 ff7f', 16_383],
  ['integer of 3 bytes', '04 818000', 16_384],
  ['integer of 3 bytes, largest', '04 ffff7f', 2_097_151],
  ['integer of 4 bytes', '04 80c08000', 2_097_152],
  ['integer, largest', '04 bfffffff', 268_435_455],
  ['integer -1', '04 ffffffff', -1],
  ['integer, smallest', '04 c0808000', -268_435_456],
  ['double beyond the integers', '05 41b0000000000000', 268_435_456],
  ['double -0', '05 8000000000000000', -0],
  ['double', '05 3ff8000000000000', 1.5],
  ['string', '06 07 616263', 'abc'],
  ['empty string', '06 01', ''],
  ['XMLDocument', '07 09 3c612f3e', amfXml('<a/>')],
  ['date', '08 01 4270000000000000', amfDate(2 ** 40)],
  ['strict array', '09 05 01 01 03', [null, true]],
  ['array with names', '09 01 03 61 04 01 01', ecmaArray({ a: 1 })],
  ['anonymous object', '0a 0b 01 03 61 04 01 01', { a: 1 }],
  ['typed object', '0a 0b 03 43 03 61 04 01 01', typedObject('C', { a: 1 })],
  ['XML', '0b 09 3c612f3e', amfXml('<a/>', 'e4x')],
  ['ByteArray', '0c 05 00ff', Uint8Array.of(0, 255)],
  ['Vector.<int>', '0d 05 00 ffffffff 00000001', vector('int', [-1, 1])],
  ['Vector.<uint>', '0e 03 00 ffffffff', vector('uint', [0xffff_ffff])],
  ['Vector.<Number>', '0f 03 00 3ff0000000000000', vector('double', [1])],
  ['Vector.<C>', '10 03 00 03 43 01', vector('object', [null], 'C')],
  ['Dictionary', '11 03 00 04 01 03', { [AMF_TYPE]: 'dictionary', weakKeys: false, entries: [[1, true]] }],
  ['string reference', '09 05 01 06 03 61 06 00', ['a', 'a']],
])('%s: both ways', (_, hex, value) => {
  const bytes = bytesOf(hex);
  expect(readAmf3(bytes, 0)).toEqual({ value, next: bytes.length });
  expect(hexOf(encodeAmf3(value))).toBe(hexOf(bytes));
  for (let n = 0; n < bytes.length; n++) {
    expect(codeOf(() => readAmf3(bytes.subarray(0, n), 0))).toMatch(/^amf-(truncated|count-too-large)$/);
  }
});

test.each<[string, string, AmfValue]>([
  ['an array with both parts', '09 03 03 61 04 01 01 04 02', ecmaArray({ 0: 2, a: 1 })],
  ['sealed members', '0a 13 01 03 61 04 05', { a: 5 }],
  ['traits again', '09 05 01 0a 13 01 03 61 04 05 0a 01 04 06', [{ a: 5 }, { a: 6 }]],
  ['an object again', '09 05 01 0a 0b 01 01 0a 02', [{}, {}]],
  ['a date again', '09 05 01 08 01 4270000000000000 08 02', [amfDate(2 ** 40), amfDate(2 ** 40)]],
])('%s', (_, hex, value) => {
  expect(readAmf3(bytesOf(hex), 0).value).toEqual(value);
});

test.each([
  ['an externalizable class', '0a 07 03 43', 'amf-externalizable'],
  ['an array that contains itself', '09 03 01 09 00', 'amf-cycle'],
  ['an unknown object', '0a 00', 'amf-bad-reference'],
  ['an unknown string', '06 00', 'amf-bad-reference'],
  ['unknown traits', '0a 01', 'amf-bad-reference'],
  ['an unknown marker', '12', 'amf-unknown-marker'],
  ['an array larger than the message', '09 ffffffff 01', 'amf-count-too-large'],
  ['a vector larger than the message', '0f ffffffff 00', 'amf-count-too-large'],
  ['a dictionary larger than the message', '11 ffffffff 00', 'amf-count-too-large'],
  ['traits larger than the message', '0a fffffff3 01', 'amf-count-too-large'],
])('%s is refused', (_, hex, code) => {
  expect(codeOf(() => readAmf3(bytesOf(hex), 0))).toBe(code);
});

test('an empty property name cannot be written', () => {
  expect(() => encodeAmf3({ '': 1 })).toThrow(RangeError);
});

test('any bytes give a value or ProtocolError', () => {
  const marked = fc.array(fc.oneof(fc.nat(17), fc.nat(255)), { maxLength: 200 });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), marked), (bytes) => {
      expect(codeOf(() => readAmf3(Uint8Array.from(bytes), 0))).toMatch(/^(nothing thrown|amf-[a-z0-9-]+)$/);
    }),
    { numRuns: 2_000 },
  );
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(anyAmf3Value, (value) => {
      const bytes = encodeAmf3(value);
      expect(readAmf3(bytes, 0)).toEqual({ value, next: bytes.length });
    }),
  );
});
