import { expect, test } from 'vitest';
import { joinBytes } from '../../bytes/join.ts';
import { writeChunks, writeJoinedChunks } from './chunk-writer.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const message = { typeId: 9, timestamp: 1000, streamId: 0x0403_0201, payload: Uint8Array.of(1, 2, 3, 4, 5) };

test('point 4: one chunk: type 0 header, little-endian stream ID, payload', () => {
  expect(hex(writeJoinedChunks(message, 6, 128))).toBe(
    '06' + '0003e8' + '000005' + '09' + '01020304' + '0102030405',
  );
});

test('more chunks: type 3 headers between', () => {
  expect(hex(writeJoinedChunks(message, 6, 2))).toBe(
    '06' + '0003e8' + '000005' + '09' + '01020304' + '0102' + 'c6' + '0304' + 'c6' + '05',
  );
});

test('no empty chunk behind a payload that fills its last chunk', () => {
  expect(hex(writeJoinedChunks(message, 6, 5))).toHaveLength(2 * (12 + 5));
});

test.each([
  [0xff_fffe, '06' + 'fffffe' + '000005' + '09' + '01020304' + '01020304' + 'c6' + '05'],
  [
    0xff_ffff,
    '06' + 'ffffff' + '000005' + '09' + '01020304' + '00ffffff' + '01020304' + 'c6' + '00ffffff' + '05',
  ],
  [
    0xffff_ffff,
    '06' + 'ffffff' + '000005' + '09' + '01020304' + 'ffffffff' + '01020304' + 'c6' + 'ffffffff' + '05',
  ],
])('point 6: timestamp %d: extended from 0xFFFFFF on, and repeated on type 3', (timestamp, expected) => {
  expect(hex(writeJoinedChunks({ ...message, timestamp }, 6, 4))).toBe(expected);
});

test('a message without a body is its header', () => {
  expect(writeChunks({ ...message, payload: new Uint8Array(0) }, 6, 128)).toHaveLength(1);
});

test('payload pieces are views, not copies', () => {
  const pieces = writeChunks(message, 6, 2);
  expect(pieces.filter((piece) => piece.buffer === message.payload.buffer)).toHaveLength(3);
  expect(hex(joinBytes(pieces))).toBe(hex(writeJoinedChunks(message, 6, 2)));
});

test('a payload beyond 24 bits of length is our fault, and loud', () => {
  expect(() => writeChunks({ ...message, payload: new Uint8Array(0x100_0000) }, 6, 128)).toThrow(RangeError);
});
