import { expect, test } from 'vitest';
import { writeJoinedChunks } from '../../src-main/rtmp/chunk/chunk-writer.ts';
import { writeControlNumber } from '../../src-main/rtmp/message/protocol-control.ts';
import { fourWays } from '../../src-main/rtmp/testing/four-ways.ts';
import { Histogram } from '../measure/histogram.ts';
import { makeShow } from './show-media.ts';
import { stampOffset, writeStamp } from './stamp.ts';
import { StreamGauge } from './stream-gauge.ts';
import { StreamTally, type Tally } from './stream-tally.ts';

const FRAMES = 5;
const SMALL_KBPS = 300;

/** Handshake, a larger chunk size, then frames and sound in between, numbered as `numbers` says. */
function wire(numbers: readonly number[]): Uint8Array[] {
  const { gop, audio } = makeShow(SMALL_KBPS);
  const chunkSize = { typeId: 1, timestamp: 0, streamId: 0, payload: writeControlNumber(500) };
  const sent = [new Uint8Array(3073), writeJoinedChunks(chunkSize, 2, 128)];
  numbers.forEach((sequence, n) => {
    for (const [frame, id] of [
      [gop[n], 6],
      [audio, 4],
    ] as const) {
      if (frame === undefined) continue;
      const payload = frame.payload.slice();
      writeStamp(payload, stampOffset(frame.typeId) ?? -1, { sequence, sentUs: 1_000 });
      sent.push(writeJoinedChunks({ typeId: frame.typeId, timestamp: n, streamId: 1, payload }, id, 500));
    }
  });
  return sent;
}

function tallyOf(pieces: readonly Uint8Array[]): { sums: Tally; delays: Histogram } {
  const sums: Tally = { bytes: 0, messages: 0, missing: 0, disordered: 0 };
  const delays = new Histogram();
  const tally = new StreamTally(sums, delays);
  const gauge = new StreamGauge((message) => {
    tally.message(message, 6_000);
  });
  for (const piece of pieces) gauge.push(piece);
  return { sums, delays };
}

const inOrder = Array.from({ length: FRAMES }, (_, n) => n);

test.each(fourWays(wire(inOrder)))('every message is counted once, $name', ({ pieces }) => {
  const { gop, audio } = makeShow(SMALL_KBPS);
  const bytes = gop.slice(0, FRAMES).reduce((sum, { payload }) => sum + payload.length, 0);
  const { sums, delays } = tallyOf(pieces);
  expect(sums).toEqual({
    bytes: bytes + FRAMES * audio.payload.length,
    messages: 2 * FRAMES,
    missing: 0,
    disordered: 0,
  });
  expect(delays.percentileMs(0.99)).toBeCloseTo(5, 0);
});

test('numbers that are left out are missing, numbers that come again are out of order', () => {
  expect(tallyOf(wire([7, 8, 11, 11, 10])).sums).toMatchObject({ missing: 4, disordered: 4 });
});

test('a show has the bitrate that was asked for, and a keyframe of eight times the rest', () => {
  const { gop } = makeShow(6_000);
  const sizes = gop.map(({ payload }) => payload.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect((total * 8) / 2 / 1000).toBeCloseTo(6_000, -1);
  const rest = (total - (sizes[0] ?? 0)) / (sizes.length - 1);
  expect((sizes[0] ?? 0) / rest).toBeCloseTo(8, 0);
});
