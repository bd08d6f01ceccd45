import { expect, test } from 'vitest';
import { FlvTagReader } from '../flv/flv-tags.ts';
import { readDataMessage } from '../flv/metadata.ts';
import { Stream } from '../hub/stream.ts';
import { aacHeader, audio, avcHeader, inter, keyframe, metadata } from '../hub/testing/stream-messages.ts';
import { FlvPreview } from './flv-preview.ts';

const AUDIO = 8;
const VIDEO = 9;
const DATA = 18;

/** A viewer's line that keeps what is written, and holds as much back as the test says. */
class Viewer {
  readonly written: Uint8Array[] = [];
  backlog = 0;
  ends = 0;
  readonly write = (bytes: Uint8Array): void => void this.written.push(bytes);
  readonly backlogBytes = (): number => this.backlog;
  readonly end = (): void => {
    this.ends++;
  };

  tags(): { typeId: number; timestampMs: number; payload: Uint8Array }[] {
    const reader = new FlvTagReader();
    for (const bytes of this.written) reader.push(bytes);
    const tags = [];
    for (let tag = reader.next(); tag !== undefined; tag = reader.next()) tags.push(tag);
    return tags;
  }

  times(): string[] {
    return this.tags().map(({ typeId, timestampMs }) => `${typeId}@${timestampMs}`);
  }
}

function startedAt(fromMs: number, stream = new Stream()): Stream {
  stream.begin();
  stream.publish(DATA, fromMs, metadata(), fromMs);
  stream.publish(VIDEO, fromMs, avcHeader(), fromMs);
  stream.publish(AUDIO, fromMs, aacHeader(), fromMs);
  stream.publish(VIDEO, fromMs, keyframe(), fromMs);
  stream.publish(AUDIO, fromMs + 10, audio(), fromMs);
  return stream;
}

function opened(stream: Stream) {
  const viewer = new Viewer();
  const preview = new FlvPreview(stream, viewer);
  preview.start();
  return { viewer, preview };
}

test('a whole FLV: header, metadata without @setDataFrame, sequence headers, the GOP, time from 0', () => {
  const stream = startedAt(0);
  stream.publish(VIDEO, 500_000, keyframe(), 500_000);
  stream.publish(VIDEO, 500_040, inter(), 500_040);
  stream.publish(AUDIO, 500_050, audio(), 500_050);
  const { viewer } = opened(stream);
  expect(viewer.times()).toEqual(['18@0', '9@0', '8@0', '9@0', '9@40', '8@50']);
  const [first] = viewer.tags();
  expect(readDataMessage(first?.payload ?? new Uint8Array(0)).isSetDataFrame).toBe(false);
  stream.publish(VIDEO, 500_080, inter(33), 500_080);
  expect(viewer.tags().at(-1)).toEqual({ typeId: VIDEO, timestampMs: 80, payload: inter(33) });
});

test('before the encoder: the file header at once, the rest when it comes', () => {
  const stream = new Stream();
  const { viewer } = opened(stream);
  expect(viewer.written).toHaveLength(1);
  startedAt(0, stream);
  expect(viewer.times()).toEqual(['18@0', '9@0', '8@0', '9@0', '8@10']);
  expect(viewer.ends).toBe(0);
});

test('the line is full: the preview waits, skips to the newest keyframe when it is late, and goes on', () => {
  const stream = startedAt(0);
  const { viewer, preview } = opened(stream);
  const before = viewer.written.length;
  viewer.backlog = 512 * 1024;
  for (let at = 100; at <= 5_000; at += 100)
    stream.publish(VIDEO, at, at % 1_000 === 0 ? keyframe() : inter(), at);
  expect(viewer.written).toHaveLength(before);
  expect(preview.queue.droppedFrames).toBeGreaterThan(20);
  viewer.backlog = 0;
  preview.drained();
  const next = viewer.tags()[before - 1];
  expect([next?.payload[0], next?.timestampMs]).toEqual([0x17, 4_000]);
  expect(viewer.times().at(-1)).toBe('9@5000');
});

test('another encoder connection with the same headers goes on', () => {
  const stream = startedAt(0);
  const { viewer } = opened(stream);
  startedAt(10_000, stream);
  expect([viewer.ends, viewer.times().at(-1)?.startsWith('8@')]).toEqual([0, true]);
});

test('another size or codec ends it once; nothing is written after that', () => {
  const stream = startedAt(0);
  const { viewer, preview } = opened(stream);
  const before = viewer.written.length;
  stream.begin([{ typeId: VIDEO, payload: avcHeader(1) }]);
  stream.publish(VIDEO, 10_000, keyframe(), 10_000);
  preview.drained();
  stream.end();
  expect([viewer.ends, viewer.written.length, stream.readerCount]).toEqual([1, before, 0]);
});

test('the end of the show ends it', () => {
  const stream = startedAt(0);
  const { viewer } = opened(stream);
  stream.end();
  expect([viewer.ends, stream.readerCount]).toEqual([1, 0]);
});

test('a viewer that has left is not written to, nor told', () => {
  const stream = startedAt(0);
  const { viewer, preview } = opened(stream);
  const before = viewer.written.length;
  preview.close();
  stream.publish(VIDEO, 100, inter(), 100);
  stream.end();
  expect([viewer.ends, viewer.written.length, stream.readerCount]).toEqual([0, before, 0]);
});
