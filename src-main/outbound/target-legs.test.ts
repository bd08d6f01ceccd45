import { expect, test } from 'vitest';
import { ReaderQueue } from '../hub/reader-queue.ts';
import { Stream } from '../hub/stream.ts';
import { keyframe } from '../hub/testing/stream-messages.ts';
import { BACKUP_AFTER_MS } from './target-legs.ts';
import { HEALTHY_AFTER_MS } from './target-supervisor.ts';
import { LegsStage, liveLegs } from './testing/legs-stage.ts';

const KEY_REFUSED = { publish: { code: 'NetStream.Publish.Denied', description: 'unknown key' } };

test('off: one leg, whatever place the second has', async () => {
  const stage = await liveLegs('off', { first: 'refused' });
  await stage.pass(60_000);
  expect([stage.states, stage.lines]).toEqual([
    ['retrying', undefined],
    [0, 0],
  ]);
  expect(stage.told.every((word) => word.startsWith('primary'))).toBe(true);
  await stage.legs.close();
});

test('together: both while the target is wanted, each on its own', async () => {
  const stage = await liveLegs('together');
  expect([stage.states, stage.lines, stage.told]).toEqual([
    ['live', 'live'],
    [1, 1],
    ['primary live', 'backup live'],
  ]);
  const { since } = stage.legs;
  await stage.pass(1_000);
  await stage.cut('primary');
  expect([stage.legs.state, stage.legs.since, stage.legs.isWanted, stage.lines]).toEqual([
    'live',
    since,
    true,
    [0, 1],
  ]);
  expect([stage.legs.lastError?.verdict.code, stage.legs.nextRetryAt]).toEqual([
    'connection-lost',
    expect.any(Number),
  ]);
  await stage.pass(60_000);
  expect([stage.lines, stage.legs.reconnects]).toEqual([[1, 1], 1]);
  await stage.cut('backup');
  expect([stage.states, stage.legs.lastError]).toEqual([['live', 'retrying'], undefined]);
  await stage.end();
  expect([stage.states, stage.lines, stage.newest('primary').server.goodbyes]).toEqual([
    ['waiting', 'off'],
    [0, 0],
    1,
  ]);
  await stage.begin();
  expect(stage.states).toEqual(['live', 'live']);
  stage.legs.setEnabled(false);
  await stage.settle();
  expect([stage.states, stage.lines, stage.legs.isWanted]).toEqual([['off', 'off'], [0, 0], false]);
});

test('what is watched is the first leg, and the second one while that alone is live', async () => {
  const stage = await liveLegs('together');
  const seen: string[] = [];
  const watch = (name: string) => {
    const queue = new ReaderQueue();
    const reader = {
      queue,
      wake: () => {
        for (let next = queue.take(); next !== undefined; next = queue.take()) {
          if (next.media.role === 'keyframe') seen.push(`${name}@${next.timeMs}`);
        }
      },
      began: () => undefined,
      ended: () => {
        seen.push(`${name} over`);
      },
    };
    stage.legs.sent.attach(reader);
    return reader;
  };
  const first = watch('first');
  stage.frame(true);
  await stage.cut('primary');
  stage.frame(true);
  expect(seen).toEqual(['first@40', 'first over']);
  stage.legs.sent.detach(first);
  watch('second');
  stage.frame(true);
  expect(seen.slice(2)).toEqual(['second@120']);
  const closed = stage.legs.close();
  expect(seen.at(-1)).toBe('second over');
  await stage.pass(5_000);
  await closed;
});

test('on failure: called when the first is away for three seconds, let go when that was healthy for a while', async () => {
  const stage = await liveLegs('on-failure');
  await stage.pass(60_000);
  expect([stage.states, stage.lines]).toEqual([
    ['live', 'off'],
    [1, 0],
  ]);
  stage.next.first = 'timeout';
  await stage.cut('primary');
  const lostAt = stage.clock.wallNow();
  await stage.pass(BACKUP_AFTER_MS - 1);
  expect([stage.states, stage.lines]).toEqual([
    [expect.stringMatching(/retrying|connecting/), 'off'],
    [0, 0],
  ]);
  await stage.pass(1);
  expect([stage.states, stage.lines, stage.told.at(-1)]).toEqual([['live', 'live'], [0, 1], 'backup live']);
  expect(stage.legs.since).toBe(lostAt + BACKUP_AFTER_MS);
  stage.next.first = {};
  await stage.pass(30_000);
  expect(stage.lines).toEqual([1, 1]);
  const back = stage.told.lastIndexOf('primary again');
  expect(back).toBeGreaterThan(0);
  // Lost again before it was healthy: the second leg stays, and the while begins anew.
  await stage.cut('primary');
  await stage.pass(2_000);
  expect(stage.lines).toEqual([1, 1]);
  await stage.pass(HEALTHY_AFTER_MS - 2_500);
  expect(stage.lines).toEqual([1, 1]);
  await stage.pass(3_000);
  expect([stage.states, stage.lines]).toEqual([
    ['live', 'off'],
    [1, 0],
  ]);
  expect([
    stage.newest('backup').server.goodbyes,
    stage.calls.filter(({ host }) => host === 'second').length,
  ]).toEqual([1, 1]);
});

test('on failure: a first leg that is back at once does not call the second', async () => {
  const stage = await liveLegs('on-failure');
  await stage.cut('primary');
  await stage.pass(60_000);
  expect([stage.told, stage.lines]).toEqual([
    ['primary live', 'primary connection-lost', 'primary again'],
    [1, 0],
  ]);
});

test.each([
  ['never answers', 'never' as const, BACKUP_AFTER_MS],
  ['refuses the key', KEY_REFUSED, 0],
])('on failure: a first server that %s from the start brings the second', async (_, first, afterMs) => {
  const stage = await liveLegs('on-failure', { first });
  await stage.pass(afterMs);
  expect([stage.legs.state, stage.lines[1], stage.told.at(-1)]).toEqual(['live', 1, 'backup live']);
  await stage.pass(120_000);
  expect(stage.lines[1]).toBe(1);
  stage.next.first = {};
  stage.legs.startNow();
  await stage.pass(60_000);
  expect(stage.lines).toEqual([1, 0]);
});

test('both fail: the target shows the first one’s failure', async () => {
  const stage = await liveLegs('on-failure', { first: KEY_REFUSED, second: 'refused' });
  expect([stage.states, stage.legs.lastError?.verdict.code, stage.legs.isWanted]).toEqual([
    ['failed', 'retrying'],
    'key-refused',
    true,
  ]);
  expect(stage.legs.backup?.lastError?.verdict.code).toBe('connection-refused');
});

test('the mode changes while live: the second leg comes and goes, the first one notices nothing', async () => {
  const stage = await liveLegs('off');
  for (const [mode, lines] of [
    ['together', 1],
    ['on-failure', 1],
    ['off', 0],
    ['on-failure', 0],
  ] as const) {
    stage.mode = mode;
    stage.legs.modeChanged();
    await stage.settle();
    expect(stage.lines).toEqual([1, lines]);
  }
  expect(stage.calls.filter(({ host }) => host === 'first')).toHaveLength(1);
});

test('places are edited: that leg is made anew, the other goes on; one at most for each', async () => {
  const stage = await liveLegs('together');
  stage.newest('backup').line.near.stalled = true;
  stage.frame(true);
  stage.second = { ...stage.first, url: 'rtmp://second/app2' };
  stage.legs.placeChanged('backup');
  await stage.settle();
  // Its goodbye is not out yet.
  expect([stage.lines, stage.calls.length, stage.states]).toEqual([[1, 1], 2, ['live', 'connecting']]);
  await stage.pass(2_500);
  expect([stage.lines, stage.calls.length, stage.states]).toEqual([[1, 1], 3, ['live', 'live']]);
  stage.legs.placeChanged('primary');
  await stage.settle();
  expect([stage.lines, stage.calls.at(-1)?.host]).toEqual([[1, 1], 'first']);
  stage.second = undefined;
  stage.legs.placeChanged('backup');
  await stage.settle();
  expect([stage.lines, stage.states]).toEqual([
    [1, 0],
    ['live', undefined],
  ]);
});

test('counts are of both legs, of a second one that was let go too, and begin anew with the show', async () => {
  const stage = await liveLegs('together');
  const both = stage.legs.counts.bytesSent;
  expect(both).toBe(
    stage.newest('primary').line.near.bytesSent() + stage.newest('backup').line.near.bytesSent(),
  );
  stage.mode = 'off';
  stage.legs.modeChanged();
  await stage.settle();
  expect(stage.legs.counts.bytesSent).toBeGreaterThanOrEqual(both);
  stage.mode = 'together';
  stage.legs.modeChanged();
  await stage.settle();
  expect(stage.legs.counts.bytesSent).toBeGreaterThan(both + 3_000);
  const slow = stage.newest('backup').line.near;
  slow.stalled = true;
  slow.pretendedBacklogBytes = 400_000;
  for (let n = 0; n < 10; n++) stage.frame(n === 0);
  expect([stage.legs.counts.queueMs, stage.legs.counts.backlogBytes]).toEqual([365, 400_000]);
  slow.stalled = false;
  slow.pretendedBacklogBytes = 0;
  await stage.end();
  await stage.begin();
  expect(stage.legs.counts.bytesSent).toBe(
    stage.newest('primary').line.near.bytesSent() + stage.newest('backup').line.near.bytesSent(),
  );
});

test('streams, shedding and orders go to both legs', async () => {
  const stage = await liveLegs('together');
  const other = new Stream();
  other.begin();
  stage.legs.switchStream(other);
  stage.legs.setShed('sound');
  expect(stage.told).not.toContain('switched');
  other.publish(9, 100, keyframe(), 0);
  expect([stage.legs.stream === other, other.readerCount, stage.told.at(-1)]).toEqual([true, 2, 'switched']);
  expect(stage.told.filter((word) => word === 'switched')).toHaveLength(1);
  await stage.settle();
  const pictures = (leg: 'primary' | 'backup'): number =>
    stage.newest(leg).server.messages.filter(({ typeId, payload }) => typeId === 9 && payload[1] === 1)
      .length;
  expect([pictures('primary'), pictures('backup')]).toEqual([1, 1]);
  stage.next.first = stage.next.second = 'refused';
  await stage.cut('primary');
  await stage.cut('backup');
  stage.next.first = stage.next.second = {};
  stage.legs.tryNow();
  stage.legs.checkLine();
  await stage.pass(1_000);
  expect(stage.lines).toEqual([1, 1]);
});

test('close is for good, whatever timers run', async () => {
  for (const mode of ['together', 'on-failure'] as const) {
    const stage = await liveLegs(mode);
    await stage.cut('primary');
    await stage.pass(200);
    const closed = stage.legs.close();
    await stage.pass(60_000);
    await closed;
    expect([stage.lines, stage.clock.pending, stage.stream.readerCount]).toEqual([[0, 0], 0, 0]);
  }
});

test('a second leg without a place is none', async () => {
  const stage = new LegsStage('together');
  stage.second = undefined;
  stage.legs.setEnabled(true);
  await stage.begin();
  expect([stage.states, stage.lines]).toEqual([
    ['live', undefined],
    [1, 0],
  ]);
});

test('the pause before a retry may be decided elsewhere, for each leg', async () => {
  const asked: string[] = [];
  const stage = new LegsStage('together', {
    retryDelay: ({ code }, attempt, leg) => {
      asked.push(`${leg} ${code} ${attempt}`);
      return 2_000;
    },
  });
  stage.next.first = stage.next.second = 'refused';
  stage.legs.setEnabled(true);
  await stage.begin();
  expect(asked).toEqual(['primary connection-refused 1', 'backup connection-refused 1']);
  expect(stage.legs.nextRetryAt).toBe(stage.clock.wallNow() + 2_000);
});
