import { expect, test } from 'vitest';
import type { HealthReport } from '../../src-shared/model/health.ts';
import { aacHeader, audio, inter, keyframe, message, metadata } from '../hub/testing/stream-messages.ts';
import { StreamMeter } from './stream-meter.ts';

/** 1080p30 Main with B-frames, made by ffmpeg with libx264. */
const AVC_1080P30 =
  '1700000000 014d402affe1001a674d402aeca03c0113f2e022000003000200000300781e30632c01000468ce0fc8';
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

type Encoder = {
  readonly fps?: number;
  readonly gopFrames?: number;
  readonly frameBytes?: number;
  /** Sound's timestamps are ahead of its picture's by this, ms. */
  readonly audioAheadMs?: number;
  readonly hasAudio?: boolean;
  readonly hasVideo?: boolean;
};

/** A stream in virtual time, sampled once a second. */
class Stage {
  readonly meter = new StreamMeter(0);
  now = 0;
  report: HealthReport | undefined;
  #frame = 0;

  constructor() {
    this.meter.message(message(9, 0, bytesOf(AVC_1080P30)), 0);
    this.meter.message(message(8, 0, aacHeader()), 0);
  }

  /** Seconds of an even stream; `late` says how much later than due each frame comes, ms. */
  play(seconds: number, encoder: Encoder = {}, late: (frame: number) => number = () => 0): HealthReport {
    const { fps = 30, gopFrames = 2 * fps, frameBytes = 20_000, audioAheadMs = 0 } = encoder;
    const { hasAudio = true, hasVideo = true } = encoder;
    const arrivals: { at: number; give: () => void }[] = [];
    const endMs = this.now + seconds * 1_000;
    for (let n = 0; hasVideo && n < Math.floor(seconds * fps); n++) {
      const frame = this.#frame++;
      const dueMs = this.now + Math.round((n * 1_000) / fps);
      const at = dueMs + late(frame);
      const payload = frame % gopFrames === 0 ? keyframe(frameBytes) : inter(frameBytes);
      arrivals.push({
        at,
        give: () => {
          this.meter.message(message(9, dueMs, payload), at);
        },
      });
    }
    for (let due = this.now; hasAudio && due < endMs; due += 20) {
      const at = due;
      arrivals.push({
        at,
        give: () => {
          this.meter.message(message(8, at + audioAheadMs, audio(400)), at);
        },
      });
    }
    arrivals.sort((a, b) => a.at - b.at);
    for (let second = 1; second <= seconds; second++) {
      const until = this.now + 1_000;
      while (arrivals[0] !== undefined && arrivals[0].at < until) arrivals.shift()?.give();
      this.now = until;
      this.report = this.meter.sample(this.now);
    }
    for (const { give } of arrivals) give();
    if (this.report === undefined) throw new Error('nothing was played');
    return this.report;
  }
}

test('nothing yet: waiting', () => {
  const report = new StreamMeter(0).sample(1_000);
  expect(report).toMatchObject({
    word: 'waiting',
    video: null,
    audio: null,
    avOffsetMs: null,
    jitterMs: null,
  });
  expect(report.reasons).toHaveLength(1);
});

test('an even stream is good, and its figures are those it was made with', () => {
  const report = new Stage().play(10);
  expect(report).toEqual({
    word: 'good',
    reasons: [],
    video: {
      codec: 'H.264',
      profile: 'Main',
      level: '4.2',
      width: 1920,
      height: 1080,
      fps: 30,
      kbps: (30 * 20_000 * 8) / 1_000,
      keyframeIntervalSec: 2,
      bFrames: true,
      reorderFrames: 2,
      cabac: false,
      interlaced: false,
      chroma: '4:2:0',
      bitDepth: 8,
    },
    audio: { codec: 'AAC', sampleRate: 48_000, channels: 2, profile: 'LC', kbps: (50 * 400 * 8) / 1_000 },
    avOffsetMs: 13,
    jitterMs: 0,
    meters: {
      video: { kbps1s: 4_800, kbps10s: 4_800, kbpsPeak: 4_800 },
      audio: { kbps1s: 160, kbps10s: 160, kbpsPeak: 160 },
      droppedFrames: 0,
      duplicateFrames: 0,
      keyframeIntervalSec: 2,
      keyframeSpreadSec: 0,
      gopFrames: 60,
      timestampJitterMs: 0.4,
      gaps: 0,
      backwardJumps: 0,
      avOffsetMs: 13,
      avDriftMsPerMin: null,
      arrivalJitterMs: 0,
      roundTripMs: null,
      behindMs: 0,
    },
  });
});

test.each([
  [60, 2_000],
  [29.97, 4_000],
  [25, 500],
])('%d frames a second', (fps, frameBytes) => {
  const { video } = new Stage().play(10, { fps, frameBytes, gopFrames: 50 });
  expect(video?.fps).toBeCloseTo(fps, 0);
  expect(Math.abs((video?.kbps ?? 0) - (fps * frameBytes * 8) / 1_000)).toBeLessThan(frameBytes * 0.016);
  expect(video?.keyframeIntervalSec).toBeCloseTo(50 / fps, 1);
});

test('keyframes too far apart: strained, with what to change', () => {
  const report = new Stage().play(12, { gopFrames: 150 });
  expect([report.word, report.video?.keyframeIntervalSec]).toEqual(['strained', 5]);
  expect(report.reasons).toEqual([
    expect.stringMatching(/every 5 s.*keyframe interval in the encoder to 2 s/),
  ]);
});

test('frames that come unevenly: strained, with the figure', () => {
  const report = new Stage().play(10, {}, (frame) => (frame % 2) * 300);
  expect(report.word).toBe('strained');
  expect(report.jitterMs).toBeGreaterThan(120);
  expect(report.reasons.join()).toMatch(/arrive unevenly/);
});

test('a little jitter is good, and shown', () => {
  const report = new Stage().play(10, {}, (frame) => (frame % 2) * 20);
  expect([report.word, report.jitterMs]).toEqual(['good', 20]);
});

test('sound and picture apart: strained; its sign says which is ahead', () => {
  expect(new Stage().play(8, { audioAheadMs: 700 })).toMatchObject({ word: 'strained', avOffsetMs: 713 });
  expect(new Stage().play(8, { audioAheadMs: -700 })).toMatchObject({ word: 'strained', avOffsetMs: -687 });
});

test('an encoder that falls to half its rate: strained, with both figures; good again when it is back', () => {
  const stage = new Stage();
  expect(stage.play(10).word).toBe('good');
  const report = stage.play(6, { fps: 15 });
  expect(report.word).toBe('strained');
  expect(report.reasons.join()).toMatch(/15 of 30 frames/);
  expect(stage.play(6).word).toBe('good');
});

test('after a burst of held-back frames the stream is good again (root cause: the burst counted as the best frame rate for ever)', () => {
  const stage = new Stage();
  stage.play(10);
  // The line stands for up to three seconds, then brings all at once.
  const begun = stage.now;
  stage.play(6, {}, (frame) => Math.max(0, begun + 2_900 - (frame * 1_000) / 30));
  const report = stage.play(10);
  expect([report.word, report.reasons]).toEqual(['good', []]);
});

test('no picture for three seconds: failing; sound goes on', () => {
  const stage = new Stage();
  stage.play(6);
  expect(stage.play(2, { hasVideo: false }).word).not.toBe('failing');
  const report = stage.play(1, { hasVideo: false });
  expect([report.word, report.reasons]).toEqual(['failing', ['No video from the encoder for 3 s.']]);
  expect(stage.play(6).word).toBe('good');
});

test('sound alone, and picture alone', () => {
  const soundOnly = new StreamMeter(0);
  soundOnly.message(message(8, 0, aacHeader()), 0);
  soundOnly.message(message(8, 20, audio()), 20);
  expect(soundOnly.sample(1_000)).toMatchObject({ word: 'strained', video: null, avOffsetMs: null });
  const pictureOnly = new StreamMeter(0);
  pictureOnly.message(message(9, 0, keyframe()), 0);
  const report = pictureOnly.sample(1_000);
  expect(report).toMatchObject({ word: 'strained', audio: null, video: { codec: 'H.264', width: null } });
  expect(report.reasons).toEqual(['The encoder sends a picture but no sound.']);
});

test('data and empty messages are no media; a second without any is 0 kbit/s', () => {
  const meter = new StreamMeter(0);
  meter.message(message(18, 0, metadata()), 0);
  meter.message(message(8, 0, new Uint8Array(0)), 0);
  expect(meter.sample(1_000).word).toBe('waiting');
  meter.message(message(9, 0, keyframe()), 1_000);
  meter.sample(2_000);
  expect(meter.sample(3_000).video).toMatchObject({ kbps: 0 });
});

test('a new sequence header in mid-stream changes what is shown', () => {
  const stage = new Stage();
  stage.play(2);
  const hd =
    '1700000000 01640020ffe1001967640020acd9405005bb0110000003001000000780f183196001000668ebe3cb22c0fdf8f800';
  stage.meter.message(message(9, 2_000, bytesOf(hd)), 2_000);
  expect(stage.play(1).video).toMatchObject({ width: 1280, height: 720, profile: 'High' });
  // One that cannot be read leaves the codec's name only.
  stage.meter.message(message(9, 3_000, bytesOf('1700000000 01ff')), 3_000);
  expect(stage.play(1).video).toMatchObject({ codec: 'H.264', width: null });
});

test('media that comes later and later: behind, and good again once it has caught up', () => {
  const stage = new Stage();
  stage.play(6);
  const begun = stage.now;
  const report = stage.play(10, { hasAudio: false }, (frame) => (frame - 180) * 10);
  expect(begun).toBe(6_000);
  expect(report.meters.behindMs).toBeGreaterThan(1_500);
});
