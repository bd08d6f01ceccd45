import { expect, test } from 'vitest';
import { ArrivalMeter } from './arrival-meter.ts';
import { carriesDefaultTrack } from './default-track.ts';
import { KeyframeMeter } from './keyframe-meter.ts';
import { MediaClock } from './media-clock.ts';
import { RateWindow } from './rate-window.ts';
import { RecentCounts } from './recent-counts.ts';
import { SyncMeter } from './sync-meter.ts';
import { TimestampSteps } from './timestamp-steps.ts';

test('bitrate: last second, mean of ten, and the highest second that was a whole one', () => {
  const rate = new RateWindow();
  expect(rate.sample(1_000)).toBeNull();
  rate.add(50_000);
  expect(rate.sample(1_000)).toEqual({ kbps1s: 400, kbps10s: 200, kbpsPeak: 400 });
  rate.add(50_000);
  expect(rate.sample(100)?.kbpsPeak).toBe(400);
  for (let second = 0; second < 10; second++) rate.sample(1_000);
  expect(rate.sample(1_000)).toEqual({ kbps1s: 0, kbps10s: 0, kbpsPeak: 400 });
});

test('steps: gaps over half a second, every step back, wraps are none', () => {
  const steps = new TimestampSteps();
  expect([2 ** 32 - 20, 20, 520, 1_021, 1_020].map((at) => steps.take(at))).toEqual([
    undefined,
    40,
    500,
    501,
    -1,
  ]);
  expect([steps.gaps, steps.backwardJumps]).toEqual([1, 1]);
});

test('media clock: steps add up; over a jump arrival stands for them', () => {
  const clock = new MediaClock();
  expect([clock.take(undefined, 100), clock.take(40, 130), clock.take(-5_000, 175)]).toEqual([0, 40, 85]);
  expect([clock.take(20_000, 215), clock.take(9_000, 220)]).toEqual([125, 9_125]);
});

test('keyframes: mean and spread of the last ten whole intervals, frames of the last GOP', () => {
  const keyframes = new KeyframeMeter();
  const gop = (from: number, frames: number): void => {
    for (let n = 0; n < frames; n++) keyframes.frame(from + n * 100, n === 0);
  };
  gop(0, 30);
  expect([keyframes.meanSec, keyframes.gopFrames, keyframes.sinceKeyframeMs]).toEqual([null, null, 2_900]);
  gop(3_000, 10);
  gop(4_000, 20);
  keyframes.broke();
  gop(6_000, 20);
  gop(8_000, 1);
  expect(keyframes).toMatchObject({ count: 3, spreadSec: 2, lastIntervalSec: 2, gopFrames: 20 });
  expect(keyframes.meanSec).toBeCloseTo((3 + 1 + 2) / 3);
  for (let n = 0; n < 12; n++) gop(20_000 + n * 1_000, 10);
  expect(keyframes).toMatchObject({ count: 10, meanSec: 1, spreadSec: 0 });
});

/** A frame each 40 ms, for so many seconds, late by so much. */
function arrive(meter: ArrivalMeter, fromSec: number, toSec: number, late: (ms: number) => number): void {
  for (let at = fromSec * 1_000; at < toSec * 1_000; at += 40) meter.frame(at, at + late(at));
}

test('arrival: jitter of one second and of ten', () => {
  const meter = new ArrivalMeter();
  expect(meter.sample(0)).toEqual({ jitterMs: null, jitter10sMs: null, behindMs: null });
  arrive(meter, 0, 1, (ms) => (ms % 80 === 0 ? 0 : 10));
  expect(meter.sample(1_000)).toMatchObject({ jitterMs: 10, behindMs: 0 });
  arrive(meter, 1, 2, () => 0);
  const { jitterMs, jitter10sMs } = meter.sample(2_000);
  expect(jitterMs).toBe(0);
  // 24 deviations of 10 ms among 49.
  expect(jitter10sMs).toBeCloseTo(240 / 49, 5);
});

test('behind: against the best so far, while nothing comes too, and back to nothing', () => {
  const meter = new ArrivalMeter();
  arrive(meter, 0, 1, () => 300);
  expect(meter.sample(1_300).behindMs).toBe(0);
  arrive(meter, 1, 2, () => 100);
  expect(meter.sample(2_100).behindMs).toBe(0);
  arrive(meter, 2, 3, () => 900);
  expect(meter.sample(3_900).behindMs).toBeCloseTo(800, 0);
  expect(meter.sample(6_900).behindMs).toBeCloseTo(6_900 - 2_960 - 100, 0);
  arrive(meter, 3, 7, (ms) => Math.max(150, 6_900 - ms));
  // The best is forgotten by 0.1 ms a second.
  expect(meter.sample(7_150).behindMs).toBeCloseTo(50 - 0.5, 1);
});

test('clocks that differ by 50 millionths are not behind after six hours (root cause: the best was remembered for ever)', () => {
  const meter = new ArrivalMeter();
  let behindMs: number | null = null;
  for (let second = 0; second < 6 * 3_600; second++) {
    meter.frame(second * 1_000 * (1 - 50e-6), second * 1_000);
    ({ behindMs } = meter.sample(second * 1_000));
  }
  expect(behindMs).toBeLessThan(1);
});

test('drift: by least squares, from half a minute on, anew after a break', () => {
  const sync = new SyncMeter();
  const drift = (sec: number): number | null => {
    for (let at = sec * 1_000; at < (sec + 1) * 1_000; at += 20) {
      sync.video({ timeMs: at, clockMs: at });
      const clockMs = at * 0.9995 + (at % 60 === 0 ? 15 : -15);
      sync.audio({ timeMs: at - 300, clockMs });
    }
    return sync.sampleDrift((sec + 1) * 1_000);
  };
  const found = Array.from({ length: 200 }, (_, sec) => drift(sec));
  expect(found.findIndex((one) => one !== null)).toBe(29);
  expect(found[29]).toBeCloseTo(-30, 0);
  expect(found[199]).toBeCloseTo(-30, 0);
  expect(sync.offsetMs).toBe(-300);
  sync.broke();
  expect(drift(200)).toBeNull();
});

test('drift of sound alone is not known', () => {
  const sync = new SyncMeter();
  sync.audio({ timeMs: 0, clockMs: 0 });
  expect([sync.offsetMs, sync.sampleDrift(60_000)]).toEqual([null, null]);
});

test('recent counts look back over the last samples', () => {
  const recent = new RecentCounts(3);
  const at = (frames: number): number => recent.sample({ frames, dropped: 0, duplicates: 0 }).frames;
  expect([at(10), at(20), at(30), at(60), at(60)]).toEqual([10, 20, 30, 50, 40]);
});

test.each([
  [9, '2701000000aa', true],
  [9, 'a1 61766331 000000aa', true],
  [9, 'a6 01 61766331 01 000000aa', false],
  [9, 'a6 01 61766331 00 000000aa', true],
  [9, 'a6 11 61766331 01 000003 aabbcc 00 000003 aabbcc', true],
  [9, 'a6', false],
  [8, 'af01aa', true],
  [8, '91 4f707573 aa', true],
  [8, '95 01 4f707573 02 aa', false],
])('message %d %s carries the default track: %s', (typeId, hex, expected) => {
  expect(carriesDefaultTrack(typeId, Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex')))).toBe(
    expected,
  );
});
