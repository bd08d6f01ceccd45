import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classifyMedia } from '../flv/classify.ts';
import { aacHeader, avcHeader, keyframe } from '../hub/testing/stream-messages.ts';
import type { HeldHeader, HeldMessage, LineEntry, Marker } from './line-entry.ts';
import { decodeSegment, encodeSegment } from './segment-bytes.ts';

const header = (typeId: number, payload: Uint8Array): HeldHeader => ({
  typeId,
  timeMs: 3.5e12,
  payload,
  media: classifyMedia(typeId, payload),
});
const message = (atMs: number, payload: Uint8Array, isStart: boolean): HeldMessage => ({
  ...header(9, payload),
  type: 'message',
  atMs,
  isStart,
});
const began: Marker = { type: 'began', atMs: 2, headers: [header(9, avcHeader())] };
const ended: Marker = { type: 'ended', atMs: 9 };
const headers = [header(9, avcHeader(3)), header(8, aacHeader())];
const entries: LineEntry[] = [
  message(1.25, keyframe(40, 1), true),
  ended,
  began,
  message(3, new Uint8Array(0), false),
];

test('a segment comes back as it was, its payloads parts of one array', () => {
  const bytes = encodeSegment({ headers, entries });
  const contents = decodeSegment(bytes, [ended, began]);
  expect(contents).toEqual({ headers, entries });
  expect(contents.headers.every(({ payload }) => payload.buffer === bytes.buffer)).toBe(true);
  expect(contents.entries[2]).toBe(began);
});

test('bytes that do not add up are an error, never a part of a segment', () => {
  const bytes = encodeSegment({ headers, entries });
  for (let length = 0; length < bytes.length; length++)
    expect(() => decodeSegment(bytes.subarray(0, length), [ended, began])).toThrow();
  expect(() => decodeSegment(bytes, [ended])).toThrow();
  expect(() => decodeSegment(bytes, [ended, began, ended])).toThrow();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
      expect(() => decodeSegment(noise, [ended])).toThrow();
    }),
    { seed: 1, numRuns: 500 },
  );
});
