import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MediaMessage } from './media-message.ts';
import { ReaderQueue } from './reader-queue.ts';
import { Stream, type StreamReader } from './stream.ts';
import { aacHeader, audio, avcHeader, inter, keyframe, metadata } from './testing/stream-messages.ts';

const AUDIO = 8;
const VIDEO = 9;
const DATA = 18;

class Reader implements StreamReader {
  readonly queue = new ReaderQueue();
  readonly calls: string[] = [];
  readonly wake = (): void => void this.calls.push('wake');
  readonly began = (): void => void this.calls.push('began');
  readonly ended = (): void => void this.calls.push('ended');

  take(): MediaMessage[] {
    const taken: MediaMessage[] = [];
    for (let next = this.queue.take(); next !== undefined; next = this.queue.take()) taken.push(next);
    return taken;
  }

  shown(): string[] {
    return this.take().map(({ media, typeId, timeMs }) => `${typeId}:${media.role}@${timeMs}`);
  }
}

function attached(stream: Stream, afterMs?: number): Reader {
  const reader = new Reader();
  stream.attach(reader, { afterMs });
  return reader;
}

/** An encoder that has sent headers and frames every 100 ms, a keyframe each second, up to `untilMs`. */
function playing(untilMs: number, stream = new Stream(), fromMs = 0): Stream {
  stream.begin();
  stream.publish(DATA, fromMs, metadata(), fromMs);
  stream.publish(VIDEO, fromMs, avcHeader(), fromMs);
  stream.publish(AUDIO, fromMs, aacHeader(), fromMs);
  for (let at = fromMs; at <= untilMs; at += 100) {
    stream.publish(VIDEO, at, (at - fromMs) % 1_000 === 0 ? keyframe() : inter(), at);
    stream.publish(AUDIO, at + 10, audio(), at);
  }
  return stream;
}

test('a late reader gets metadata, sequence headers, then the GOP from its keyframe', () => {
  const stream = playing(1_200);
  const reader = attached(stream);
  expect(reader.calls).toEqual(['wake']);
  expect(reader.shown()).toEqual([
    '18:metadata@1000',
    '9:sequence-header@1000',
    '8:sequence-header@1000',
    '9:keyframe@1000',
    '8:audio@1010',
    '9:inter@1100',
    '8:audio@1110',
    '9:inter@1200',
    '8:audio@1210',
  ]);
  stream.publish(VIDEO, 1_300, inter(), 1_300);
  expect(reader.shown()).toEqual(['9:inter@1300']);
});

test('all readers get the same messages, and headers sent again leave the first ones as they are', () => {
  const stream = playing(0);
  const [one, two] = [attached(stream), attached(stream)];
  const [a, b] = [one.take(), two.take()];
  expect(a.at(-1)).toBe(b.at(-1));
  stream.publish(VIDEO, 1_000, keyframe(), 1_000);
  expect(one.queue.take()).toBe(two.queue.take());
});

test('a reader before the encoder gets everything from the first keyframe', () => {
  const stream = new Stream();
  const reader = attached(stream);
  expect(reader.calls).toEqual([]);
  playing(0, stream);
  expect(reader.shown()).toEqual([
    '18:metadata@0',
    '9:sequence-header@0',
    '8:sequence-header@0',
    '9:keyframe@0',
    '8:audio@10',
  ]);
});

test('a header that changes in mid-GOP is sent in its place, not before the frames of the old one', () => {
  const stream = playing(0);
  stream.publish(VIDEO, 100, avcHeader(1), 100);
  stream.publish(VIDEO, 200, inter(), 200);
  const marks = attached(stream)
    .take()
    .filter(({ typeId }) => typeId === VIDEO)
    .map(({ media, payload }) => `${media.role} ${payload.at(-1) ?? ''}`);
  expect(marks).toEqual(['sequence-header 0', 'keyframe 0', 'sequence-header 1', 'inter 0']);
  stream.publish(VIDEO, 1_000, keyframe(), 1_000);
  const next = attached(stream).take();
  expect(
    next.filter(({ media }) => media.role === 'sequence-header').map(({ payload }) => payload.at(-1)),
  ).toEqual([0x90, 1]);
});

test('afterMs: the cached GOP only when it is wholly new, else from the next keyframe', () => {
  const stream = playing(1_500);
  expect(attached(stream, 900).shown()).toContain('9:keyframe@1000');
  const reader = attached(stream, 1_000);
  expect(reader.shown().every((line) => /header|metadata/.test(line))).toBe(true);
  stream.publish(VIDEO, 1_600, inter(), 1_600);
  stream.publish(AUDIO, 1_610, audio(), 1_600);
  stream.publish(VIDEO, 2_000, keyframe(), 2_000);
  expect(reader.shown()).toEqual(['9:keyframe@2000']);
});

test('a header sent again is not behind what follows it within its type (root cause: it was put at the newest time of all types)', () => {
  const stream = new Stream();
  stream.begin();
  stream.publish(VIDEO, 1_000, avcHeader(), 0);
  stream.publish(AUDIO, 1_000, aacHeader(), 0);
  stream.publish(VIDEO, 1_000, keyframe(), 0);
  // Sound is 300 ms ahead, then (below) 200 ms behind.
  stream.publish(AUDIO, 1_300, audio(), 0);
  const ahead = attached(stream, 5);
  stream.publish(VIDEO, 1_040, keyframe(), 40);
  const videoTimes = ahead
    .take()
    .filter(({ typeId }) => typeId === VIDEO)
    .map(({ timeMs }) => timeMs);
  expect(videoTimes).toEqual([0, 40]);
  stream.publish(VIDEO, 2_000, keyframe(), 1_000);
  stream.publish(AUDIO, 1_800, audio(), 1_000);
  const audioTimes = attached(stream)
    .take()
    .filter(({ typeId }) => typeId === AUDIO)
    .map(({ timeMs }) => timeMs);
  expect(audioTimes).toEqual([800, 800]);
});

test('the GOP cache is bounded in bytes: a longer GOP is let go until the next keyframe', () => {
  const stream = new Stream(1_000);
  stream.begin();
  stream.publish(VIDEO, 0, keyframe(600), 0);
  // Each message counts 200 bytes beside its payload.
  expect(stream.gopBytes).toBe(800);
  stream.publish(VIDEO, 100, inter(41), 100);
  expect(stream.gopBytes).toBe(0);
  stream.publish(VIDEO, 200, inter(10), 200);
  expect([stream.gopBytes, attached(stream).queue.isEmpty]).toEqual([0, true]);
  stream.publish(VIDEO, 300, keyframe(500), 300);
  expect(stream.gopBytes).toBe(700);
  stream.publish(VIDEO, 400, keyframe(801), 400);
  expect(stream.gopBytes).toBe(0);
});

test('an encoder that sends no second keyframe: late readers do not get minutes of it (root cause: bytes alone were bounded)', () => {
  const stream = new Stream();
  stream.begin();
  stream.publish(VIDEO, 0, keyframe(10), 0);
  for (let ms = 1_000; ms <= 20_000; ms += 1_000) stream.publish(VIDEO, ms, inter(10), ms);
  expect(attached(stream).take()).toHaveLength(21);
  stream.publish(VIDEO, 21_000, inter(10), 21_000);
  expect([stream.gopBytes, attached(stream).queue.isEmpty]).toEqual([0, true]);
});

test('headers kept are bounded in number', () => {
  const stream = new Stream();
  stream.begin();
  // 256 tracks: sequence start of each as an enhanced OneTrack multitrack message.
  for (let track = 0; track < 256; track++)
    stream.publish(VIDEO, 0, Uint8Array.of(0x96, 0x00, 0x61, 0x76, 0x63, 0x31, track, 1), 0);
  expect(attached(stream).take()).toHaveLength(128);
});

test('sound alone: held back for two seconds, in case a picture comes, then sent', () => {
  const stream = new Stream();
  const reader = attached(stream);
  stream.begin();
  stream.publish(AUDIO, 0, aacHeader(), 0);
  for (let at = 0; at <= 3_000; at += 500) stream.publish(AUDIO, at, audio(), at);
  expect(reader.shown()).toEqual(['8:sequence-header@0', '8:audio@2500', '8:audio@3000']);
  // A late one begins with the next sound.
  const late = attached(stream);
  stream.publish(AUDIO, 3_500, audio(), 3_500);
  expect(late.shown()).toEqual(['8:sequence-header@3000', '8:audio@3500']);
});

test('sound before a late picture waits also when the encoder comes back (root cause: the wait was counted from its headers, which stand at the old time)', () => {
  const stream = playing(1_000);
  const reader = attached(stream);
  reader.take();
  stream.begin();
  stream.publish(AUDIO, 0, aacHeader(), 30_000);
  stream.publish(AUDIO, 0, audio(), 30_000);
  stream.publish(VIDEO, 20, avcHeader(), 30_020);
  stream.publish(VIDEO, 20, keyframe(), 30_020);
  expect(reader.shown()).toEqual(['8:sequence-header@1010', '9:sequence-header@30030', '9:keyframe@30030']);
});

test('begin: headers and GOP of the old encoder are forgotten, readers are told, time goes on', () => {
  const stream = playing(1_500);
  const reader = attached(stream);
  reader.take();
  reader.calls.length = 0;
  stream.begin();
  expect(reader.calls).toEqual(['began']);
  expect([stream.gopBytes, attached(stream).queue.isEmpty]).toEqual([0, true]);
  playing(100_000, stream, 100_000);
  const lines = reader.shown();
  expect(lines[0]).toBe('18:metadata@1510');
  expect(lines).toContain('9:keyframe@100010');
});

test('end: readers are told, and the next show begins at 0', () => {
  const stream = playing(1_500);
  const reader = attached(stream);
  stream.end();
  expect(reader.calls.at(-1)).toBe('ended');
  expect([stream.gopBytes, stream.lastMs, stream.readerCount]).toEqual([0, 0, 1]);
  expect(attached(stream).queue.isEmpty).toBe(true);
  stream.detach(reader);
  const next = attached(stream);
  playing(60_000, stream, 60_000);
  expect(next.shown()).toContain('9:keyframe@0');
});

test('a reader may leave while it is told', () => {
  const stream = playing(0);
  const quits: StreamReader = {
    queue: new ReaderQueue(),
    wake: () => undefined,
    began: () => undefined,
    ended: () => {
      stream.detach(quits);
    },
  };
  stream.attach(quits);
  const other = attached(stream);
  stream.end();
  expect([stream.readerCount, other.calls.at(-1)]).toEqual([1, 'ended']);
});

test('readers that come, go and come back never see time go back within audio or video, nor a picture before its headers', () => {
  const act = fc.constantFrom(
    'video',
    'video',
    'video',
    'key',
    'audio',
    'audio',
    'lost',
    'take',
    'begin',
    'jump',
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 200 }), fc.integer({ min: -400, max: 400 }), (acts, offset) => {
      const stream = new Stream();
      let reader = attached(stream);
      let raw = 100_000;
      let now = 0;
      let last = new Map<number, number>();
      const lastMedia = new Map<number, number>();
      let sentMs: number | undefined;
      let hasHeader = false;
      const begin = (): void => {
        stream.begin();
        stream.publish(VIDEO, raw, avcHeader(), now);
        stream.publish(AUDIO, raw + offset, aacHeader(), now);
      };
      const take = (): void => {
        for (const { typeId, timeMs, media } of reader.take()) {
          expect(timeMs).toBeGreaterThanOrEqual(last.get(typeId) ?? 0);
          last.set(typeId, timeMs);
          if (media.role === 'sequence-header' && typeId === VIDEO) hasHeader = true;
          else if (typeId === VIDEO) expect(hasHeader).toBe(true);
          if (media.slots.length > 0) continue;
          lastMedia.set(typeId, timeMs);
          sentMs = Math.max(sentMs ?? 0, timeMs);
        }
      };
      begin();
      for (const what of acts) {
        now += 20;
        raw += 20;
        if (what === 'begin') begin();
        if (what === 'jump') raw += 1_000_000;
        if (what === 'key' || what === 'video')
          stream.publish(VIDEO, raw, what === 'key' ? keyframe() : inter(), now);
        if (what === 'audio') stream.publish(AUDIO, raw + offset, audio(), now);
        if (what === 'take') take();
        if (what === 'lost') {
          stream.detach(reader);
          hasHeader = false;
          // A header that nothing came after binds only the connection it went over; `SentBefore` of feed minds it.
          last = new Map(lastMedia);
          reader = attached(stream, sentMs);
        }
      }
      take();
    }),
    {
      numRuns: 500,
      // The first reader is lost when it has had the header of the sound at 81; the picture begins at 80.
      examples: [[['video', 'audio', 'lost', 'take', 'key', 'lost'], 61]],
    },
  );
});
