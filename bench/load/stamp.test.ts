import { expect, test } from 'vitest';
import { readStamp, STAMPED_HEAD_BYTES, stampOffset, writeStamp } from './stamp.ts';

test.each([8, 9])('what is written into a message of type %i is read from its first bytes', (typeId) => {
  const payload = new Uint8Array(200);
  const stamp = { sequence: 2 ** 35 - 1, sentUs: 9_007_199_254_740_991 };
  writeStamp(payload, stampOffset(typeId) ?? -1, stamp);
  expect(readStamp(typeId, payload.subarray(0, STAMPED_HEAD_BYTES))).toEqual(stamp);
});

test('what has no stamp has none: headers, short messages, data', () => {
  expect(readStamp(9, new Uint8Array(STAMPED_HEAD_BYTES))).toBeUndefined();
  expect(readStamp(9, new Uint8Array(20).fill(0xd2))).toBeUndefined();
  expect(readStamp(18, new Uint8Array(STAMPED_HEAD_BYTES).fill(0xd2))).toBeUndefined();
});

test('a stamp forms no start code', () => {
  const payload = new Uint8Array(60);
  const offset = stampOffset(9) ?? -1;
  writeStamp(payload, offset, { sequence: 0, sentUs: 0 });
  expect(payload.subarray(offset, offset + 15).every((byte) => byte >= 0x80)).toBe(true);
});
