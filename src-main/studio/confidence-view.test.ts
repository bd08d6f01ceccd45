import { expect, test } from 'vitest';
import { DelayRig } from '../delay/testing/delay-rig.ts';
import { MediaFeed } from '../feed/media-feed.ts';
import { SentStream } from '../feed/sent-stream.ts';
import { HoldFiller } from '../filler/hold-filler.ts';
import { FlvTagReader } from '../flv/flv-tags.ts';
import { Stream } from '../hub/stream.ts';
import { aacHeader, audio, avcHeader, inter, keyframe } from '../hub/testing/stream-messages.ts';
import { MemoryLine } from '../net/testing/memory-transport.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { FlvPreview } from '../preview/flv-preview.ts';

const AUDIO = 8;
const VIDEO = 9;
/** As much as a feed lets wait in its socket. */
const FULL = 256 * 1024;

/** One who watches what a target is sent. */
class Watcher {
  backlog = 0;
  ends = 0;
  readonly preview: FlvPreview;
  readonly #reader = new FlvTagReader();
  readonly #seen: string[] = [];

  constructor(sent: SentStream) {
    this.preview = new FlvPreview(sent, {
      write: (bytes) => {
        this.#reader.push(bytes);
      },
      backlogBytes: () => this.backlog,
      end: () => {
        this.ends++;
      },
    });
    this.preview.start();
  }

  /** Frames and headers so far: K keyframe, P other picture, h video header, by the last byte of their body. */
  get pictures(): readonly string[] {
    for (let tag = this.#reader.next(); tag !== undefined; tag = this.#reader.next()) {
      if (tag.typeId !== VIDEO) continue;
      const kind = tag.payload[1] === 0 ? 'h' : tag.payload[0] === 0x17 ? 'K' : 'P';
      this.#seen.push(`${kind}${tag.payload.at(-1) ?? ''}`);
    }
    return this.#seen;
  }
}

/** A target's connection on a stream, and what watches it. */
function target(stream: Stream, now: () => number = () => 0) {
  const line = new MemoryLine();
  const sent = new SentStream(now);
  const feed = new MediaFeed({
    stream,
    transport: line.near,
    streamId: 1,
    role: 'publish',
    onEnded: () => undefined,
    sent,
  });
  line.near.listen({ bytes: () => undefined, drained: feed.drained, closed: () => undefined });
  line.far.listen({ bytes: () => undefined, drained: () => undefined, closed: () => undefined });
  feed.start();
  return { line, sent, feed };
}

function begun(stream = new Stream()): Stream {
  stream.begin();
  stream.publish(VIDEO, 0, avcHeader(), 0);
  stream.publish(AUDIO, 0, aacHeader(), 0);
  return stream;
}

const publishKey = (stream: Stream, ms: number, mark: number): void => {
  stream.publish(VIDEO, ms, keyframe(20, mark), ms);
};
const publishInter = (stream: Stream, ms: number, mark: number): void => {
  stream.publish(VIDEO, ms, inter(10, mark), ms);
};

test('whoever comes in mid-stream gets the headers that were sent, and waits for the next keyframe that is sent', () => {
  const stream = begun();
  const { sent } = target(stream);
  publishKey(stream, 0, 1);
  publishInter(stream, 40, 2);
  const watcher = new Watcher(sent);
  publishInter(stream, 80, 3);
  expect(watcher.pictures).toEqual(['h0']);
  publishKey(stream, 120, 4);
  publishInter(stream, 160, 5);
  expect(watcher.pictures).toEqual(['h0', 'K4', 'P5']);
  const second = new Watcher(sent);
  expect(second.pictures).toEqual(['h0', 'K4', 'P5']);
});

test('what the target loses is lost here too, and what it keeps comes when it was sent', () => {
  const stream = begun();
  const { line, sent, feed } = target(stream);
  const watcher = new Watcher(sent);
  publishKey(stream, 0, 1);
  expect(watcher.pictures).toEqual(['h0', 'K1']);
  // The target's line takes nothing for eight seconds: more than it may lag.
  line.near.pretendedBacklogBytes = FULL;
  for (let mark = 2; mark < 10; mark++) publishInter(stream, mark * 100, mark);
  publishKey(stream, 8_000, 50);
  publishInter(stream, 8_040, 51);
  expect(watcher.pictures).toEqual(['h0', 'K1']);
  line.near.pretendedBacklogBytes = 0;
  feed.drained();
  expect([feed.queue.droppedFrames, watcher.pictures]).toEqual([8, ['h0', 'K1', 'K50', 'P51']]);
});

test('a target that gets keyframes alone shows them alone', () => {
  const stream = begun();
  const { sent, feed } = target(stream);
  feed.setShed('keyframes');
  const watcher = new Watcher(sent);
  publishKey(stream, 0, 1);
  publishInter(stream, 40, 2);
  publishKey(stream, 80, 3);
  expect(watcher.pictures).toEqual(['h0', 'K1', 'K3']);
});

test('during a hold it shows what stands in for the encoder, and the encoder again afterwards', () => {
  const clock = new ManualClock();
  const stream = begun();
  const { sent } = target(stream, clock.now);
  const filler = new HoldFiller({ stream, clock, slate: () => undefined });
  const watcher = new Watcher(sent);
  publishKey(stream, 0, 7);
  publishInter(stream, 40, 8);
  filler.start();
  clock.advance(2_500);
  expect(watcher.pictures).toEqual(['h0', 'K7', 'P8', 'K7', 'K7', 'K7']);
  filler.stop();
  stream.begin([{ typeId: VIDEO, payload: avcHeader() }]);
  stream.publish(VIDEO, 9_000, keyframe(20, 9), clock.now());
  expect([watcher.pictures.at(-1), watcher.ends]).toEqual(['K9', 0]);
});

test('a delayed target is shown delayed', async () => {
  const rig = new DelayRig();
  const delayed = rig.desk.use(3_000);
  const { sent } = target(delayed, rig.clock.now);
  const watcher = new Watcher(sent);
  rig.begin();
  await rig.send({ ms: 2_900 });
  expect(watcher.pictures).toEqual([]);
  await rig.send({ ms: 1_000 });
  expect(watcher.pictures.filter((seen) => seen.startsWith('K'))).toHaveLength(1);
  expect(watcher.pictures.filter((seen) => seen.startsWith('P')).length).toBeLessThan(12);
});

test('nothing is held while nobody watches, and no more once the last has left', () => {
  const stream = begun();
  const { sent } = target(stream);
  publishKey(stream, 0, 1);
  publishInter(stream, 40, 2);
  expect([sent.watchers, sent.heldBytes]).toEqual([0, 0]);
  const watchers = [new Watcher(sent), new Watcher(sent)];
  publishKey(stream, 80, 3);
  expect(sent.heldBytes).toBeGreaterThan(0);
  for (const { preview } of watchers) preview.close();
  publishInter(stream, 120, 4);
  expect([sent.watchers, sent.heldBytes, watchers.map(({ pictures }) => pictures)]).toEqual([
    0,
    0,
    [
      ['h0', 'K3'],
      ['h0', 'K3'],
    ],
  ]);
});

test('one who takes nothing costs the target nothing, is held little for, and sees the newest when it takes again', () => {
  const stream = begun();
  const { line, sent, feed } = target(stream);
  const watcher = new Watcher(sent);
  publishKey(stream, 0, 1);
  watcher.backlog = FULL * 4;
  for (let n = 1; n <= 1_000; n++) {
    stream.publish(AUDIO, n * 40, audio(), n * 40);
    if (n % 50 === 0) publishKey(stream, n * 40, 2);
    else stream.publish(VIDEO, n * 40, inter(50_000, 3), n * 40);
    line.flush();
  }
  expect([feed.queue.droppedFrames, feed.queue.isEmpty, feed.counts.videoMessages]).toEqual([0, true, 1_002]);
  expect(watcher.preview.queue.droppedFrames).toBeGreaterThan(900);
  expect(watcher.preview.queue.queuedBytes).toBeLessThan(4_000_000);
  watcher.backlog = 0;
  watcher.preview.drained();
  expect(watcher.pictures.slice(0, 3)).toEqual(['h0', 'K1', 'K2']);
});

test('the end of the connection ends it, and whoever asks again gets the next one', () => {
  const stream = begun();
  const { sent, feed } = target(stream);
  const watcher = new Watcher(sent);
  publishKey(stream, 0, 1);
  feed.stop();
  expect([watcher.ends, sent.watchers]).toEqual([1, 0]);
  const again = new Watcher(sent);
  feed.start(0);
  publishKey(stream, 80, 2);
  expect([again.pictures, again.ends]).toEqual([['h0', 'K2'], 0]);
  sent.close();
  expect(again.ends).toBe(1);
});
