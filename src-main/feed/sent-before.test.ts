import { expect, test } from 'vitest';
import {
  aacHeader,
  audio,
  avcHeader,
  inter,
  keyframe,
  message,
  metadata,
} from '../hub/testing/stream-messages.ts';
import { SentBefore } from './sent-before.ts';

test('what is not behind the picture and sound that were sent is left out, up to a keyframe that is', () => {
  const before = new SentBefore({ audioMs: 1_000, videoMs: 1_100 });
  const passed = [
    message(9, 1_100, keyframe()),
    message(9, 1_140, inter()),
    message(8, 1_000, audio()),
    message(8, 1_020, audio()),
    message(9, 1_180, keyframe()),
    message(9, 1_220, inter()),
  ].map((one) => before.pass(one)?.timeMs);
  expect(passed).toEqual([undefined, undefined, undefined, 1_020, 1_180, 1_220]);
});

test('headers are never left out; they come no earlier than what was sent of their kind', () => {
  const before = new SentBefore({ audioMs: 1_000, videoMs: undefined });
  const passed = [
    message(18, 5, metadata()),
    message(9, 10, avcHeader()),
    message(8, 20, aacHeader()),
    message(8, 1_010, aacHeader()),
  ].map((one) => before.pass(one)?.timeMs);
  expect(passed).toEqual([5, 10, 1_000, 1_010]);
});
