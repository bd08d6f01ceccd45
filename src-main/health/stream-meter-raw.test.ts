import { expect, test } from 'vitest';
import type { HealthReport } from '../../src-shared/model/health.ts';
import { classifyMedia } from '../flv/classify.ts';
import { aacHeader, audio, inter, keyframe, message } from '../hub/testing/stream-messages.ts';
import { StreamMeter } from './stream-meter.ts';

/** 1080p30 Main with B-frames, made by ffmpeg with libx264. */
const AVC_1080P30 =
  '1700000000 014d402affe1001a674d402aeca03c0113f2e022000003000200000300781e30632c01000468ce0fc8';
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

/** Feeds raw messages as they come: a frame each 40 ms and sound each 20, at timestamps that the test says. */
function encode(
  meter: StreamMeter,
  seconds: number,
  {
    video = (ms: number): number | undefined => ms,
    audio: sound = (ms: number): number | undefined => ms,
  } = {},
): HealthReport[] {
  const reports: HealthReport[] = [];
  const take = (typeId: number, timestamp: number | undefined, payload: Uint8Array, now: number): void => {
    if (timestamp === undefined) return;
    meter.take({ typeId, timestamp: timestamp >>> 0, payload }, classifyMedia(typeId, payload), now);
  };
  take(9, 0, bytesOf(AVC_1080P30), 0);
  take(8, 0, aacHeader(), 0);
  for (let now = 0; now < seconds * 1_000; now += 20) {
    if (now > 0 && now % 1_000 === 0) reports.push(meter.sample(now));
    if (now % 40 === 0) take(9, video(now), now % 2_000 === 0 ? keyframe() : inter(), now);
    take(8, sound(now), audio(), now);
  }
  reports.push(meter.sample(seconds * 1_000));
  return reports;
}

test('timestamps of an encoder are counted as it sent them: gaps, steps back, frames twice and missing', () => {
  const reports = encode(new StreamMeter(0), 20, {
    video: (ms) => (ms === 4_000 + 40 ? undefined : ms === 6_040 ? 6_000 : ms + (ms >= 8_000 ? 3_000 : 0)),
    audio: (ms) => ms + (ms >= 8_000 ? 3_000 : 0) - (ms >= 12_000 ? 100 : 0),
  });
  expect(reports.at(-1)?.meters).toMatchObject({
    droppedFrames: 1 + 75,
    duplicateFrames: 1,
    gaps: 2,
    backwardJumps: 1,
    keyframeIntervalSec: 2,
    keyframeSpreadSec: 0,
  });
  const told = reports.map(({ reasons }) => reasons.join());
  // The gap in the second after 8 s is a reason at once, and none after five good seconds.
  expect(told.map((words) => /left a gap/.test(words)).lastIndexOf(true)).toBe(8 + 4);
  expect(told.map((words) => /left a gap/.test(words)).indexOf(true)).toBe(8);
  expect(told[12]).toMatch(/jumped back/);
  expect(reports.at(-1)?.word).toBe('good');
});

test('a timestamp that wraps is no jump', () => {
  const start = 2 ** 32 - 3_000;
  const [report] = encode(new StreamMeter(0), 8, {
    video: (ms) => ms + start,
    audio: (ms) => ms + start,
  }).slice(-1);
  expect(report).toMatchObject({ word: 'good', meters: { gaps: 0, backwardJumps: 0, behindMs: 0 } });
});

test('sound that begins ahead of the picture says nothing wrong of line and keyframes (root cause: the timeline holds the first frames at 0)', () => {
  const [report] = encode(new StreamMeter(0), 8, { audio: (ms) => ms + 700 }).slice(-1);
  expect(report?.meters).toMatchObject({ keyframeIntervalSec: 2, keyframeSpreadSec: 0, behindMs: 0 });
});

test('sound that runs fast drifts; the reason comes only after it is sure', () => {
  const reports = encode(new StreamMeter(0), 60, { audio: (ms) => Math.round(ms * 1.001) });
  expect(reports[20]?.meters.avDriftMsPerMin).toBeNull();
  expect(reports.at(-1)?.meters.avDriftMsPerMin).toBeCloseTo(60, -1);
  const first = reports.findIndex(({ reasons }) => reasons.some((reason) => /drift apart/.test(reason)));
  expect(first + 1).toBe(30 + 9);
});

test('sound that stops while the picture goes on: failing', () => {
  const reports = encode(new StreamMeter(0), 12, { audio: (ms) => (ms < 6_000 ? ms : undefined) });
  expect(reports[7]?.word).not.toBe('failing');
  expect(reports[9]).toMatchObject({
    word: 'failing',
    reasons: [expect.stringMatching(/^No sound .* for 4 s/)],
  });
});

test('a picture of several tracks counts the default one', () => {
  const meter = new StreamMeter(0);
  const track = (id: number): Uint8Array => bytesOf(`a6 01 61766331 0${id} 000000 aabbcc`);
  for (let frame = 0; frame < 150; frame++) {
    const at = Math.round((frame * 1_000) / 30);
    for (const payload of [frame === 0 ? keyframe() : inter(), track(1), track(2)])
      meter.message(message(9, at, payload), at);
    if (frame % 30 === 29) meter.sample(((frame + 1) * 1_000) / 30);
  }
  const report = meter.sample(5_001);
  expect(report.meters.duplicateFrames).toBe(0);
  expect(report.video?.fps).toBeLessThan(31);
});

test('the owner hands in the round trip', () => {
  expect(new StreamMeter(0).sample(1_000, { roundTripMs: 12 }).meters.roundTripMs).toBe(12);
});
