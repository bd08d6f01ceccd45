import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinBytes, sameBytes } from './join.ts';
import { f64be, i24be, u16be, u24be, u32be, u32le, u8 } from './read.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';
import { ByteWriter, putU16be, putU24be, putU32be, putU32le } from './write.ts';

test('fixed widths: literal bytes', () => {
  const bytes = Uint8Array.of(0x80, 0x01, 0x02, 0xff);
  expect([u8(bytes, 0), u16be(bytes, 0), u24be(bytes, 0), u32be(bytes, 0)]).toEqual([
    0x80, 0x8001, 0x80_0102, 0x8001_02ff,
  ]);
  expect(u32le(bytes, 0)).toBe(0xff02_0180);
  expect(i24be(bytes, 0)).toBe(0x80_0102 - 0x100_0000);
  expect([u8(bytes, 4), u16be(bytes, 3), u32le(bytes, 4)]).toEqual([0, 0xff00, 0]);
});

test('f64be reads within a view of a larger buffer', () => {
  const bytes = Uint8Array.from([9, 9, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0]).subarray(1);
  expect(f64be(bytes, 1)).toBe(1.5);
});

test('what the writer appends, the readers give back, however often it grows', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffff_ffff), { maxLength: 40 }), fc.double(), (numbers, double) => {
      const writer = new ByteWriter(1);
      for (const number of numbers) {
        writer.u8(number).u16be(number).u24be(number).u32be(number).u32le(number).bytes(Uint8Array.of(7));
      }
      const bytes = writer.f64be(double).toBytes();
      expect(bytes.length).toBe(writer.length);
      numbers.forEach((number, n) => {
        const at = n * 15;
        expect([u8(bytes, at), u16be(bytes, at + 1), u24be(bytes, at + 3)]).toEqual([
          number & 0xff,
          number & 0xffff,
          number & 0xff_ffff,
        ]);
        expect([u32be(bytes, at + 6), u32le(bytes, at + 10), u8(bytes, at + 14)]).toEqual([
          number,
          number,
          7,
        ]);
      });
      expect(f64be(bytes, numbers.length * 15)).toBe(double);
    }),
  );
});

test('put writes in place what the writer appends', () => {
  const bytes = new Uint8Array(13);
  putU16be(bytes, 0, 0x0102);
  putU24be(bytes, 2, 0x03_0405);
  putU32be(bytes, 5, 0x0607_0809);
  putU32le(bytes, 9, 0x0d0c_0b0a);
  expect([...bytes]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
});

test('UTF-8 reads as the WHATWG decoder does, and writes as its encoder does', () => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
      expect(decodeUtf8(bytes)).toBe(decoder.decode(bytes));
    }),
    { numRuns: 5_000 },
  );
  const hard = fc.array(
    fc.constantFrom(0x41, 0x80, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0x8f, 0x90),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(hard, (numbers) => {
      const bytes = Uint8Array.from(numbers);
      expect(decodeUtf8(bytes)).toBe(decoder.decode(bytes));
    }),
    { numRuns: 5_000 },
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect([...encodeUtf8(text)]).toEqual([...new TextEncoder().encode(text)]);
    }),
  );
  expect([...encodeUtf8('\ud800')]).toEqual([0xef, 0xbf, 0xbd]);
});

test('UTF-8 of a text longer than one chunk', () => {
  const text = 'aé🎬'.repeat(3_000);
  expect(decodeUtf8(encodeUtf8(text))).toBe(text);
});

test('joins and compares', () => {
  expect([...joinBytes([Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3)])]).toEqual([1, 2, 3]);
  expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
  expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1))).toBe(false);
});
