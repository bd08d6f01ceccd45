import { expect, test } from 'vitest';
import { FlvTagReader } from '../flv/flv-tags.ts';
import { Stream } from '../hub/stream.ts';
import { aacHeader, audio, avcHeader, inter, keyframe, metadata } from '../hub/testing/stream-messages.ts';
import { flvStill } from './flv-still.ts';

test('a whole FLV with the newest keyframe and what it needs, nothing else', () => {
  const stream = new Stream();
  stream.begin();
  stream.publish(18, 0, metadata(), 0);
  stream.publish(9, 0, avcHeader(4), 0);
  stream.publish(8, 0, aacHeader(), 0);
  expect(flvStill(stream)).toEqual([]);
  stream.publish(9, 0, keyframe(20, 1), 0);
  stream.publish(9, 2_000, keyframe(20, 2), 2_000);
  stream.publish(8, 2_010, audio(), 2_010);
  stream.publish(9, 2_040, inter(), 2_040);
  const reader = new FlvTagReader();
  for (const piece of flvStill(stream)) reader.push(piece);
  expect([reader.next(), reader.next(), reader.next()]).toEqual([
    { typeId: 9, timestampMs: 0, payload: avcHeader(4) },
    { typeId: 9, timestampMs: 0, payload: keyframe(20, 2) },
    undefined,
  ]);
});
