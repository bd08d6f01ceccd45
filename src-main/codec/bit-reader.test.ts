import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BitReader, removeEmulationPrevention } from './bit-reader.ts';
import { bitsOf, withEmulationPrevention } from './testing/bits-of.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

test.each([
  ['1', 0, 0],
  ['010', 1, 1],
  ['011', 2, -1],
  ['00100', 3, 2],
  ['00101', 4, -2],
  ['00111', 6, -3],
  ['0000000000000001 000000000000000', 2 ** 15 - 1, 2 ** 14],
  [`${'0'.repeat(31)}1${'1'.repeat(31)}`, 0xffff_fffe, -(2 ** 31 - 1)],
])('exp-Golomb %s (H.264 table 9-2)', (bits, unsigned, signed) => {
  expect(new BitReader(bitsOf(bits)).ue()).toBe(unsigned);
  expect(new BitReader(bitsOf(bits)).se()).toBe(signed);
});

test('limits: a number over 32 bits, one over its maximum, bits that are not there', () => {
  const refused = (code: string): unknown => expect.objectContaining({ name: 'ProtocolError', code });
  expect(() => new BitReader(new Uint8Array(16)).ue()).toThrow(refused('codec-out-of-range'));
  expect(() => new BitReader(bitsOf('00100')).ue(2)).toThrow(refused('codec-out-of-range'));
  expect(() => new BitReader(new Uint8Array(3)).ue()).toThrow(refused('codec-truncated'));
  expect(() => new BitReader(new Uint8Array(1)).bits(9)).toThrow(refused('codec-truncated'));
  expect(() => new BitReader(new Uint8Array(1)).skip(2 ** 31)).toThrow(refused('codec-truncated'));
});

test('bits are read from the top, over byte boundaries', () => {
  const bits = new BitReader(bytesOf('a5 ff 00 80'), 0);
  expect([bits.bits(4), bits.bits(8), bits.flag(), bits.bits(0)]).toEqual([0xa, 0x5f, true, 0]);
  bits.align();
  expect([bits.byteAt, bits.remaining, bits.bits(16)]).toEqual([2, 16, 0x80]);
  expect(new BitReader(bytesOf('ffffffff')).bits(32)).toBe(0xffff_ffff);
});

test('emulation prevention: only the 03 of 00 00 03 goes', () => {
  expect(removeEmulationPrevention(bytesOf('67 000003 000003 01 0003 00000300000303'))).toEqual(
    bytesOf('67 0000 0000 01 0003 00000000 03'),
  );
  const plain = bytesOf('67 03 0003 01');
  expect(removeEmulationPrevention(plain)).toBe(plain);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(0, 1, 2, 3), { maxLength: 40 }), (numbers) => {
      const bytes = Uint8Array.from(numbers);
      expect(removeEmulationPrevention(withEmulationPrevention(bytes))).toEqual(bytes);
    }),
  );
});
