import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MediaMessage } from './media-message.ts';
import { ReaderQueue } from './reader-queue.ts';
import {
  aacHeader,
  audio,
  avcHeader,
  inter,
  keyframe,
  message,
  metadata,
} from './testing/stream-messages.ts';

const AUDIO = 8;
const VIDEO = 9;
const DATA = 18;

const limits = { maxMs: 5_000, maxBytes: 100_000 };
const video = (timeMs: number, isKey: boolean, bytes = 20): MediaMessage =>
  message(VIDEO, timeMs, isKey ? keyframe(bytes) : inter(bytes));
const sound = (timeMs: number, bytes = 6): MediaMessage => message(AUDIO, timeMs, audio(bytes));

/** A GOP from `startMs`: a keyframe, inter frames every 100 ms, a sound after each. */
function gop(startMs: number, frames: number, bytes = 20): MediaMessage[] {
  return Array.from({ length: frames }, (_, n) => [
    video(startMs + n * 100, n === 0, bytes),
    sound(startMs + n * 100 + 10),
  ]).flat();
}

function takeAll(queue: ReaderQueue): MediaMessage[] {
  const taken: MediaMessage[] = [];
  for (let next = queue.take(); next !== undefined; next = queue.take()) taken.push(next);
  return taken;
}

const shown = (messages: readonly MediaMessage[]): string[] =>
  messages.map(({ media, timeMs }) => `${media.role}@${timeMs}`);

test('without a GOP nothing but headers goes out until a keyframe comes', () => {
  const queue = new ReaderQueue(limits);
  queue.start([message(VIDEO, 0, avcHeader())], []);
  for (const item of [
    video(0, false),
    sound(10),
    message(VIDEO, 15, new Uint8Array(0)),
    message(DATA, 20, metadata()),
  ])
    queue.offer(item, false);
  for (const item of [video(100, true), sound(110), video(200, false)]) queue.offer(item, false);
  expect(shown(takeAll(queue))).toEqual([
    'sequence-header@0',
    'metadata@20',
    'keyframe@100',
    'audio@110',
    'inter@200',
  ]);
  // What came before the start was never this reader's.
  expect([queue.droppedFrames, queue.droppedAudio]).toEqual([0, 0]);
});

test('sound is not held back where there is no picture', () => {
  const queue = new ReaderQueue(limits);
  queue.start([], []);
  queue.offer(sound(0), false);
  queue.offer(sound(20), true);
  queue.offer(sound(40), false);
  expect(shown(takeAll(queue))).toEqual(['audio@20', 'audio@40']);
});

test('an overflow drops whole GOPs up to the newest keyframe; sound stays; all is counted', () => {
  const queue = new ReaderQueue(limits);
  queue.start([], []);
  for (const item of [...gop(0, 20), ...gop(2_000, 20), ...gop(4_000, 10)]) queue.offer(item, false);
  expect([queue.overflows, queue.droppedFrames]).toEqual([0, 0]);
  queue.offer(video(5_011, false), false);
  expect(queue.overflows).toBe(1);
  expect(queue.droppedFrames).toBe(40);
  const rest = takeAll(queue);
  expect(shown(rest.filter(({ typeId }) => typeId === VIDEO))[0]).toBe('keyframe@4000');
  // Only sound that is older than the limit has gone with it.
  expect([queue.droppedAudio, rest.filter(({ typeId }) => typeId === AUDIO).length]).toEqual([1, 49]);
});

test('a GOP longer than the limit goes too, and its sound stays (root cause: time was only looked at after all sound was gone)', () => {
  const queue = new ReaderQueue(limits);
  queue.start([], []);
  queue.offer(video(0, true), false);
  queue.take();
  queue.offer(sound(5), false);
  for (const item of gop(10, 52)) queue.offer(item, false);
  expect(queue.overflows).toBe(1);
  const rest = takeAll(queue);
  expect(rest.every(({ typeId }) => typeId === AUDIO)).toBe(true);
  expect(rest.length).toBeGreaterThan(45);
  expect(queue.droppedFrames).toBe(52);
});

test('a header that waits is not late (root cause: it made every message after it an overflow that took all sound)', () => {
  const queue = new ReaderQueue(limits);
  queue.start([message(VIDEO, 0, avcHeader()), message(AUDIO, 0, aacHeader())], []);
  queue.offer(video(10_000, true), false);
  queue.offer(sound(10_010), false);
  expect([queue.queuedMs, queue.overflows, queue.droppedAudio]).toEqual([10, 0, 0]);
  for (const item of [...gop(12_000, 20), ...gop(14_000, 20)]) queue.offer(item, false);
  expect(queue.overflows).toBe(1);
  expect(shown(takeAll(queue)).slice(0, 3)).toEqual([
    'sequence-header@0',
    'sequence-header@0',
    'audio@12010',
  ]);
});

test('sound that has grown too old takes no picture with it (root cause: every overflow dropped video, also for old sound alone)', () => {
  const queue = new ReaderQueue(limits);
  queue.start([], []);
  for (const item of [...gop(0, 20), ...gop(2_000, 20), ...gop(4_000, 11)]) queue.offer(item, false);
  const dropped = queue.droppedFrames;
  expect([dropped, queue.overflows]).toEqual([40, 1]);
  // The line still stands: old sound goes piece by piece, the GOP stays whole.
  for (const item of [...gop(5_100, 10), ...gop(6_100, 10)]) queue.offer(item, false);
  expect([queue.droppedFrames, queue.overflows]).toEqual([dropped, 1]);
  expect(takeAll(queue).filter(({ typeId }) => typeId === VIDEO)).toHaveLength(31);
});

test('after an overflow without a keyframe video waits for the next one', () => {
  const queue = new ReaderQueue(limits);
  queue.start([], []);
  for (const item of gop(0, 60)) queue.offer(item, false);
  const dropped = queue.droppedFrames;
  expect(dropped).toBeGreaterThan(50);
  queue.offer(video(6_000, false), false);
  expect(queue.droppedFrames).toBe(dropped + 1);
  queue.offer(video(6_100, true), false);
  queue.offer(video(6_200, false), false);
  const rest = takeAll(queue).filter(({ typeId }) => typeId === VIDEO);
  expect(shown(rest)).toEqual(['keyframe@6100', 'inter@6200']);
});

test('the first GOP may be longer than the limit, until it has been sent', () => {
  const queue = new ReaderQueue(limits);
  queue.start([message(VIDEO, 0, avcHeader())], gop(0, 90));
  for (const item of gop(9_000, 40)) queue.offer(item, false);
  expect([queue.overflows, takeAll(queue).length]).toEqual([0, 1 + 180 + 80]);
  // Sent once: from now on the limit is the limit.
  for (const item of [...gop(13_000, 40), ...gop(17_000, 20)]) queue.offer(item, false);
  expect(queue.overflows).toBe(1);
});

test('a first GOP of more bytes than may wait is left out (root cause: the bound was not looked at on start)', () => {
  const queue = new ReaderQueue({ maxMs: 5_000, maxBytes: 1_000 });
  queue.start([message(VIDEO, 0, avcHeader())], gop(0, 20, 200));
  expect(queue.queuedBytes).toBeLessThanOrEqual(1_000);
  queue.offer(video(2_000, false), false);
  queue.offer(video(2_100, true), false);
  expect(shown(takeAll(queue))).toEqual(['sequence-header@0', 'keyframe@2100']);
});

test('headers alone cannot pass the bound either: replaced ones go first (root cause: nothing ever dropped them)', () => {
  const queue = new ReaderQueue({ maxMs: 5_000, maxBytes: 1_000 });
  queue.start([], []);
  queue.offer(message(VIDEO, 0, avcHeader()), false);
  for (let n = 0; n < 100; n++) {
    queue.offer(message(DATA, n, metadata({ title: 'x'.repeat(100) })), false);
    expect(queue.queuedBytes).toBeLessThanOrEqual(1_000);
  }
  const rest = takeAll(queue);
  expect(rest[0]?.media.role).toBe('sequence-header');
  expect(rest.at(-1)?.timeMs).toBe(99);
});

test('another encoder: what waits is still sent, then nothing but headers until its keyframe', () => {
  const queue = new ReaderQueue(limits);
  queue.start([], gop(0, 2));
  queue.awaitKeyframe();
  for (const item of [
    message(VIDEO, 300, avcHeader(1)),
    video(310, false),
    sound(320),
    video(400, true),
    sound(410),
  ])
    queue.offer(item, false);
  expect(shown(takeAll(queue))).toEqual([
    'keyframe@0',
    'audio@10',
    'inter@100',
    'audio@110',
    'sequence-header@300',
    'keyframe@400',
    'audio@410',
  ]);
  expect(queue.droppedFrames).toBe(0);
});

test('thousands pass through without anything left behind', () => {
  const queue = new ReaderQueue(limits);
  queue.start([], []);
  let taken = 0;
  for (const item of gop(0, 5_000)) {
    queue.offer(item, false);
    // Always one behind, so that the array is cut while it is in use.
    if (queue.queuedMs > 50 && queue.take() !== undefined) taken++;
  }
  taken += takeAll(queue).length;
  expect([taken, queue.isEmpty, queue.queuedBytes, queue.queuedMs]).toEqual([10_000, true, 0, 0]);
});

type Act =
  | {
      readonly kind: 'offer';
      readonly what: 'key' | 'inter' | 'audio' | 'avc' | 'aac' | 'meta';
      readonly bytes: number;
      readonly advance: number;
    }
  | { readonly kind: 'take'; readonly count: number }
  | { readonly kind: 'encoder' };

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.record({
      kind: fc.constant('offer' as const),
      what: fc.constantFrom(
        'key' as const,
        'inter' as const,
        'inter' as const,
        'inter' as const,
        'audio' as const,
        'audio' as const,
        'avc' as const,
        'aac' as const,
        'meta' as const,
      ),
      bytes: fc.integer({ min: 6, max: 400 }),
      advance: fc.integer({ min: 0, max: 200 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('take' as const), count: fc.integer({ min: 1, max: 30 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'encoder' as const }) },
);

test('any stream, any reader: bytes stay in bounds, a gap ends with a keyframe, headers always come before it', () => {
  fc.assert(
    fc.property(fc.array(anyAct, { maxLength: 300 }), (acts) => {
      const queue = new ReaderQueue({ maxMs: 2_000, maxBytes: 4_000 });
      queue.start([], []);
      let now = 0;
      /** The order in which frames were offered: an inter frame may follow its predecessor only. */
      const predecessor = new Map<MediaMessage, MediaMessage | undefined>();
      const headerBefore = new Map<MediaMessage, number>();
      let lastFrame: MediaMessage | undefined;
      let headers = 0;
      let headersTaken = 0;
      let lastTaken: MediaMessage | undefined;
      let offered = 0;
      let taken = 0;
      let beforeStart = 0;
      const take = (item: MediaMessage): void => {
        const { role } = item.media;
        if (role === 'sequence-header') headersTaken++;
        if (role !== 'keyframe' && role !== 'inter') return;
        taken++;
        if (role === 'inter') expect(predecessor.get(item)).toBe(lastTaken);
        expect(headersTaken).toBe(headerBefore.get(item));
        lastTaken = item;
      };
      const payloads = {
        key: keyframe,
        inter,
        audio,
        avc: () => avcHeader(),
        aac: aacHeader,
        meta: () => metadata(),
      };
      for (const act of acts) {
        if (act.kind === 'encoder') queue.awaitKeyframe();
        else if (act.kind === 'take') {
          for (let n = 0; n < act.count; n++) {
            const item = queue.take();
            if (item !== undefined) take(item);
          }
        } else {
          now += act.advance;
          const isVideo = act.what === 'key' || act.what === 'inter' || act.what === 'avc';
          const typeId = act.what === 'meta' ? DATA : isVideo ? VIDEO : AUDIO;
          const item = message(typeId, now, payloads[act.what](act.bytes));
          if (act.what === 'avc' || act.what === 'aac') headers++;
          if (act.what === 'key' || act.what === 'inter') {
            offered++;
            predecessor.set(item, lastFrame);
            headerBefore.set(item, headers);
            lastFrame = item;
          }
          const before = queue.droppedFrames;
          queue.offer(item, false);
          expect(queue.droppedFrames).toBeGreaterThanOrEqual(before);
        }
        expect(queue.queuedBytes).toBeLessThanOrEqual(4_000);
        expect(queue.queuedMs).toBeLessThanOrEqual(2_000);
      }
      for (let item = queue.take(); item !== undefined; item = queue.take()) take(item);
      beforeStart = offered - taken - queue.droppedFrames;
      expect(beforeStart).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 500 },
  );
});
