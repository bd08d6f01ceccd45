import { expect, test } from 'vitest';
import { aacHeader, audio, avcHeader, inter, keyframe, metadata } from '../hub/testing/stream-messages.ts';
import { RehearsalSink } from './rehearsal-sink.ts';

test('counts frames, keyframes, sound and all bytes; headers are no frames', () => {
  const sink = new RehearsalSink();
  const payloads: [number, Uint8Array][] = [
    [18, metadata()],
    [9, avcHeader()],
    [8, aacHeader()],
    [9, keyframe(100)],
    [9, inter(50)],
    [9, inter(50)],
    [8, audio(10)],
    [8, new Uint8Array(0)],
  ];
  for (const [typeId, payload] of payloads) sink.message({ typeId, timestamp: 0, streamId: 1, payload });
  expect(sink.received).toEqual({
    videoFrames: 3,
    keyframes: 1,
    audioFrames: 1,
    bytes: payloads.reduce((sum, [, payload]) => sum + payload.length, 0),
  });
});

test('what was handed out before does not change', () => {
  const sink = new RehearsalSink();
  const before = sink.received;
  sink.message({ typeId: 9, timestamp: 0, streamId: 1, payload: keyframe() });
  expect([before.videoFrames, sink.received.videoFrames]).toEqual([0, 1]);
});
