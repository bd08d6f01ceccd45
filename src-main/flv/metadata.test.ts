import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amfNumber, ecmaArray } from '../amf/amf-value.ts';
import { encodeAmf0 } from '../amf/amf0-write.ts';
import { ProtocolError } from '../bytes/protocol-error.ts';
import { addSetDataFrame, dataMessageName, readDataMessage, stripSetDataFrame } from './metadata.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

const SET_DATA_FRAME = '02 000d 40736574446174614672616d65';
const ON_META_DATA = '02 000a 6f6e4d65746144617461';
// A number with bytes that no writer of ours makes (a NaN of its own), and no end marker.
const VALUES = '08 00000002 0005 7769647468 00 409e000000000000 0001 78 00 7ff8000000000001';

test.each([
  ['type 18', '', ''],
  ['type 15', '00 ', ''],
])('%s: wrapped and bare read alike, and turn into each other byte for byte', (_, format) => {
  const bare = bytesOf(`${format}${ON_META_DATA} ${VALUES}`);
  const wrapped = bytesOf(`${format}${SET_DATA_FRAME} ${ON_META_DATA} ${VALUES}`);
  for (const payload of [bare, wrapped]) {
    const { name, values, isSetDataFrame } = readDataMessage(payload);
    expect([name, amfNumber(values[0], 'width'), isSetDataFrame]).toEqual([
      'onMetaData',
      1920,
      payload === wrapped,
    ]);
    expect(dataMessageName(payload)).toBe('onMetaData');
  }
  expect(stripSetDataFrame(wrapped)).toEqual(bare);
  expect(addSetDataFrame(bare)).toEqual(wrapped);
  expect(stripSetDataFrame(bare)).toBe(bare);
  expect(addSetDataFrame(wrapped)).toBe(wrapped);
});

test('a name in AMF3 behind the avmplus marker is a name too', () => {
  const payload = bytesOf('00 11 06 1b 40736574446174614672616d65 11 06 15 6f6e4d65746144617461 05');
  expect(readDataMessage(payload)).toEqual({ name: 'onMetaData', values: [null], isSetDataFrame: true });
  expect(stripSetDataFrame(payload)).toEqual(bytesOf('00 11 06 15 6f6e4d65746144617461 05'));
});

test('values of any number follow the name', () => {
  expect(readDataMessage(encodeAmf0('onTextData', 1, 'a'))).toMatchObject({
    name: 'onTextData',
    values: [1, 'a'],
  });
  expect(readDataMessage(encodeAmf0('@setDataFrame', 'onMetaData', ecmaArray({})))).toMatchObject({
    values: [{}],
  });
});

test.each([
  ['no bytes', ''],
  ['a number first', '00 00 3ff0000000000000'],
  ['nothing behind @setDataFrame', SET_DATA_FRAME],
])('%s: no name', (_, hex) => {
  expect(() => readDataMessage(bytesOf(hex))).toThrow(expect.objectContaining({ code: 'flv-no-data-name' }));
  expect(dataMessageName(bytesOf(hex))).toBeUndefined();
});

test('any bytes: reading gives a message or ProtocolError; stripping and adding never throw', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('', '00', SET_DATA_FRAME, ON_META_DATA, '0011'),
      fc.uint8Array({ maxLength: 40 }),
      (hex, rest) => {
        const payload = Uint8Array.from([...bytesOf(hex), ...rest]);
        expect(dataMessageName(addSetDataFrame(payload))).toBe(
          dataMessageName(stripSetDataFrame(addSetDataFrame(payload))),
        );
        expect(stripSetDataFrame(payload).length).toBeLessThanOrEqual(payload.length);
        try {
          readDataMessage(payload);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});
