import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinBytes } from '../../bytes/join.ts';
import { lend } from '../../bytes/testing/lend.ts';
import { ProtocolError } from '../../bytes/protocol-error.ts';
import type { RtmpMessage } from '../message/message-type.ts';
import { fourWays, splitAtRandom } from '../testing/four-ways.ts';
import { ChunkReader } from './chunk-reader.ts';
import { writeChunks, writeJoinedChunks } from './chunk-writer.ts';

const MIB = 1024 * 1024;
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const filled = (length: number, first = 0): Uint8Array =>
  Uint8Array.from({ length }, (_, n) => (first + n * 7) & 0xff);
const hexOf = (length: number, first = 0): string => Buffer.from(filled(length, first)).toString('hex');

function drain(reader: ChunkReader): RtmpMessage[] {
  const messages: RtmpMessage[] = [];
  for (let message = reader.next(); message !== undefined; message = reader.next()) messages.push(message);
  return messages;
}

function readPieces(pieces: readonly Uint8Array[], maxMessageBytes = MIB): RtmpMessage[] {
  const reader = new ChunkReader(maxMessageBytes);
  const messages = pieces.flatMap((piece) =>
    lend(piece, (lent) => {
      reader.push(lent);
      return drain(reader);
    }),
  );
  expect(reader.halfReadBytes).toBe(0);
  return messages;
}

/** The messages that the hex gives, all four ways alike. */
function readFourWays(...sent: readonly string[]): RtmpMessage[] {
  const [first, ...others] = fourWays(sent.map(bytesOf)).map((way) => ({
    ...way,
    messages: readPieces(way.pieces),
  }));
  for (const other of others) expect(other.messages, other.name).toEqual(first?.messages);
  return first?.messages ?? [];
}

const brief = (message: RtmpMessage): string =>
  `${message.typeId} on ${message.streamId} at ${message.timestamp}: ${Buffer.from(message.payload).toString('hex')}`;
const briefly = (messages: readonly RtmpMessage[]): string[] => messages.map(brief);
const codeOf = (run: () => void): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
  return 'no error';
};

test('the audio example of §5.3.2.1: types 0, 2, 3, 3', () => {
  const messages = readFourWays(
    `03 0003e8 000020 08 39300000 ${hexOf(32)}`,
    `83 000014 ${hexOf(32, 1)}`,
    `c3 ${hexOf(32, 2)}`,
    `c3 ${hexOf(32, 3)}`,
  );
  expect(messages.map((m) => [m.typeId, m.streamId, m.timestamp, m.payload])).toEqual([
    [8, 12_345, 1000, filled(32)],
    [8, 12_345, 1020, filled(32, 1)],
    [8, 12_345, 1040, filled(32, 2)],
    [8, 12_345, 1060, filled(32, 3)],
  ]);
});

test('point 7: the video example of §5.3.2.2: 307 bytes in three chunks of 128', () => {
  const whole = filled(307);
  const at = (from: number, to: number): string => Buffer.from(whole.subarray(from, to)).toString('hex');
  const messages = readFourWays(
    `04 0003e8 000133 09 3a300000 ${at(0, 128)}`,
    `c4 ${at(128, 256)}`,
    `c4 ${at(256, 307)}`,
  );
  expect(messages).toEqual([{ typeId: 9, timestamp: 1000, streamId: 12_346, payload: whole }]);
});

test('points 3, 7: chunk streams interleave, with ids of one, two and three bytes', () => {
  const messages = readFourWays(
    `04 000000 000084 09 01000000 ${hexOf(128)}`,
    `00 00 000005 000082 08 01000000 ${hexOf(128, 1)}`,
    `01 0101 000007 000081 12 01000000 ${hexOf(128, 2)}`,
    'c0 00 aaaa',
    'c4 bbbbbbbb',
    'c1 0101 cc',
  );
  expect(messages.map((m) => [m.typeId, m.timestamp, m.payload.length])).toEqual([
    [8, 5, 130],
    [9, 0, 132],
    [18, 7, 129],
  ]);
  expect(messages[1]?.payload.subarray(128)).toEqual(bytesOf('bbbbbbbb'));
});

test('point 3: what goes on after a chunk of stream 64 or 65 is told by its whole id, not by its first byte', () => {
  const [b, a, c] = [filled(200, 1), filled(200, 2), filled(200, 3)].map((bytes) =>
    Buffer.from(bytes).toString('hex'),
  );
  const first = (id: string, body = ''): string => `${id} 000000 0000c8 09 01000000 ${body.slice(0, 256)}`;
  // B on 100, A on 64, C on 365; then the rest of each. 0xc0 and 0xc1 alone say how long the id is.
  const messages = readFourWays(
    first('00 24', b) + first('00 00', a),
    `c0 24 ${b?.slice(256) ?? ''} c0 00 ${a?.slice(256) ?? ''}`,
    first('01 2d 01', c) + first('00 01', a),
    `c1 2d 01 ${c?.slice(256) ?? ''} c0 01 ${a?.slice(256) ?? ''}`,
  );
  expect(messages.map(({ payload }) => Buffer.from(payload).toString('hex'))).toEqual([b, a, c, a]);
});

test('point 7: Set Chunk Size governs the next chunk, in mid-message too, and is not handed on', () => {
  const messages = readFourWays(
    `04 000000 0000c8 09 01000000 ${hexOf(128)}`,
    '02 000000 000004 01 00000000 00000028',
    `c4 ${hexOf(40, 1)}`,
    `c4 ${hexOf(32, 2)}`,
    `04 000000 000029 09 01000000 ${hexOf(40)}`,
    'c4 ee',
  );
  expect(messages.map((m) => m.payload.length)).toEqual([200, 41]);
  expect(messages[0]?.payload).toEqual(joinBytes([filled(128), filled(40, 1), filled(32, 2)]));
});

test.each([
  ['00000001', 'no error'],
  ['7fffffff', 'no error'],
  ['00000000', 'bad-chunk-size'],
  ['80000000', 'bad-chunk-size'],
  ['ffffffff', 'bad-chunk-size'],
])('point 7: Set Chunk Size %s: %s', (size, code) => {
  const reader = new ChunkReader(MIB);
  reader.push(bytesOf(`02 000000 000004 01 00000000 ${size} 04 000000 000003 09 01000000 aa`));
  expect(codeOf(() => void reader.next())).toBe(code);
});

test('a chunk size above the longest message takes that message in one chunk', () => {
  const [message] = readFourWays(
    '02 000000 000004 01 00000000 7fffffff',
    `04 000000 000400 09 01000000 ${hexOf(1024)}`,
  );
  expect(message?.payload).toEqual(filled(1024));
});

test('point 7: Abort drops the half-read message of its chunk stream and no other', () => {
  const messages = readFourWays(
    `04 000000 000084 09 01000000 ${hexOf(128)}`,
    `05 000000 000084 08 01000000 ${hexOf(128)}`,
    '02 000000 000004 02 00000000 00000004',
    'c5 01020304',
    '44 000001 000001 09 ee',
    '02 000000 000004 02 00000000 00000063',
  );
  expect(messages.map((m) => [m.typeId, m.payload.length])).toEqual([
    [8, 132],
    [9, 1],
  ]);
});

test('a new header in mid-message gives the old message up', () => {
  const reader = new ChunkReader(MIB);
  reader.push(bytesOf(`04 000000 000084 09 01000000 ${hexOf(128)}`));
  expect(reader.next()).toBeUndefined();
  expect(reader.halfReadBytes).toBe(132);
  reader.push(bytesOf('04 000064 000002 09 01000000 aabb'));
  expect(briefly(drain(reader))).toEqual(['9 on 1 at 100: aabb']);
  expect(reader.halfReadBytes).toBe(0);
});

test('point 5: type 3 starting a message repeats the delta, after type 0 its timestamp (§5.3.1.2.4)', () => {
  expect(
    readFourWays(
      '04 00000a 000001 08 01000000 01',
      'c4 02',
      'c4 03',
      '44 000005 000001 08 04',
      'c4 05',
      '84 000003 06',
      'c4 07',
    ).map((m) => m.timestamp),
  ).toEqual([10, 20, 30, 35, 40, 43, 46]);
});

test('point 5: type 3 in mid-message adds nothing', () => {
  expect(
    readFourWays(
      '04 00000a 000001 08 01000000 01',
      `44 000005 000081 08 ${hexOf(128)}`,
      'c4 ff',
      '84 000005 ' + hexOf(128),
      'c4 ff',
    ).map((m) => m.timestamp),
  ).toEqual([10, 15, 20]);
});

test('point 6: extended timestamps and deltas; the sum wraps at 2^32', () => {
  expect(
    readFourWays(
      '04 ffffff 000001 08 01000000 01000000 01',
      '84 000014 02',
      '84 ffffff feffffec 03',
      'c4 feffffec 04',
    ).map((m) => m.timestamp),
  ).toEqual([0x0100_0000, 0x0100_0014, 0, 0xfeff_ffec]);
});

test('point 6: the extended timestamp repeats on type 3 chunks, or is left out', () => {
  const start = `04 ffffff 000103 09 01000000 01000000 ${hexOf(128, 3)}`;
  const repeated = readFourWays(start, `c4 01000000 ${hexOf(128, 4)}`, 'c4 01000000 0a0b0c');
  const omitted = readFourWays(start, `c4 ${hexOf(128, 4)}`, 'c4 0a0b0c');
  expect(repeated).toHaveLength(1);
  expect(omitted).toEqual(repeated);
  expect(omitted[0]?.payload).toEqual(joinBytes([filled(128, 3), filled(128, 4), bytesOf('0a0b0c')]));
});

test('point 6: an extended timestamp left out before payload that begins like it, cut anywhere', () => {
  const rest = joinBytes([bytesOf('010000'), filled(100, 9)]);
  const tail = bytesOf('01 0a');
  const sent = [
    bytesOf(`04 ffffff 0000e7 09 01000000 01000000 ${hexOf(128)}`),
    joinBytes([Uint8Array.of(0xc4), rest]),
    bytesOf('04 ffffff 000082 09 01000000 01000000'),
    filled(128),
    joinBytes([Uint8Array.of(0xc4), tail]),
  ];
  for (const way of fourWays(sent)) {
    const messages = readPieces(way.pieces);
    expect(
      messages.map((m) => m.payload),
      way.name,
    ).toEqual([joinBytes([filled(128), rest]), joinBytes([filled(128), tail])]);
  }
});

test('messages without a body', () => {
  expect(
    briefly(
      readFourWays('04 000005 000000 08 01000000', 'c4', '44 000001 000001 08 aa', '44 000001 000000 08'),
    ),
  ).toEqual(['8 on 1 at 5: ', '8 on 1 at 10: ', '8 on 1 at 11: aa', '8 on 1 at 12: ']);
});

test('point 30: a message above the limit is refused at its header, before memory', () => {
  const reader = new ChunkReader(1000);
  reader.push(bytesOf('04 000000 0003e8 09 01000000'));
  expect(reader.next()).toBeUndefined();
  expect(reader.halfReadBytes).toBe(1000);
  const another = new ChunkReader(1000);
  another.push(bytesOf('04 000000 0003e9 09 01000000'));
  expect(codeOf(() => void another.next())).toBe('message-too-long');
  expect(another.halfReadBytes).toBe(0);
});

test('half-read messages of all chunk streams together stay under 16 MiB', () => {
  const reader = new ChunkReader(8 * MIB);
  // 8 MiB on three chunk streams: the third is one too many.
  for (const id of ['04', '05']) {
    reader.push(bytesOf(`${id} 000000 800000 09 01000000 ${hexOf(128)}`));
    expect(reader.next()).toBeUndefined();
  }
  reader.push(bytesOf('06 000000 000001 09 01000000'));
  expect(codeOf(() => void reader.next())).toBe('too-many-half-read-bytes');
  expect(reader.halfReadBytes).toBe(16 * MIB);
});

test('64 chunk streams and no more', () => {
  const reader = new ChunkReader(1000);
  for (let id = 0; id < 64; id++) {
    reader.push(joinBytes([Uint8Array.of(0, id), bytesOf('000000 000000 08 01000000')]));
    expect(drain(reader)).toHaveLength(1);
  }
  reader.push(bytesOf('00 40 000000 000000 08 01000000'));
  expect(codeOf(() => void reader.next())).toBe('too-many-chunk-streams');
});

test('bytes pushed while nobody reads are held up to 1 MiB, and read in order', () => {
  const reader = new ChunkReader(MIB);
  const message = bytesOf('04 000000 000001 08 01000000 aa');
  reader.push(joinBytes([message, message]));
  expect(reader.next()).toBeDefined();
  for (let n = 0; n < 1000; n++) for (const byte of message) reader.push(Uint8Array.of(byte));
  expect(drain(reader)).toHaveLength(1001);

  reader.push(joinBytes([message, message]));
  expect(reader.next()).toBeDefined();
  expect(codeOf(() => reader.push(new Uint8Array(MIB)))).toBe('too-many-held-bytes');
});

test('one push may be of any size as long as it is read', () => {
  const payload = filled(60_000);
  const messages = Array.from({ length: 40 }, () =>
    writeJoinedChunks({ typeId: 9, timestamp: 1, streamId: 1, payload }, 6, 128),
  );
  expect(readPieces([joinBytes(messages)])).toHaveLength(40);
});

test('a payload is a copy: the received bytes may be used again', () => {
  const bytes = bytesOf('04 000000 000002 08 01000000 0102');
  const [message] = readPieces([bytes]);
  bytes.fill(0xff);
  expect(message?.payload).toEqual(bytesOf('0102'));
});

test('any bytes give messages, undefined or ProtocolError, and memory stays within its limits', () => {
  // Short lengths and few chunk streams, so that the fuzz gets behind the first header.
  const header = fc
    .tuple(
      fc.constantFrom(0, 0x40, 0x80, 0xc0),
      fc.constantFrom(0, 1, 2, 3, 4, 5),
      fc.uint8Array({ maxLength: 14 }),
    )
    .map(([type, id, rest]) =>
      joinBytes([Uint8Array.of(type | id), rest.map((b, n) => (n === 3 || n === 4 ? 0 : b))]),
    );
  const piece = fc.oneof(header, fc.uint8Array({ maxLength: 300 }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const reader = new ChunkReader(70_000);
      try {
        for (const bytes of pieces) {
          reader.push(bytes);
          for (const message of drain(reader)) expect(message.payload.length).toBeLessThanOrEqual(70_000);
          expect(reader.halfReadBytes).toBeLessThanOrEqual(16 * MIB);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('any bytes give the same messages however they are cut', () => {
  const outcome = (pieces: readonly Uint8Array[]): unknown => {
    const reader = new ChunkReader(1000);
    const messages: string[] = [];
    try {
      for (const piece of pieces) {
        reader.push(piece);
        for (let m = reader.next(); m !== undefined; m = reader.next()) messages.push(brief(m));
      }
    } catch (error) {
      return { messages, code: (error as ProtocolError).code };
    }
    return { messages };
  };
  const piece = fc.oneof(
    fc.constantFrom(
      bytesOf('04 ffffff 000084 09 01000000 01000000'),
      bytesOf('c4 01000000'),
      bytesOf('c4 010000'),
      bytesOf('44 000001 000002 08 0102'),
      bytesOf('02 000000 000004 01 00000000 00000003'),
    ),
    fc.uint8Array({ maxLength: 140 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.integer(), (pieces, seed) => {
      const bytes = joinBytes(pieces);
      const whole = outcome([bytes]);
      expect(outcome(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
      expect(outcome(splitAtRandom(bytes, seed))).toEqual(whole);
    }),
    { numRuns: 1_000 },
  );
});

test('what the writer writes, the reader reads: any size, time and chunk size', () => {
  const timestamp = fc.oneof(
    fc.integer({ min: 0, max: 0xffff_ffff }),
    fc.constantFrom(0xff_fffe, 0xff_ffff, 0x100_0000, 0xffff_ffff),
  );
  const message = fc.record({
    typeId: fc.constantFrom(8, 9, 18, 20),
    timestamp,
    streamId: fc.integer({ min: 0, max: 0xffff_ffff }),
    payload: fc.integer({ min: 0, max: 700 }).map((length) => filled(length, length)),
  });
  const one = fc.tuple(message, fc.integer({ min: 3, max: 63 }));
  fc.assert(
    fc.property(
      fc.array(one, { maxLength: 8 }),
      fc.integer({ min: 1, max: 300 }),
      fc.integer(),
      (all, size, seed) => {
        const setSize = joinBytes([
          bytesOf('02 000000 000004 01 00000000 0000'),
          Uint8Array.of(size >> 8, size),
        ]);
        const sent = [setSize, ...all.flatMap(([m, id]) => writeChunks(m, id, size))];
        for (const way of fourWays(sent, seed)) {
          expect(readPieces(way.pieces), way.name).toEqual(all.map(([m]) => m));
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('what is left unread of lent bytes is kept when asked to', () => {
  const reader = new ChunkReader(MIB);
  const lent = joinBytes([
    bytesOf('04 000000 000001 08 01000000 aa'),
    bytesOf('04 000000 000002 09 01000000 bbcc 04'),
  ]);
  reader.push(lent);
  expect(reader.next()?.payload).toEqual(bytesOf('aa'));
  reader.keep();
  lent.fill(0xdb);
  expect(reader.next()?.payload).toEqual(bytesOf('bbcc'));
  reader.push(bytesOf('000000 000001 08 01000000 dd'));
  expect(reader.next()?.payload).toEqual(bytesOf('dd'));
});
