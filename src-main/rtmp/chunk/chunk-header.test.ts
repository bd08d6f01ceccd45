import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { readChunkHeader, type ChunkHeader } from './chunk-header.ts';

const nothing = (): undefined => undefined;
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const LAST: ChunkHeader = {
  chunkType: 0,
  chunkStreamId: 4,
  timestampField: 500,
  messageLength: 77,
  messageTypeId: 9,
  messageStreamId: 3,
  extended: false,
  byteLength: 12,
};
const last = (): ChunkHeader => LAST;

test.each([
  [
    'type 0',
    '04 0003e8 000020 08 01000000',
    {
      chunkType: 0,
      chunkStreamId: 4,
      timestampField: 1000,
      messageLength: 32,
      messageTypeId: 8,
      messageStreamId: 1,
    },
  ],
  [
    'point 4: message stream ID, little-endian',
    '04 000000 000000 08 01020304',
    { messageStreamId: 0x0403_0201, messageLength: 0, extended: false },
  ],
  ['point 4: message stream ID of 32 bits', '04 000000 000000 08 ffffffff', { messageStreamId: 0xffff_ffff }],
  ['point 4: longest message', '04 000000 ffffff 08 00000000', { messageLength: 0xff_ffff }],
  [
    'point 6: largest plain timestamp',
    '04 fffffe 000020 09 01000000',
    { timestampField: 0xff_fffe, extended: false },
  ],
  [
    'point 6: extended timestamp',
    '04 ffffff 000020 09 01000000 01000000',
    { timestampField: 0x0100_0000, extended: true },
  ],
  [
    'point 6: extended timestamp of 0xFFFFFF',
    '04 ffffff 000020 09 01000000 00ffffff',
    { timestampField: 0xff_ffff },
  ],
  [
    'point 6: extended timestamp, top bit',
    '04 ffffff 000020 09 01000000 ffffffff',
    { timestampField: 0xffff_ffff },
  ],
  ['point 3: chunk stream 63, one byte', '3f 000000 000001 14 00000000', { chunkStreamId: 63 }],
  ['point 3: chunk stream 64, two bytes', '00 00 000000 000001 14 00000000', { chunkStreamId: 64 }],
  ['point 3: chunk stream 319, two bytes', '00 ff 000000 000001 14 00000000', { chunkStreamId: 319 }],
  ['point 3: chunk stream 365 (§5.3.1.1)', '01 2d01 000000 000001 14 00000000', { chunkStreamId: 365 }],
  [
    'point 3: chunk stream 65599, three bytes',
    '01 ffff 000000 000001 14 00000000',
    { chunkStreamId: 65_599 },
  ],
  [
    'type 1 first, as librtmp does on 2',
    '42 000000 000006 04',
    { chunkStreamId: 2, messageLength: 6, messageStreamId: 0 },
  ],
])('%s: read when whole, not before', (_, hex, expected) => {
  const bytes = bytesOf(hex);
  for (let n = 0; n < bytes.length; n++) {
    expect(readChunkHeader(bytes.subarray(0, n), 0, nothing)).toBeUndefined();
  }
  expect(readChunkHeader(bytes, 0, nothing)).toMatchObject({ ...expected, byteLength: bytes.length });
});

test.each([
  [
    'point 4: type 1 keeps the stream',
    '44 000014 000020 08',
    { timestampField: 20, messageLength: 32, messageTypeId: 8, messageStreamId: 3 },
  ],
  [
    'point 4: type 2 keeps length and type',
    '84 000015',
    { timestampField: 21, messageLength: 77, messageTypeId: 9, messageStreamId: 3 },
  ],
  ['type 3 keeps all', 'c4', { ...LAST, chunkType: 3, byteLength: 1 }],
  ['type 1, extended delta', '44 ffffff 000020 08 01000001', { timestampField: 0x0100_0001, extended: true }],
  ['type 2, extended delta', '84 ffffff 01000001', { timestampField: 0x0100_0001, extended: true }],
  ['type 3 in two bytes', 'c0 05', { chunkStreamId: 69 }],
  ['type 3 in three bytes', 'c1 0500', { chunkStreamId: 69 }],
])('%s', (_, hex, expected) => {
  const bytes = bytesOf(hex);
  for (let n = 0; n < bytes.length; n++) {
    expect(readChunkHeader(bytes.subarray(0, n), 0, last)).toBeUndefined();
  }
  expect(readChunkHeader(bytes, 0, last)).toMatchObject({ ...expected, byteLength: bytes.length });
});

test('a header in the middle of the bytes', () => {
  const bytes = bytesOf('aaaaaa 04 0003e8 000020 08 01000000 bbbb');
  expect(readChunkHeader(bytes, 3, nothing)).toMatchObject({ timestampField: 1000, byteLength: 12 });
});

test.each(['84', 'c4'])('%s: type 2 or 3 first on a chunk stream is refused', (hex) => {
  expect(() => readChunkHeader(bytesOf(`${hex} 000000 000001 08`), 0, nothing)).toThrow(
    expect.objectContaining({ code: 'chunk-stream-not-started' }),
  );
});

test('point 6: type 3 repeats the extended timestamp', () => {
  const extended = { ...LAST, timestampField: 0x0100_0000, extended: true };
  const bytes = bytesOf('c4 01000000 aabb');
  for (let n = 0; n < 5; n++) {
    expect(readChunkHeader(bytes.subarray(0, n), 0, () => extended)).toBeUndefined();
  }
  expect(readChunkHeader(bytes, 0, () => extended)).toMatchObject({
    timestampField: 0x0100_0000,
    byteLength: 5,
  });
});

test('point 6: type 3 without the extended timestamp (obs-studio#10097): the first other byte tells', () => {
  const extended = { ...LAST, timestampField: 0x0100_0000, extended: true };
  expect(readChunkHeader(bytesOf('c4 17'), 0, () => extended)).toMatchObject({
    timestampField: 0x0100_0000,
    extended: true,
    byteLength: 1,
  });
  expect(readChunkHeader(bytesOf('c4 010000'), 0, () => extended)).toBeUndefined();
  expect(readChunkHeader(bytesOf('c4 010017'), 0, () => extended)).toMatchObject({ byteLength: 1 });
  expect(readChunkHeader(bytesOf('c4 01000001'), 0, () => extended)).toMatchObject({ byteLength: 1 });
});

test('any bytes give a header within them, undefined or ProtocolError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), fc.boolean(), (bytes, known) => {
      try {
        const header = readChunkHeader(bytes, 0, known ? last : nothing);
        expect(header?.byteLength ?? 0).toBeLessThanOrEqual(bytes.length);
        if (header !== undefined) expect(header.chunkStreamId).toBeGreaterThanOrEqual(2);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }),
    { numRuns: 2_000 },
  );
});
