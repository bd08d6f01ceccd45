import { expect, test } from 'vitest';
import type { LineVerdict } from '../../src-shared/model/studio-state.ts';
import { LineJudge, type EncoderLine, type TargetLine } from './line-judge.ts';

const ENCODER: EncoderLine = {
  ingestId: 'main',
  name: 'Main',
  isLive: true,
  jitterMs: 8,
  longestGapMs: 40,
  kbps: 6_200,
  videoFps: 60,
};

type Change = Partial<TargetLine> & { readonly dropsPerSec?: number; readonly acksBytesPerSec?: number };

/** Targets at 6 Mbit/s, second by second. */
class Stage {
  now = 0;
  readonly judge = new LineJudge();
  encoder = ENCODER;
  #lines = new Map<string, TargetLine>();
  readonly #changes = new Map<string, Change>();
  readonly #acks = new Map<string, number>();

  constructor(...ids: readonly string[]) {
    for (const id of ids) this.#lines.set(id, line(id));
  }

  set(id: string, change: Change): void {
    this.#changes.set(id, change);
  }

  /** The last verdict, and all of them. */
  run(seconds: number): readonly LineVerdict[] {
    return Array.from({ length: seconds }, () => {
      this.now += 1_000;
      this.#lines = new Map([...this.#lines].map(([id, before]) => [id, this.#next(before)]));
      return this.judge.sample(this.now, { encoders: [this.encoder], targets: [...this.#lines.values()] });
    });
  }

  last(seconds: number): LineVerdict | undefined {
    return this.run(seconds).at(-1);
  }

  kinds(seconds: number): readonly string[] {
    return this.run(seconds).map(({ kind }) => kind);
  }

  #next(before: TargetLine): TargetLine {
    const { dropsPerSec = 0, acksBytesPerSec = 0, ...change } = this.#changes.get(before.id) ?? {};
    const acked = (this.#acks.get(before.id) ?? 0) + acksBytesPerSec;
    this.#acks.set(before.id, acked);
    return {
      ...line(before.id),
      ...change,
      bytesSent: before.bytesSent + 750_000,
      droppedFrames: before.droppedFrames + dropsPerSec,
      // Peers acknowledge when their window is full: 2.5 MB with most platforms.
      bytesAcknowledged: Math.floor(acked / 2_500_000) * 2_500_000,
    };
  }
}

function line(id: string): TargetLine {
  return {
    id,
    name: id,
    isLive: true,
    isLocal: false,
    shed: 'none',
    queueMs: 20,
    backlogBytes: 0,
    bytesSent: 0,
    bytesAcknowledged: 0,
    roundTripMs: 40,
    droppedFrames: 0,
    kbps: 6_000,
    wantedKbps: 6_000,
  };
}

const SLOW: Change = { queueMs: 3_210, kbps: 4_000 };

test('all is well: no words', () => {
  expect(new Stage('Twitch', 'Kick').last(30)).toEqual({
    kind: 'ok',
    message: '',
    targetIds: [],
    ingestId: null,
  });
});

test('a queue over a second counts from the third sample on end', () => {
  const stage = new Stage('Twitch', 'Kick');
  stage.set('Kick', SLOW);
  expect(stage.kinds(3)).toEqual(['ok', 'ok', 'platform']);
  const hiccup = new Stage('Twitch', 'Kick');
  for (let times = 0; times < 5; times++) {
    hiccup.set('Kick', SLOW);
    expect(hiccup.kinds(2)).toEqual(['ok', 'ok']);
    hiccup.set('Kick', {});
    hiccup.run(1);
  }
});

test('recovered after five calm samples on end, and not by a queue just under the limit', () => {
  const stage = new Stage('Twitch', 'Kick');
  stage.set('Kick', SLOW);
  stage.run(3);
  stage.set('Kick', { queueMs: 900 });
  expect(stage.last(20)?.kind).toBe('platform');
  stage.set('Kick', {});
  expect(stage.kinds(5)).toEqual(['platform', 'platform', 'platform', 'platform', 'ok']);
});

test('one of three lags: that platform, by name, with its figures, and that the others are fine', () => {
  const stage = new Stage('Twitch', 'YouTube', 'Kick');
  stage.set('Kick', { ...SLOW, roundTripMs: 842 });
  const verdict = stage.last(8);
  expect(verdict).toMatchObject({ kind: 'platform', targetIds: ['Kick'], ingestId: null });
  expect(verdict?.message).toBe(
    'Kick takes the stream too slowly. 4.0 of 6.0 Mbit/s get through, 3.2 s of the stream wait and the way there and back takes 840 ms. Twitch and YouTube are fine, so the fault is at Kick or on the way there, not in your line. Choose another server of Kick near you, or lower the video bitrate if this goes on.',
  );
});

test('all lag: your line, with what gets through in sum and what to do', () => {
  const stage = new Stage('Twitch', 'YouTube');
  for (const id of ['Twitch', 'YouTube']) stage.set(id, { ...SLOW, dropsPerSec: 3 });
  const verdict = stage.last(25);
  expect(verdict).toMatchObject({ kind: 'your-line', targetIds: ['Twitch', 'YouTube'] });
  expect(verdict?.message).toBe(
    'Your line is too slow: Twitch and YouTube lag at the same time. 8.0 of 12.0 Mbit/s get through, 3.2 s of the stream wait and 60 frames were dropped in 10 s. Stop other uploads on this line, lower the video bitrate in the encoder, or switch off a target.',
  );
});

test('more than half is your line, half is not', () => {
  const stage = new Stage('A', 'B', 'C', 'D');
  stage.set('A', SLOW);
  stage.set('B', SLOW);
  expect(stage.last(3)).toMatchObject({ kind: 'platform', targetIds: ['A', 'B'] });
  stage.set('C', SLOW);
  expect(stage.last(3)).toMatchObject({ kind: 'your-line', targetIds: ['A', 'B', 'C'] });
});

test('a target on this computer, and one that is not live, say nothing of the line', () => {
  const stage = new Stage('Twitch', 'Kick', 'Rehearsal', 'Off');
  stage.set('Twitch', SLOW);
  stage.set('Kick', SLOW);
  stage.set('Rehearsal', { isLocal: true });
  stage.set('Off', { isLive: false });
  expect(stage.last(3)).toMatchObject({ kind: 'your-line', targetIds: ['Kick', 'Twitch'] });
  const local = new Stage('Rehearsal');
  local.set('Rehearsal', { isLocal: true, ...SLOW });
  expect(local.last(10)?.kind).toBe('ok');
});

test('with one live target it is said that the two cannot be told apart', () => {
  const stage = new Stage('Twitch');
  stage.set('Twitch', SLOW);
  const verdict = stage.last(3);
  expect(verdict).toMatchObject({ kind: 'your-line', targetIds: ['Twitch'] });
  expect(verdict?.message).toMatch(
    /^Either this computer's upload or Twitch is too slow; with one live target/,
  );
});

test('the only one left, which lagged while others were fine, is still the platform', () => {
  const stage = new Stage('Twitch', 'Kick');
  stage.set('Kick', SLOW);
  stage.run(5);
  stage.set('Twitch', { isLive: false });
  const verdict = stage.last(15);
  expect(verdict).toMatchObject({ kind: 'platform', targetIds: ['Kick'] });
  expect(verdict?.message).toContain('Other targets were fine at the same time');
});

test('targets that are shed and keep up do not speak for the line', () => {
  const stage = new Stage('A', 'B', 'C', 'D');
  stage.set('A', SLOW);
  stage.set('B', SLOW);
  stage.set('C', { shed: 'sound', kbps: 160, wantedKbps: 160 });
  stage.set('D', { shed: 'sound', kbps: 160, wantedKbps: 160 });
  const verdict = stage.last(3);
  expect(verdict).toMatchObject({ kind: 'your-line', targetIds: ['A', 'B'] });
  expect(verdict?.message).toContain('although C and D get less already');
});

test('frames that are left out by shedding, and up to the keyframe after it, are no lag; later ones are', () => {
  const stage = new Stage('Twitch', 'Kick');
  stage.set('Kick', { shed: 'keyframes', dropsPerSec: 29 });
  expect(new Set(stage.kinds(30))).toEqual(new Set(['ok']));
  stage.set('Kick', { dropsPerSec: 20 });
  expect(stage.last(4)?.kind).toBe('ok');
  stage.set('Kick', {});
  expect(stage.last(10)?.kind).toBe('ok');
  stage.set('Kick', { dropsPerSec: 1 });
  expect(stage.last(1)?.kind).toBe('platform');
});

test('a dropped frame counts for ten seconds, then five calm ones', () => {
  const stage = new Stage('Twitch', 'Kick');
  stage.run(5);
  stage.set('Kick', { dropsPerSec: 1 });
  stage.run(1);
  stage.set('Kick', {});
  const kinds = stage.kinds(20);
  expect(kinds.indexOf('ok')).toBe(13);
});

test('totals that begin anew with a connection are no drops', () => {
  const judge = new LineJudge();
  const at = (now: number, change: Partial<TargetLine>): string =>
    judge.sample(now, { encoders: [], targets: [{ ...line('Kick'), ...change }] }).kind;
  expect(at(1_000, { droppedFrames: 500, bytesSent: 9e9, bytesAcknowledged: 1e9 })).toBe('ok');
  expect(at(2_000, { droppedFrames: 0, bytesSent: 0 })).toBe('ok');
  expect(at(3_000, { droppedFrames: 1 })).toBe('your-line');
});

test('acknowledgements in steps of a window are no lag; growth beyond 3 s of the bitrate is', () => {
  const stage = new Stage('Twitch', 'Kick');
  stage.set('Twitch', { acksBytesPerSec: 750_000 });
  stage.set('Kick', { acksBytesPerSec: 750_000 });
  expect(new Set(stage.kinds(120))).toEqual(new Set(['ok']));
  stage.set('Kick', { acksBytesPerSec: 400_000 });
  const kinds = stage.kinds(14);
  expect(kinds.indexOf('platform')).toBeGreaterThanOrEqual(5);
  expect(stage.last(10)?.message).toMatch(/ [2-9]\d00 kB are not acknowledged/);
});

test('what a lost connection left unacknowledged for ever does not count', () => {
  const stage = new Stage('Twitch', 'Kick');
  stage.run(5);
  stage.set('Kick', { isLive: false });
  stage.run(1);
  stage.set('Kick', { acksBytesPerSec: 750_000 });
  expect(new Set(stage.kinds(60))).toEqual(new Set(['ok']));
});

test('a peer that never acknowledges is not judged by it', () => {
  expect(new Set(new Stage('Twitch', 'Kick').kinds(300))).toEqual(new Set(['ok']));
});

test('a peer that stops acknowledging while its queue is empty is not called slow for ever', () => {
  const stage = new Stage('Twitch', 'Kick');
  stage.set('Kick', { acksBytesPerSec: 750_000 });
  stage.run(30);
  stage.set('Kick', { acksBytesPerSec: 0 });
  expect(stage.last(60)?.kind).toBe('ok');
});

test('gaps of the encoder, three in ten seconds: the encoder, with the worst gap', () => {
  const stage = new Stage('Twitch', 'Kick');
  stage.run(5);
  for (const longestGapMs of [700, 1_430, 620]) {
    expect(stage.last(2)?.kind).toBe('ok');
    stage.encoder = { ...ENCODER, longestGapMs };
    stage.run(1);
    stage.encoder = ENCODER;
  }
  const verdict = stage.last(1);
  expect(verdict).toMatchObject({ kind: 'encoder', targetIds: [], ingestId: 'main' });
  expect(verdict?.message).toBe(
    "The encoder's stream on Main comes in unevenly: gaps of up to 1.4 s, at 6.2 Mbit/s and 60 frames per second. Nothing waits for the targets: the fault is in the encoder (overloaded, see OBS → View → Stats) or the line between it and this computer.",
  );
  // The worst two are still among the last ten, then one.
  expect(stage.kinds(7)).toEqual(['encoder', 'encoder', 'encoder', 'encoder', 'encoder', 'ok', 'ok']);
});

test('jitter over 100 ms counts like gaps; without targets the words do not speak of them', () => {
  const stage = new Stage();
  stage.encoder = { ...ENCODER, jitterMs: 134, videoFps: null };
  const verdict = stage.last(3);
  expect(verdict?.kind).toBe('encoder');
  expect(verdict?.message).toContain('frames up to 130 ms off their time, at 6.2 Mbit/s. The fault is in');
});

test('an uneven encoder is not blamed while queues are full, nor when it is gone, and targets come first', () => {
  const stage = new Stage('Twitch', 'Kick');
  stage.encoder = { ...ENCODER, longestGapMs: 900 };
  stage.set('Twitch', { queueMs: 800 });
  expect(new Set(stage.kinds(20))).toEqual(new Set(['ok']));
  stage.set('Twitch', {});
  expect(stage.last(3)?.kind).toBe('encoder');
  stage.set('Twitch', SLOW);
  expect(stage.last(3)?.kind).toBe('platform');
  const gone = new Stage('Twitch');
  gone.encoder = { ...ENCODER, longestGapMs: 5_000, isLive: false };
  expect(gone.last(20)?.kind).toBe('ok');
});

test('the words stay for 10 s while it is about the same targets, and change at once with them', () => {
  const stage = new Stage('A', 'B', 'C');
  const judged: (LineVerdict | undefined)[] = [];
  for (let second = 0; second < 33; second++) {
    stage.set('A', { queueMs: 2_000 + second * 137, kbps: 3_000 + second * 31 });
    judged.push(stage.last(1));
  }
  expect(new Set(judged.map((verdict) => verdict?.message)).size).toBe(1 + 4);
  const before = judged.at(-1);
  stage.set('B', SLOW);
  stage.run(2);
  expect(stage.last(1)?.message).not.toBe(before?.message);
});
