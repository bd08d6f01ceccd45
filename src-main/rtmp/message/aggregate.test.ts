import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { splitAggregate } from './aggregate.ts';
import { dataAsAmf0 } from './data-message.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const aggregate = (hex: string, timestamp = 1000) => ({
  typeId: 22,
  timestamp,
  streamId: 1,
  payload: bytesOf(hex),
});

test('point 10: parts keep their distance from the first, which gets the time of the whole', () => {
  const parts = splitAggregate(
    aggregate(
      '08 000002 000064 00 000000 af01 0000000d  09 000001 000078 00 000000 17 0000000c  12 000000 00008c 00 000000',
    ),
  );
  expect(parts).toEqual([
    { typeId: 8, timestamp: 1000, streamId: 1, payload: bytesOf('af01') },
    { typeId: 9, timestamp: 1020, streamId: 1, payload: bytesOf('17') },
    { typeId: 18, timestamp: 1040, streamId: 1, payload: bytesOf('') },
  ]);
});

test('point 10: the fourth byte of a time is its highest; the sum wraps', () => {
  const parts = splitAggregate(
    aggregate('08 000000 ffffff 00 000000 0000000b 08 000000 000009 01 000000 0000000b', 0xffff_fffe),
  );
  expect(parts.map((part) => part.timestamp)).toEqual([0xffff_fffe, 8]);
});

test.each(['08', '08 000002 000000 00 000000 af', '08 ffffff 000000 00 000000'])('%s: cut off', (hex) => {
  expect(() => splitAggregate(aggregate(hex))).toThrow(expect.objectContaining({ code: 'bad-aggregate' }));
});

test('any bytes give parts within them or ProtocolError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (payload) => {
      try {
        const parts = splitAggregate({ typeId: 22, timestamp: 5, streamId: 1, payload });
        expect(parts.reduce((sum, part) => sum + part.payload.length, 0)).toBeLessThanOrEqual(payload.length);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }),
  );
});

test('point 11: data of type 15 becomes type 18 without its format byte', () => {
  const message = { typeId: 15, timestamp: 7, streamId: 1, payload: bytesOf('00 02 0001 61') };
  expect(dataAsAmf0(message)).toEqual({
    typeId: 18,
    timestamp: 7,
    streamId: 1,
    payload: bytesOf('02 0001 61'),
  });
  expect(dataAsAmf0({ ...message, payload: bytesOf('02 0001 61') }).payload).toEqual(bytesOf('02 0001 61'));
});
