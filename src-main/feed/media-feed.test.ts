import { expect, test } from 'vitest';
import { Stream } from '../hub/stream.ts';
import {
  aacHeader,
  audio,
  avcHeader,
  inter,
  keyframe,
  message,
  metadata,
} from '../hub/testing/stream-messages.ts';
import { MemoryLine } from '../net/testing/memory-transport.ts';
import { ChunkReader } from '../rtmp/chunk/chunk-reader.ts';
import type { RtmpMessage } from '../rtmp/message/message-type.ts';
import { writeControlNumber } from '../rtmp/message/protocol-control.ts';
import { writeJoinedChunks } from '../rtmp/chunk/chunk-writer.ts';
import { dataMessageName, readDataMessage } from '../flv/metadata.ts';
import { MediaFeed } from './media-feed.ts';
import type { FeedRole } from './wire.ts';

const AUDIO = 8;
const VIDEO = 9;
const DATA = 18;
const FULL = 256 * 1024;

function feedOf(
  stream: Stream,
  { role = 'publish', streamId = 1 }: { role?: FeedRole; streamId?: number } = {},
) {
  const line = new MemoryLine();
  const received: RtmpMessage[] = [];
  const reader = new ChunkReader(0xff_ffff);
  // As the set-up of a session says it.
  reader.push(
    writeJoinedChunks({ typeId: 1, timestamp: 0, streamId: 0, payload: writeControlNumber(60_000) }, 2, 128),
  );
  reader.next();
  line.far.listen({
    bytes: (bytes) => {
      reader.push(bytes);
      for (let next = reader.next(); next !== undefined; next = reader.next()) received.push(next);
    },
    drained: () => undefined,
    closed: () => undefined,
  });
  let ended = 0;
  const feed = new MediaFeed({
    stream,
    transport: line.near,
    streamId,
    role,
    onEnded: () => {
      ended++;
    },
  });
  line.near.listen({ bytes: () => undefined, drained: feed.drained, closed: () => undefined });
  return { line, feed, received, ended: () => ended };
}

function started(stream = new Stream()): Stream {
  stream.begin();
  stream.publish(DATA, 0, metadata({ width: 1280 }), 0);
  stream.publish(VIDEO, 0, avcHeader(), 0);
  stream.publish(AUDIO, 0, aacHeader(), 0);
  stream.publish(VIDEO, 0, keyframe(70_000), 0);
  stream.publish(AUDIO, 10, audio(), 10);
  return stream;
}

const typesOf = (messages: readonly RtmpMessage[]): string[] =>
  messages.map(({ typeId, timestamp }) => `${typeId}@${timestamp}`);

test('media arrive byte for byte, with the time of the stream, on the stream ID of the peer', () => {
  const { line, feed, received } = feedOf(started(), { streamId: 3 });
  feed.start();
  line.flush();
  expect(typesOf(received)).toEqual(['18@0', '9@0', '8@0', '9@0', '8@10']);
  expect(received.map(({ streamId }) => streamId)).toEqual([3, 3, 3, 3, 3]);
  expect(received[3]?.payload).toEqual(keyframe(70_000));
  expect(feed.counts).toEqual({ videoMessages: 2, audioMessages: 2, lastMs: 10, audioMs: 10, videoMs: 0 });
});

test('all readers send the very same arrays: a message is put into chunks once', () => {
  const stream = started();
  const feeds = [feedOf(stream), feedOf(stream, { role: 'play' }), feedOf(stream)];
  for (const { feed } of feeds) feed.start();
  stream.publish(VIDEO, 100, inter(130_000), 100);
  const lastWrites = feeds.map(({ line }) => line.near.writes.at(-1));
  expect(lastWrites[0]).toHaveLength(6);
  expect(lastWrites[1]).toBe(lastWrites[0]);
  expect(lastWrites[2]).toBe(lastWrites[0]);
  // Another stream ID is another header; the payload is still shared.
  const other = feedOf(stream, { streamId: 5 });
  other.feed.start();
  const payload = lastWrites[0]?.[1];
  expect(other.line.near.written.some((piece) => piece.buffer === payload?.buffer)).toBe(true);
});

test.each([
  ['publish', true],
  ['play', false],
] as const)('metadata for %s: @setDataFrame %s', (role, wrapped) => {
  for (const payload of [metadata({ width: 1280 }), readUnwrapped(metadata({ width: 1280 }))]) {
    const stream = new Stream();
    const { line, feed, received } = feedOf(stream, { role });
    feed.start();
    stream.begin();
    stream.publish(DATA, 0, payload, 0);
    line.flush();
    const sent = received[0]?.payload ?? new Uint8Array(0);
    expect([readDataMessage(sent).isSetDataFrame, dataMessageName(sent)]).toEqual([wrapped, 'onMetaData']);
    expect(readDataMessage(sent).values).toEqual(readDataMessage(payload).values);
  }
});

function readUnwrapped(payload: Uint8Array): Uint8Array {
  const isSame = (at: number): boolean => payload[at] === 2 && payload[at + 3] === 'o'.charCodeAt(0);
  let at = 0;
  while (!isSame(at)) at++;
  return payload.subarray(at);
}

test('a full line: the feed waits with what it has, and goes on when the line is empty', () => {
  const stream = started();
  const { line, feed, received } = feedOf(stream);
  feed.start();
  line.near.stalled = true;
  for (let n = 1; n <= 10; n++) stream.publish(VIDEO, n * 33, inter(50_000), n * 33);
  // The message that fills it is the last; chunk headers come on top.
  expect(line.near.backlogBytes()).toBeGreaterThanOrEqual(FULL);
  expect(line.near.backlogBytes()).toBeLessThan(FULL + 60_000);
  expect(feed.queue.isEmpty).toBe(false);
  const waiting = feed.queue.queuedBytes;
  stream.publish(VIDEO, 400, inter(10), 400);
  expect(feed.queue.queuedBytes).toBe(waiting + 10);
  line.near.stalled = false;
  line.flush();
  expect([feed.queue.isEmpty, received.length, feed.queue.droppedFrames]).toEqual([true, 16, 0]);
});

test('another reader does not notice a stalled one', () => {
  const stream = started();
  const slow = feedOf(stream);
  const fast = feedOf(stream);
  slow.feed.start();
  fast.feed.start();
  slow.line.near.stalled = true;
  for (let at = 100; at <= 20_000; at += 100) {
    stream.publish(VIDEO, at, at % 2_000 === 0 ? keyframe(9_000) : inter(9_000), at);
    slow.line.flush();
    fast.line.flush();
  }
  expect([fast.received.length, fast.feed.queue.droppedFrames, fast.feed.queue.overflows]).toEqual([
    205, 0, 0,
  ]);
  expect(slow.feed.queue.droppedFrames).toBeGreaterThan(100);
  slow.line.near.stalled = false;
  slow.line.flush();
  const times = slow.received.filter(({ typeId }) => typeId === VIDEO);
  const gap = times.findIndex(({ timestamp }, n) => timestamp - (times[n - 1]?.timestamp ?? timestamp) > 100);
  expect(times[gap]?.payload[0]).toBe(0x17);
  expect(times.at(-1)?.timestamp).toBe(20_000);
});

test('a paused player gets nothing, and starts again at the newest GOP', () => {
  const stream = started();
  const { line, feed, received } = feedOf(stream, { role: 'play' });
  feed.start();
  line.flush();
  received.length = 0;
  feed.setPaused(true);
  feed.setPaused(true);
  stream.publish(VIDEO, 1_000, keyframe(), 1_000);
  stream.publish(VIDEO, 1_033, inter(), 1_033);
  line.flush();
  expect([received, stream.readerCount]).toEqual([[], 0]);
  feed.setPaused(false);
  line.flush();
  expect(typesOf(received)).toEqual(['18@0', '9@1000', '8@10', '9@1000', '9@1033']);
});

test('a player that pauses before it has started stays paused (root cause: start did not ask)', () => {
  const stream = started();
  const { line, feed, received } = feedOf(stream, { role: 'play' });
  feed.setPaused(true);
  feed.start();
  line.flush();
  expect([received, stream.readerCount]).toEqual([[], 0]);
  feed.setPaused(false);
  line.flush();
  expect(received).toHaveLength(5);
});

function stopping(stream: Stream) {
  const made = feedOf(stream);
  let stopped = 0;
  made.feed.start();
  const stopAtKeyframe = (): void => {
    made.feed.stopAtKeyframe(() => {
      stopped++;
      made.feed.stop();
    });
  };
  return { ...made, stopAtKeyframe, stopped: () => stopped };
}

test('stopAtKeyframe: all before the next keyframe goes out, nothing of it or behind it, and it is told once', () => {
  const stream = started();
  const { line, received, stopAtKeyframe, stopped } = stopping(stream);
  stopAtKeyframe();
  const next = feedOf(stream);
  next.feed.start(stream.lastMs);
  stream.publish(VIDEO, 40, inter(), 40);
  stream.publish(AUDIO, 50, audio(), 50);
  expect(stopped()).toBe(0);
  stream.publish(VIDEO, 80, keyframe(), 80);
  stream.publish(AUDIO, 70, audio(), 90);
  stream.publish(VIDEO, 120, keyframe(), 120);
  line.flush();
  next.line.flush();
  expect([stopped(), stream.readerCount]).toEqual([1, 1]);
  expect(typesOf(received).slice(5)).toEqual(['9@40', '8@50']);
  // Headers stand where the last of their type was.
  expect(typesOf(next.received)).toEqual(['18@0', '9@0', '8@10', '9@80', '8@70', '9@120']);
});

test('stopAtKeyframe on a full line: told once what waits has gone out; a keyframe that waits already is no reason (root cause: it was)', () => {
  const stream = started();
  const { line, feed, received, stopAtKeyframe, stopped } = stopping(stream);
  line.flush();
  line.near.stalled = true;
  line.near.pretendedBacklogBytes = FULL;
  stream.publish(VIDEO, 40, keyframe(), 40);
  stopAtKeyframe();
  stream.publish(VIDEO, 80, inter(), 80);
  stream.publish(VIDEO, 120, keyframe(), 120);
  stream.publish(VIDEO, 160, inter(), 160);
  expect([stopped(), feed.queue.isEmpty]).toEqual([0, false]);
  line.near.stalled = false;
  line.near.pretendedBacklogBytes = 0;
  feed.drained();
  line.flush();
  expect([stopped(), typesOf(received).slice(5)]).toEqual([1, ['9@40', '9@80']]);
});

test('goOn: the keyframe is sent after all; too late once it has come', () => {
  const stream = started();
  const { line, feed, received, stopAtKeyframe, stopped } = stopping(stream);
  expect(feed.goOn()).toBe(false);
  stopAtKeyframe();
  expect(feed.goOn()).toBe(true);
  stream.publish(VIDEO, 40, keyframe(), 40);
  stopAtKeyframe();
  stream.publish(VIDEO, 80, keyframe(), 80);
  line.flush();
  expect([feed.goOn(), stopped(), typesOf(received).slice(5)]).toEqual([false, 1, ['9@40']]);
});

test('stopAtKeyframe where there is no picture: at the next sound; in the first two seconds at a keyframe only', () => {
  const stream = new Stream();
  stream.begin();
  const { line, received, stopAtKeyframe, stopped } = stopping(stream);
  stream.publish(AUDIO, 0, aacHeader(), 0);
  for (let ms = 0; ms <= 2_500; ms += 500) stream.publish(AUDIO, ms, audio(), ms);
  stopAtKeyframe();
  stream.publish(DATA, 2_600, metadata(), 2_600);
  expect(stopped()).toBe(0);
  stream.publish(AUDIO, 3_000, audio(), 3_000);
  line.flush();
  expect([stopped(), typesOf(received)]).toEqual([1, ['8@0', '8@2500', '18@0']]);
});

test('stopped before its keyframe comes: nothing is told then', () => {
  const stream = started();
  const { feed, stopAtKeyframe, stopped } = stopping(stream);
  stopAtKeyframe();
  feed.stop();
  stream.publish(VIDEO, 40, keyframe(), 40);
  feed.drained();
  expect(stopped()).toBe(0);
});

test('stop: nothing more is sent, and the end of the stream is nobody’s affair any more', () => {
  const stream = started();
  const { line, feed, received, ended } = feedOf(stream);
  feed.start();
  line.flush();
  feed.stop();
  stream.publish(VIDEO, 100, inter(), 100);
  stream.end();
  line.flush();
  expect([received.length, ended(), feed.queue.isEmpty]).toEqual([5, 0, true]);
});

test('the end of the stream is told', () => {
  const stream = started();
  const { feed, ended } = feedOf(stream);
  feed.start();
  stream.end();
  expect(ended()).toBe(1);
});

test('timestamps past 24 and 32 bits are on the wire what they are modulo 2^32', () => {
  const stream = new Stream();
  const { line, feed, received } = feedOf(stream);
  feed.start();
  stream.begin();
  stream.publish(VIDEO, 0, keyframe(), 0);
  const long = 2 ** 32 + 5_000;
  stream.publish(VIDEO, 0x7fff_ffff, inter(), 0x7fff_ffff);
  stream.publish(VIDEO, 0xffff_fffe, inter(), 0xffff_fffe);
  stream.publish(VIDEO, 5_000, inter(70_000), long);
  line.flush();
  expect(typesOf(received)).toEqual(['9@0', `9@2147483647`, `9@4294967294`, '9@5000']);
});

test('stopAtKeyframe where sound alone is sent: at once, for another sends from now on', () => {
  for (const isAsked of [true, false]) {
    const stream = started();
    const { line, feed, received, stopAtKeyframe, stopped } = stopping(stream);
    if (isAsked) stopAtKeyframe();
    expect(stopped()).toBe(0);
    feed.setShed('sound');
    if (!isAsked) stopAtKeyframe();
    stream.publish(AUDIO, 50, audio(), 50);
    line.flush();
    expect([stopped(), feed.goOn(), stream.readerCount, typesOf(received).at(-1)]).toEqual([
      1,
      false,
      0,
      '8@10',
    ]);
  }
});

test('changeStream: what waits is sent, then the other stream from its keyframe; a late one is put behind', () => {
  const stream = started();
  const { line, feed, received } = feedOf(stream);
  feed.start();
  line.flush();
  line.near.pretendedBacklogBytes = FULL;
  stream.publish(VIDEO, 100, inter(), 100);
  const other = new Stream();
  other.begin([{ typeId: VIDEO, payload: avcHeader(9) }]);
  other.joinAtKeyframe((beginning) => {
    feed.changeStream(other, beginning);
    return true;
  });
  other.publish(VIDEO, 0, inter(), 0);
  other.relay(message(VIDEO, 90, keyframe()), 90);
  other.relay(message(VIDEO, 130, inter()), 130);
  stream.publish(VIDEO, 140, inter(), 140);
  line.near.pretendedBacklogBytes = 0;
  feed.drained();
  line.flush();
  // The header has changed and comes first; the keyframe was late by 10 ms.
  expect(typesOf(received).slice(5)).toEqual(['9@100', '9@100', '9@101', '9@130']);
  expect(received.slice(5).map(({ payload }) => payload[1])).toEqual([1, 0, 1, 1]);
  expect([stream.readerCount, other.readerCount]).toEqual([0, 1]);
});
