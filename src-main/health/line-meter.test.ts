import { expect, test } from 'vitest';
import { audio, inter, keyframe } from '../hub/testing/stream-messages.ts';
import { classifyMedia } from '../flv/classify.ts';
import { LineMeter } from './line-meter.ts';

function feed(meter: LineMeter, typeId: number, payload: Uint8Array, now: number): void {
  meter.message({ typeId, payload }, classifyMedia(typeId, payload), now);
}

test('bitrates whole, with keyframes only, and of the sound: means over six seconds', () => {
  const meter = new LineMeter(0);
  for (let second = 0; second < 10; second++) {
    if (second % 2 === 0) feed(meter, 9, keyframe(25_000), second * 1_000 + 10);
    feed(meter, 9, inter(50_000), second * 1_000 + 20);
    feed(meter, 8, audio(20_000), second * 1_000 + 30);
    meter.sample((second + 1) * 1_000);
  }
  expect(meter.sample(11_000).rates).toEqual({
    none: Math.round((2 * 25 + 5 * 50 + 5 * 20) * (8 / 6)),
    keyframes: Math.round((2 * 25 * 8) / 6) + Math.round((5 * 20 * 8) / 6),
    sound: Math.round((5 * 20 * 8) / 6),
  });
});

test('the longest gap, the one under way included, and anew each second', () => {
  const meter = new LineMeter(0);
  feed(meter, 8, audio(), 100);
  feed(meter, 8, audio(), 700);
  expect(meter.sample(1_000).longestGapMs).toBe(600);
  expect(meter.sample(2_000).longestGapMs).toBe(1_300);
  feed(meter, 8, audio(), 2_010);
  feed(meter, 8, audio(), 2_020);
  expect(meter.sample(2_100).longestGapMs).toBe(1_310);
  feed(meter, 8, audio(), 2_110);
  expect(meter.sample(2_150).longestGapMs).toBe(90);
});
