import { expect, test } from 'vitest';
import type { KeptMinute, KeptOutage } from './history-batch.ts';
import { worstMinute } from './worst-minute.ts';

const MINUTE_MS = 60_000;

/** Ten calm minutes, the one numbered `index` changed. */
function minutes(index: number, change: Partial<KeptMinute>): readonly KeptMinute[] {
  return Array.from({ length: 10 }, (_, minute) => ({
    showId: 's',
    targetId: 't',
    minute,
    at: minute * MINUTE_MS,
    liveMs: 60_000,
    wantedMs: 60_000,
    bits: 6000 * 60_000,
    ratedMs: 60_000,
    fps: null,
    droppedFrames: 0,
    queueMs: 20,
    jitterMs: null,
    ...(minute === index ? change : {}),
  }));
}

const outages: readonly KeptOutage[] = [
  {
    showId: 's',
    targetId: 't',
    at: 3.5 * MINUTE_MS,
    endedAt: 3.9 * MINUTE_MS,
    code: 'c',
    cause: 'The platform hung up.',
  },
];

test.each<[string, Partial<KeptMinute>, RegExp]>([
  ['drops', { droppedFrames: 90 }, /^90 video frames were dropped: the platform or the line/],
  ['a queue', { queueMs: 4200 }, /^Up to 4\.2 s of the show waited in its queue/],
  ['a low bitrate', { bits: 2000 * 60_000 }, /^The bitrate was 2000 kbit\/s; 6000 was usual in this show\.$/],
  ['an outage', { liveMs: 36_000 }, /^It was not live for 24 s: The platform hung up\.$/],
  [
    'two things, the graver first',
    { liveMs: 36_000, droppedFrames: 30 },
    /^It was not live .* 1?30 video frames/,
  ],
])('%s', (_, change, words) => {
  const worst = worstMinute('target', { minutes: minutes(3, change), outages });
  expect(worst?.at).toBe('1970-01-01T00:03:00.000Z');
  expect(worst?.cause).toMatch(words);
});

test('an encoder is told in its own words', () => {
  const kept = { minutes: minutes(4, { jitterMs: 900, droppedFrames: 1 }), outages: [] };
  expect(worstMinute('encoder', kept)?.cause).toBe(
    'Frames came unevenly, up to 900 ms off: its computer was too busy, or its line to this computer too slow. ' +
      '1 video frame was dropped: its computer was too busy, or its line to this computer too slow.',
  );
});

test('the worst of several; none in a calm show; a short last minute is not a slow one', () => {
  const bad = minutes(2, { droppedFrames: 60 }).map((row) =>
    row.minute === 7 ? { ...row, liveMs: 10_000 } : row,
  );
  expect(worstMinute('target', { minutes: bad, outages: [] })?.at).toBe('1970-01-01T00:07:00.000Z');
  expect(worstMinute('target', { minutes: minutes(0, { droppedFrames: 3 }), outages: [] })).toBeNull();
  const last = { liveMs: 4000, wantedMs: 4000, ratedMs: 4000, bits: 4000 * 100 };
  expect(worstMinute('target', { minutes: minutes(9, last), outages: [] })).toBeNull();
});
