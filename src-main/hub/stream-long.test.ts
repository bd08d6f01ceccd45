import { expect, test } from 'vitest';
import { joinBytes } from '../bytes/join.ts';
import { wireOf } from '../feed/wire.ts';
import { ChunkReader } from '../rtmp/chunk/chunk-reader.ts';
import { writeJoinedChunks } from '../rtmp/chunk/chunk-writer.ts';
import { OUT_CHUNK_SIZE } from '../rtmp/limits.ts';
import { writeControlNumber } from '../rtmp/message/protocol-control.ts';
import { ReaderQueue } from './reader-queue.ts';
import { Stream, type StreamReader } from './stream.ts';
import { aacHeader, audio, avcHeader, inter, keyframe } from './testing/stream-messages.ts';

const AUDIO = 8;
const VIDEO = 9;
const HOUR_MS = 3_600_000;
const WRAP_MS = 2 ** 32;

/** Takes what is offered as bytes of the wire, reads them back and looks at the times. */
class Wire implements StreamReader {
  readonly queue = new ReaderQueue();
  readonly began = (): void => undefined;
  readonly ended = (): void => undefined;
  readonly lastOf = new Map<number, number>();
  readonly offsets = new Set<number>();
  messages = 0;
  wraps = 0;
  faults: string[] = [];
  readonly #reader = new ChunkReader(0xff_ffff);

  constructor() {
    const payload = writeControlNumber(OUT_CHUNK_SIZE);
    this.#reader.push(writeJoinedChunks({ typeId: 1, timestamp: 0, streamId: 0, payload }, 2, 128));
    this.#reader.next();
  }

  readonly wake = (): void => {
    for (let message = this.queue.take(); message !== undefined; message = this.queue.take()) {
      const { typeId, timeMs, payload } = message;
      this.#reader.push(joinBytes(wireOf(message, 1, 'publish')));
      const read = this.#reader.next();
      const wanted = timeMs % WRAP_MS;
      if (read?.timestamp !== wanted || read.typeId !== typeId || read.payload.length !== payload.length)
        this.faults.push(`${typeId}@${timeMs} is read as ${read?.typeId ?? ''}@${read?.timestamp ?? ''}`);
      const last = this.lastOf.get(typeId) ?? 0;
      if (timeMs < last) this.faults.push(`${typeId} goes back from ${last} to ${timeMs}`);
      if (typeId === VIDEO && Math.floor(timeMs / WRAP_MS) > Math.floor(last / WRAP_MS)) this.wraps++;
      this.lastOf.set(typeId, timeMs);
      this.messages++;
      if (typeId === AUDIO && message.media.role === 'audio')
        this.offsets.add(timeMs - (this.lastOf.get(VIDEO) ?? 0));
    }
  };
}

const KEY = keyframe();
const BIG_KEY = keyframe(OUT_CHUNK_SIZE + 5_000);
const INTER = inter();
const SOUND = audio();

/**
 * Stream time by the hour, a pair of picture and sound at each step; the encoder's clock begins anywhere, so that
 * its wraps are not those of the stream's own.
 */
function run({ lengthMs, stepMs, startRaw }: { lengthMs: number; stepMs: number; startRaw: number }): Wire {
  const stream = new Stream();
  const wire = new Wire();
  stream.attach(wire);
  stream.begin();
  stream.publish(VIDEO, startRaw, avcHeader(), 0);
  stream.publish(AUDIO, startRaw, aacHeader(), 0);
  let n = 0;
  for (let ms = 0; ms <= lengthMs; ms += stepMs, n++) {
    // A frame of more than one chunk repeats the extended timestamp.
    const frame = n % 1_000 === 0 ? BIG_KEY : n % 4 === 0 ? KEY : INTER;
    stream.publish(VIDEO, (startRaw + ms) >>> 0, frame, ms);
    stream.publish(AUDIO, (startRaw + ms + 23) >>> 0, SOUND, ms + 10);
  }
  return wire;
}

test('24 hours: times never go back, sound stays by its picture, the wire says both', () => {
  const wire = run({ lengthMs: 24 * HOUR_MS, stepMs: 4_000, startRaw: 0xf000_0000 });
  expect(wire.faults).toEqual([]);
  expect([...wire.offsets]).toEqual([23]);
  expect([wire.messages, wire.lastOf.get(VIDEO)]).toEqual([2 + 2 * 21_601, 24 * HOUR_MS]);
});

test('two wraps, 99.4 days and an hour: the same', () => {
  const lengthMs = Math.ceil((2 * WRAP_MS + HOUR_MS) / 120_000) * 120_000;
  const wire = run({ lengthMs, stepMs: 120_000, startRaw: 1_234_567_890 });
  expect(wire.faults).toEqual([]);
  expect([...wire.offsets]).toEqual([23]);
  expect([wire.wraps, wire.lastOf.get(VIDEO)]).toEqual([2, lengthMs]);
});

test('frame by frame over each border of the wire: 24 bits, 31 bits, 32 bits, and the encoder’s own wrap', () => {
  for (const border of [0xff_ffff, 2 ** 31, WRAP_MS]) {
    for (const startRaw of [0, WRAP_MS - (border % WRAP_MS) - 500]) {
      const stream = new Stream();
      const wire = new Wire();
      stream.attach(wire);
      stream.begin();
      stream.publish(VIDEO, startRaw, avcHeader(), 0);
      // There by long steps, then slowly.
      for (let ms = 0; ms < border - 1_000; ms += 600_000)
        stream.publish(VIDEO, (startRaw + ms) >>> 0, KEY, ms);
      for (let ms = border - 1_000; ms < border + 1_000; ms += 1) {
        const frame = ms % 100 === 0 ? BIG_KEY : INTER;
        stream.publish(VIDEO, (startRaw + ms) >>> 0, frame, ms);
        if (ms % 20 === 0) stream.publish(AUDIO, (startRaw + ms + 7) >>> 0, SOUND, ms);
      }
      expect(wire.faults).toEqual([]);
      expect([...wire.offsets]).toEqual([7]);
      expect(wire.lastOf.get(VIDEO)).toBe(border + 999);
    }
  }
});
