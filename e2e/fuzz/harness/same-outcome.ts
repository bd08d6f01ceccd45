/**
 * The same bytes four ways, the same outcome.
 * @module
 */
import { isDeepStrictEqual, inspect } from 'node:util';
import { ChunkReader } from '../../../src-main/rtmp/chunk/chunk-reader.ts';
import { writeJoinedChunks } from '../../../src-main/rtmp/chunk/chunk-writer.ts';
import { fourWays, splitEvenly } from '../../../src-main/rtmp/testing/four-ways.ts';
import { outcomeOf, type Outcome } from './fuzz-reader.ts';

/** Pieces as a network would cut them. */
const SEGMENT_BYTES = 1_460;

/**
 * Feeds a stream reader the bytes in segments, byte by byte, whole and split at random, and expects the same outcome.
 * @param read Reads the pieces with a reader of its own; what it gives must not depend on the cuts.
 */
export function expectSameFourWays(
  bytes: Uint8Array,
  read: (pieces: readonly Uint8Array[]) => unknown,
): void {
  const [first, ...others] = fourWays(splitEvenly(bytes, SEGMENT_BYTES), bytes.length + 1);
  if (first === undefined) return;
  const expected = read(first.pieces);
  for (const way of others) expectSame(way.name, read(way.pieces), expected);
}

/**
 * Reads a whole body: from bytes of their own, from the middle of other bytes, and as the payload of a message that
 * went through chunks four ways. What lies around a body must not show in what is read from it.
 */
export function expectSameBody(bytes: Uint8Array, read: (body: Uint8Array) => unknown): Outcome {
  const expected = outcomeOf(() => read(bytes));
  const around = new Uint8Array(bytes.length + 64).fill(0xff);
  around.set(bytes, 32);
  const within = around.subarray(32, 32 + bytes.length);
  expectSame(
    'within other bytes',
    outcomeOf(() => read(within)),
    expected,
  );
  const wire = writeJoinedChunks({ typeId: 9, timestamp: 0, streamId: 1, payload: bytes }, 4, 128);
  expectSameFourWays(wire, (pieces) => {
    const reader = new ChunkReader(0xff_ffff);
    const outcomes: Outcome[] = [];
    for (const piece of pieces) {
      reader.push(piece);
      for (let message = reader.next(); message !== undefined; message = reader.next()) {
        const { payload } = message;
        outcomes.push(outcomeOf(() => read(payload)));
      }
    }
    expectSame('through chunks', outcomes, [expected]);
    return outcomes;
  });
  return expected;
}

function expectSame(way: string, got: unknown, expected: unknown): void {
  if (isDeepStrictEqual(got, expected)) return;
  const shown = (value: unknown): string => inspect(value, { depth: 6 }).slice(0, 1_000);
  throw new Error(`another outcome ${way}: ${shown(got)}\nin place of ${shown(expected)}`);
}

/** Fails with the words unless the promise holds. */
export function promise(holds: boolean, words: string): void {
  if (!holds) throw new Error(words);
}
