import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinBytes } from '../bytes/join.ts';
import { ProtocolError } from '../bytes/protocol-error.ts';
import { FlvTagReader, flvFileHeader, flvTag } from './flv-tags.ts';
import type { FlvTag } from './flv-tags.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const HEADER = '464c56 01 05 00000009 00000000';
const TAGS: readonly FlvTag[] = [
  { typeId: 18, timestampMs: 0, payload: bytesOf('02000161') },
  { typeId: 9, timestampMs: 0x00ff_ffff, payload: bytesOf('1701000000aa') },
  { typeId: 8, timestampMs: 0x8100_0002, payload: new Uint8Array(0) },
  { typeId: 9, timestampMs: 0xffff_ffff, payload: new Uint8Array(5_000).fill(7) },
];

function readInPieces(file: Uint8Array, size: number): FlvTag[] {
  const reader = new FlvTagReader();
  const tags: FlvTag[] = [];
  for (let at = 0; at < file.length; at += size) {
    reader.push(file.subarray(at, at + size));
    for (let tag = reader.next(); tag !== undefined; tag = reader.next()) tags.push(tag);
  }
  return tags;
}

test('header and tag: literal bytes', () => {
  expect(hexOf(flvFileHeader())).toBe(HEADER.replaceAll(' ', ''));
  expect(hexOf(flvFileHeader({ hasAudio: false })).slice(8, 10)).toBe('01');
  expect(hexOf(flvFileHeader({ hasVideo: false })).slice(8, 10)).toBe('04');
  expect(hexOf(flvTag(9, 0x1234_5678, bytesOf('aabb')))).toBe('090000023456781200000' + '0aabb0000000d');
});

test('a payload over 24 bits of length cannot be written', () => {
  expect(() => flvTag(9, 0, new Uint8Array(0x100_0000))).toThrow(RangeError);
});

test('the same bytes four ways give the same tags', () => {
  const file = joinBytes([
    flvFileHeader(),
    ...TAGS.map((tag) => flvTag(tag.typeId, tag.timestampMs, tag.payload)),
  ]);
  for (const size of [file.length, 1, 7, 1_000]) expect(readInPieces(file, size)).toEqual(TAGS);
});

test('a tag is its own copy', () => {
  const file = joinBytes([flvFileHeader(), flvTag(8, 0, bytesOf('af01'))]);
  const reader = new FlvTagReader();
  reader.push(file);
  const tag = reader.next();
  file.fill(0);
  reader.push(new Uint8Array(64));
  expect(tag?.payload).toEqual(bytesOf('af01'));
});

test('a longer file header is passed over, wrong sizes of previous tags are ignored', () => {
  const file = bytesOf('464c56 01 05 0000000c ffffff 12345678 08 000001 000000 00 000000 aa ffffffff');
  expect(readInPieces(file, 1)).toEqual([{ typeId: 8, timestampMs: 0, payload: bytesOf('aa') }]);
});

test.each([
  ['no FLV', '46 4d', 'flv-not-flv'],
  ['a header too short', '464c56 01 05 00000008', 'flv-bad-header'],
  ['a header too long', '464c56 01 05 ffffffff', 'flv-bad-header'],
  ['an encrypted tag', `${HEADER} 29 000001 000000 00 000000`, 'flv-encrypted'],
  [
    'a tag over the limit, before its bytes came',
    `${HEADER} 09 000065 000000 00 000000`,
    'flv-tag-too-large',
  ],
])('%s is refused', (_, hex, code) => {
  const reader = new FlvTagReader({ maxTagBytes: 100 });
  reader.push(bytesOf(hex));
  expect(() => reader.next()).toThrow(expect.objectContaining({ code }));
});

test('any bytes in any pieces give tags or ProtocolError, and what is written is read again', () => {
  const anyTag = fc.record({
    typeId: fc.constantFrom(8, 9, 18),
    timestampMs: fc.nat(0xffff_ffff),
    payload: fc.uint8Array({ maxLength: 40 }),
  });
  fc.assert(
    fc.property(fc.array(anyTag, { maxLength: 5 }), fc.integer({ min: 1, max: 60 }), (tags, size) => {
      const file = joinBytes([
        flvFileHeader(),
        ...tags.map((tag) => flvTag(tag.typeId, tag.timestampMs, tag.payload)),
      ]);
      expect(readInPieces(file, size)).toEqual(tags);
    }),
  );
  fc.assert(
    fc.property(fc.boolean(), fc.uint8Array({ maxLength: 80 }), (hasHeader, rest) => {
      try {
        readInPieces(hasHeader ? joinBytes([flvFileHeader(), rest]) : rest, 7);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }),
  );
});
