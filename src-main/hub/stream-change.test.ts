import { expect, test } from 'vitest';
import type { MediaMessage } from './media-message.ts';
import { ReaderQueue } from './reader-queue.ts';
import { Stream, type StreamReader } from './stream.ts';
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

class Reader implements StreamReader {
  readonly queue = new ReaderQueue();
  readonly wake = (): void => undefined;
  readonly began = (): void => undefined;
  readonly ended = (): void => undefined;

  shown(): string[] {
    const shown: string[] = [];
    for (let next = this.queue.take(); next !== undefined; next = this.queue.take())
      shown.push(`${next.media.role}@${next.timeMs}`);
    return shown;
  }
}

/** Headers, then pictures every 100 ms with a keyframe each second, and sound 10 ms behind each. */
function play(stream: Stream, fromMs: number, untilMs: number): void {
  for (let at = fromMs; at <= untilMs; at += 100) {
    stream.publish(VIDEO, at, at % 1_000 === 0 ? keyframe() : inter(), at);
    stream.publish(AUDIO, at + 10, audio(), at);
  }
}

const HEADERS = [
  { typeId: VIDEO, payload: avcHeader() },
  { typeId: AUDIO, payload: aacHeader() },
];

function begun(untilMs: number): Stream {
  const stream = new Stream();
  stream.begin(HEADERS);
  play(stream, 0, untilMs);
  return stream;
}

test('another source with the same headers: they are not sent again; with others the new ones are', () => {
  const stream = begun(500);
  const reader = new Reader();
  stream.attach(reader);
  reader.shown();
  stream.begin(HEADERS);
  stream.publish(VIDEO, 9_000, keyframe(), 600);
  expect(reader.shown()).toEqual(['keyframe@610']);
  stream.begin([{ typeId: VIDEO, payload: avcHeader(1) }, ...HEADERS.slice(1)]);
  stream.publish(VIDEO, 0, keyframe(), 700);
  expect(reader.shown()).toEqual(['sequence-header@610', 'keyframe@720']);
});

test('headers that the new source does not have are forgotten for late readers', () => {
  const stream = new Stream();
  stream.begin([{ typeId: 18, payload: metadata() }, ...HEADERS]);
  stream.publish(VIDEO, 0, keyframe(), 0);
  stream.begin(HEADERS.slice(0, 1));
  stream.publish(VIDEO, 0, keyframe(), 40);
  const late = new Reader();
  stream.attach(late);
  expect(late.shown()).toEqual(['sequence-header@40', 'keyframe@40']);
});

test('a source that is known to send sound alone is heard at once', () => {
  const stream = new Stream();
  const reader = new Reader();
  stream.attach(reader);
  stream.begin(HEADERS.slice(1), false);
  stream.publish(AUDIO, 0, audio(), 0);
  expect(reader.shown()).toEqual(['sequence-header@0', 'audio@0']);
});

test('the newest keyframe and sound of this source are kept, and those of the one before are not', () => {
  const stream = begun(1_050);
  expect([stream.lastKeyframe?.timeMs, stream.lastAudio?.timeMs]).toEqual([1_000, 1_010]);
  stream.begin();
  expect([stream.lastKeyframe, stream.lastAudio]).toEqual([undefined, undefined]);
});

test('a tap gets every message at its place, headers with the beginning, and the end; then it is taken off', () => {
  const stream = new Stream();
  const told: string[] = [];
  const off = stream.tap({
    message: ({ media, timeMs }) => told.push(`${media.role}@${timeMs}`),
    began: (headers) => told.push(`began with ${headers.length}`),
    ended: () => told.push('ended'),
  });
  stream.begin(HEADERS);
  stream.publish(VIDEO, 700, keyframe(), 0);
  stream.publish(AUDIO, 710, audio(), 10);
  stream.end();
  off();
  stream.begin();
  expect(told).toEqual(['began with 2', 'keyframe@0', 'audio@10', 'ended']);
});

test('relay: a message keeps its place; headers of the stream stand by it, and late readers get its GOP', () => {
  const behind = new Stream();
  behind.begin(HEADERS);
  const payload = keyframe();
  behind.relay(message(VIDEO, 30_000, payload), 5);
  behind.relay(message(AUDIO, 30_010, audio()), 6);
  expect([behind.lastMs, behind.lastKeyframe?.payload]).toEqual([30_010, payload]);
  const late = new Reader();
  behind.attach(late);
  expect(late.shown()).toEqual([
    'sequence-header@30000',
    'sequence-header@30000',
    'keyframe@30000',
    'audio@30010',
  ]);
});

/** Two streams of one time base, the second 5 s behind, and a reader on the first. */
function two() {
  const live = begun(6_500);
  const behind = new Stream();
  behind.begin(HEADERS);
  const reader = new Reader();
  live.attach(reader);
  reader.shown();
  return { live, behind, reader };
}

test('a reader goes over at a keyframe: what waits is sent, known headers are not, and time rises', () => {
  const { live, behind, reader } = two();
  live.publish(VIDEO, 6_600, inter(), 6_600);
  live.publish(AUDIO, 6_995, audio(), 6_990);
  let asked = 0;
  behind.joinAtKeyframe((joint) => {
    asked++;
    if (joint.timeMs <= reader.queue.lastVideoMs) return false;
    live.detach(reader);
    behind.attach(reader, { goesOn: true });
    return true;
  });
  behind.relay(message(VIDEO, 6_000, keyframe()), 6_000);
  expect(asked).toBe(1);
  behind.relay(message(VIDEO, 6_900, inter()), 6_900);
  behind.relay(message(VIDEO, 6_950, keyframe()), 6_950);
  // Behind what the reader has had of sound: left out.
  behind.relay(message(AUDIO, 6_970, audio()), 6_970);
  behind.relay(message(AUDIO, 6_995, audio()), 6_995);
  behind.relay(message(VIDEO, 7_050, keyframe()), 7_050);
  live.publish(VIDEO, 7_000, keyframe(), 7_000);
  expect(reader.shown()).toEqual([
    'inter@6600',
    'audio@6995',
    'keyframe@6950',
    'audio@6995',
    'keyframe@7050',
  ]);
  expect([asked, live.readerCount, behind.readerCount]).toEqual([2, 0, 1]);
});

test('a stream with other headers brings them along, not behind the sound that was sent', () => {
  const { live, behind, reader } = two();
  behind.begin([{ typeId: VIDEO, payload: avcHeader(7) }, HEADERS[1] ?? { typeId: 0, payload: avcHeader() }]);
  behind.joinAtKeyframe(() => {
    live.detach(reader);
    behind.attach(reader, { goesOn: true });
    return true;
  });
  behind.relay(message(VIDEO, 7_000, keyframe()), 7_000);
  expect(reader.shown()).toEqual(['sequence-header@7000', 'keyframe@7000']);
});

test('joinAtKeyframe can be taken back', () => {
  const { behind } = two();
  let asked = 0;
  const back = behind.joinAtKeyframe(() => {
    asked++;
    return false;
  });
  behind.relay(message(VIDEO, 7_000, keyframe()), 7_000);
  back();
  behind.relay(message(VIDEO, 8_000, keyframe()), 8_000);
  expect(asked).toBe(1);
});

test('shed to keyframes and sound, then whole again from a keyframe on; what is left out is counted', () => {
  const stream = begun(0);
  const reader = new Reader();
  stream.attach(reader);
  reader.shown();
  reader.queue.setShed('keyframes');
  play(stream, 900, 1_200);
  expect(reader.shown()).toEqual(['audio@910', 'keyframe@1000', 'audio@1010', 'audio@1110', 'audio@1210']);
  expect(reader.queue.droppedFrames).toBe(3);
  reader.queue.setShed('none');
  play(stream, 1_900, 2_100);
  expect(reader.shown()).toEqual(['audio@1910', 'keyframe@2000', 'audio@2010', 'inter@2100', 'audio@2110']);
});

test('shed to sound alone: no picture, also not to a reader that comes then', () => {
  const stream = begun(500);
  const reader = new Reader();
  reader.queue.setShed('sound');
  stream.attach(reader);
  play(stream, 600, 1_000);
  const shown = reader.shown();
  expect(shown.filter((word) => /keyframe|inter/.test(word))).toEqual([]);
  expect(shown.slice(0, 2)).toEqual(['sequence-header@0', 'sequence-header@0']);
  expect(shown.filter((word) => word.startsWith('audio')).length).toBeGreaterThan(4);
  reader.queue.setShed('keyframes');
  play(stream, 1_900, 2_000);
  expect(reader.shown()).toContain('keyframe@2000');
});

test('a new show begins at 0 for a reader that stays (root cause: sound before the time of the last show was left out)', () => {
  const stream = begun(5_000);
  const reader = new Reader();
  stream.attach(reader);
  stream.end();
  reader.shown();
  stream.begin(HEADERS);
  play(stream, 0, 0);
  expect(reader.shown()).toEqual(['sequence-header@0', 'sequence-header@0', 'keyframe@0', 'audio@10']);
});

test('the joint between two sources is at least a picture wide (root cause: two pictures fell into one frame)', () => {
  const stream = new Stream();
  stream.begin(HEADERS);
  const times: MediaMessage[] = [];
  for (const at of [0, 33, 67, 100])
    times.push(stream.publish(VIDEO, at, at === 0 ? keyframe() : inter(), at));
  stream.begin(HEADERS);
  expect(stream.publish(VIDEO, 0, keyframe(), 101).timeMs).toBe(134);
});
