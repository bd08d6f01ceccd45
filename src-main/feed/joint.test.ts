import { expect, test } from 'vitest';
import { audio, avcHeader, inter, keyframe, message } from '../hub/testing/stream-messages.ts';
import { Joint } from './joint.ts';

const KEY = message(9, 960, keyframe());

test('a keyframe that is late comes right behind what was sent, and the rest catches up at double pace', () => {
  const joint = new Joint(KEY, { lastMs: 1_000, sentMs: 900 });
  const place = (timeMs: number): number => joint.place(message(9, timeMs, inter())).timeMs;
  // What waits of the old stream, and the header of the new one, which has its keyframe's time.
  expect([place(950), place(1_000), joint.place(message(9, 960, avcHeader())).timeMs]).toEqual([
    950, 1_000, 1_000,
  ]);
  expect(joint.place(message(8, 700, audio())).timeMs).toBe(700);
  expect(joint.place(KEY).timeMs).toBe(1_001);
  expect([place(980), place(1_000), place(1_020), joint.isDone]).toEqual([1_011, 1_021, 1_031, false]);
  expect([place(1_041), place(1_042), joint.isDone]).toEqual([1_041, 1_042, true]);
});

test('frames of several tracks keep one time', () => {
  const joint = new Joint(KEY, { lastMs: 1_000, sentMs: 1_000 });
  joint.place(KEY);
  const times = [960, 990, 990, 1_020].map((timeMs) => joint.place(message(9, timeMs, inter())).timeMs);
  expect(times).toEqual([1_001, 1_016, 1_016, 1_031]);
});

test('the keyframe was dropped on a slow line: time does not go back all the same', () => {
  const joint = new Joint(KEY, { lastMs: 1_000, sentMs: 1_000 });
  expect(joint.place(message(9, 980, keyframe())).timeMs).toBe(1_000);
  expect([joint.place(message(9, 1_050, keyframe())).timeMs, joint.isDone]).toEqual([1_050, true]);
});
