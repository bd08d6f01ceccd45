import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLOSED_AT_PUBLISH_LIMIT } from './run-end.ts';
import { ALREADY_PUBLISHING } from '../net/testing/scripted-server.ts';
import { HEALTHY_AFTER_MS } from './target-supervisor.ts';
import { CHECKED_FOR_MS } from './stall-watch.ts';
import { live, Stage, type Next } from './testing/stage.ts';

const WRONG_KEY: Next = { publish: { code: 'NetStream.Publish.Denied', description: 'unknown key' } };

test('off, waiting, connecting, live, waiting', async () => {
  const stage = new Stage();
  expect(stage.target.state).toBe('off');
  stage.target.setEnabled(true);
  await stage.settle();
  expect([stage.target.state, stage.dialled.calls.length, stage.target.isWanted]).toEqual([
    'waiting',
    0,
    false,
  ]);
  await stage.begin();
  expect([stage.target.state, stage.target.attempt, stage.target.isWanted]).toEqual(['live', 1, true]);
  await stage.end();
  expect(stage.told).toEqual(['waiting', 'connecting', 'live', 'first', 'waiting']);
  expect([stage.server.goodbyes, stage.dialled.openLines, stage.losses]).toEqual([1, 0, []]);
  expect(stage.clock.pending).toBe(0);
});

test('the first connect fails: tried again, ever later, with jitter and under the cap', async () => {
  const delays = new Map<number, number[]>();
  for (let seed = 0; seed < 10; seed++) {
    const stage = new Stage(seed);
    stage.next = 'refused';
    stage.target.setEnabled(true);
    await stage.begin();
    for (let attempt = 1; attempt <= 12; attempt++) {
      expect([stage.target.state, stage.target.attempt]).toEqual(['retrying', attempt]);
      const delay = stage.losses.at(-1)?.retryInMs ?? -1;
      expect(delay).toBeGreaterThanOrEqual(250);
      expect(delay).toBeLessThanOrEqual(Math.min(30_000, 1_000 * 2 ** (attempt - 1)));
      expect(stage.target.nextRetryAt).toBe(stage.clock.wallNow() + delay);
      delays.set(attempt, [...(delays.get(attempt) ?? []), delay]);
      await stage.pass(delay - 1);
      expect(stage.dialled.calls).toHaveLength(attempt);
      await stage.pass(1);
      expect(stage.dialled.calls).toHaveLength(attempt + 1);
    }
    stage.next = {};
    await stage.retry();
    expect([stage.target.state, stage.target.nextRetryAt]).toEqual(['live', undefined]);
  }
  expect(new Set(delays.get(10)).size).toBeGreaterThan(8);
});

test('a wrong key: failed, and never dialled again by itself', async () => {
  const stage = new Stage();
  stage.next = WRONG_KEY;
  await live(stage);
  expect(stage.target.state).toBe('failed');
  expect(stage.losses).toMatchObject([{ verdict: { code: 'key-refused' }, retryInMs: undefined }]);
  expect(stage.target.lastError?.verdict.code).toBe('key-refused');
  await stage.pass(3_600_000);
  expect([stage.dialled.calls.length, stage.target.state, stage.target.isWanted]).toEqual([
    1,
    'failed',
    false,
  ]);
});

test('a failed target tries again when a person or a new show asks, or its place was changed', async () => {
  const stage = new Stage();
  stage.next = WRONG_KEY;
  await live(stage);
  stage.target.startNow();
  await stage.settle();
  expect([stage.dialled.calls.length, stage.target.state]).toEqual([2, 'failed']);
  stage.target.placeChanged();
  await stage.settle();
  expect([stage.dialled.calls.length, stage.target.state]).toEqual([3, 'failed']);
  await stage.end();
  expect(stage.target.state).toBe('failed');
  stage.next = {};
  await stage.begin();
  expect([stage.target.state, stage.target.lastError]).toEqual(['live', undefined]);
});

test('a failed target that is started while nothing is live waits (root cause: it stayed failed, without a reason)', async () => {
  const stage = new Stage();
  stage.next = WRONG_KEY;
  await live(stage);
  await stage.end();
  stage.target.startNow();
  expect([stage.target.state, stage.target.lastError]).toEqual(['waiting', undefined]);
});

test('closed at publish again and again is a wrong key', async () => {
  const stage = new Stage();
  stage.next = { publish: 'close' };
  await live(stage);
  for (let n = 1; n < CLOSED_AT_PUBLISH_LIMIT; n++) {
    expect(stage.target.state).toBe('retrying');
    await stage.retry();
  }
  expect([stage.target.state, stage.dialled.calls.length]).toEqual(['failed', CLOSED_AT_PUBLISH_LIMIT]);
  expect(stage.target.lastError?.verdict.code).toBe('closed-at-publish');
  await stage.pass(3_600_000);
  expect(stage.dialled.calls).toHaveLength(CLOSED_AT_PUBLISH_LIMIT);
});

test('closed at publish now and then is a bad line (root cause: other ends between did not break the row)', async () => {
  const stage = new Stage();
  stage.next = { publish: 'close' };
  await live(stage);
  await stage.retry();
  stage.next = 'timeout';
  await stage.retry();
  stage.next = { publish: 'close' };
  await stage.retry();
  expect([stage.target.state, stage.dialled.calls.length]).toEqual(['retrying', 4]);
});

test('somebody else is live on the key: tried again until they have left', async () => {
  const stage = new Stage();
  stage.next = { publish: ALREADY_PUBLISHING };
  await live(stage);
  for (let n = 0; n < 5; n++) {
    expect([stage.target.state, stage.target.lastError?.verdict.code]).toEqual([
      'retrying',
      'already-publishing',
    ]);
    await stage.retry();
  }
  stage.next = {};
  await stage.retry();
  expect(stage.target.state).toBe('live');
});

test('a healthy while resets the count of tries and the last error; a short one does not', async () => {
  const stage = await live();
  await stage.cut();
  await stage.retry();
  expect([stage.target.state, stage.target.attempt, stage.target.reconnects]).toEqual(['live', 2, 1]);
  await stage.pass(HEALTHY_AFTER_MS - 1);
  await stage.cut();
  await stage.retry();
  expect([stage.target.attempt, stage.target.lastError?.verdict.code]).toEqual([3, 'connection-lost']);
  await stage.pass(HEALTHY_AFTER_MS);
  expect([stage.target.attempt, stage.target.lastError]).toEqual([0, undefined]);
  await stage.cut();
  await stage.retry();
  expect(stage.target.attempt).toBe(1);
  expect(stage.told.filter((word) => word === 'again')).toHaveLength(3);
});

test('stopped while it dials: off, and the call is given up', async () => {
  const stage = new Stage();
  stage.next = 'never';
  await live(stage);
  expect(stage.target.state).toBe('connecting');
  stage.target.setEnabled(false);
  await stage.settle();
  expect([stage.target.state, stage.dialled.calls[0]?.signal.aborted, stage.losses]).toEqual([
    'off',
    true,
    [],
  ]);
  await stage.pass(3_600_000);
  expect([stage.dialled.calls.length, stage.clock.pending]).toEqual([1, 0]);
});

test('stopped while it waits for its next try: it never comes', async () => {
  const stage = new Stage();
  stage.next = 'refused';
  await live(stage);
  stage.target.setEnabled(false);
  await stage.pass(3_600_000);
  expect([stage.target.state, stage.dialled.calls.length, stage.clock.pending]).toEqual(['off', 1, 0]);
});

test('started by hand while it waits for its next try: at once', async () => {
  const stage = new Stage();
  stage.next = 'refused';
  await live(stage);
  stage.next = {};
  stage.target.startNow();
  await stage.settle();
  expect([stage.target.state, stage.target.attempt]).toEqual(['live', 1]);
  stage.target.startNow();
  await stage.pass(3_600_000);
  expect(stage.dialled.calls).toHaveLength(2);
});

test('edited while live: goodbye to the old place, live at the new one', async () => {
  const stage = await live();
  const before = stage.server;
  stage.place = { ...stage.place, url: 'rtmp://other/app', streamKey: 'key-5678' };
  stage.target.placeChanged();
  await stage.settle();
  expect([before.goodbyes, before.isGone]).toEqual([1, true]);
  expect(stage.dialled.calls[1]?.host).toBe('other');
  expect([stage.server.publishedName, stage.target.state, stage.dialled.openLines]).toEqual([
    'key-5678',
    'live',
    1,
  ]);
});

test('edited while off: nothing happens', async () => {
  const stage = new Stage();
  await stage.begin();
  stage.target.placeChanged();
  await stage.settle();
  expect([stage.target.state, stage.dialled.calls.length]).toEqual(['off', 0]);
});

test.each([
  ['http://host/app', 'key', 'bad-url'],
  ['rtmp://host/app', '', 'bad-stream-key'],
])('a place that cannot work (%s, %j) fails without a call', async (url, streamKey, code) => {
  const stage = new Stage();
  stage.place = { ...stage.place, url, streamKey };
  await live(stage);
  expect([stage.target.state, stage.dialled.calls.length]).toEqual(['failed', 0]);
  expect(stage.target.lastError?.verdict.code).toBe(code);
});

test('back after a loss it begins with a keyframe that was not sent before, and time goes on', async () => {
  const stage = await live();
  stage.frame(false);
  await stage.settle();
  const lastSent = stage.server.messages.at(-1)?.timestamp ?? 0;
  await stage.cut();
  stage.frame(false);
  await stage.retry();
  expect(stage.target.state).toBe('live');
  // The GOP began before the loss: it is not sent again.
  expect(stage.server.messages.every(({ payload }) => payload[1] === 0)).toBe(true);
  stage.frame(false);
  stage.frame(true);
  stage.frame(false);
  await stage.settle();
  const frames = stage.server.messages.filter(({ payload }) => payload[1] === 1);
  expect(frames[0]?.payload[0]).toBe(0x17);
  expect(frames[0]?.timestamp).toBeGreaterThan(lastSent);
  expect(frames.map(({ typeId }) => typeId)).toEqual([9, 8, 9, 8]);
});

test('a second show begins with the GOP that is there (root cause: the last time sent of the first show outlived it)', async () => {
  const stage = await live();
  for (let n = 0; n < 50; n++) stage.frame(false);
  await stage.settle();
  await stage.end();
  await stage.begin();
  expect(stage.target.state).toBe('live');
  const kinds = stage.server.messages.map(
    ({ typeId, payload }) => `${typeId}:${payload[0] ?? ''}:${payload[1] ?? ''}`,
  );
  expect(kinds).toEqual([`9:23:0`, `8:175:0`, `9:23:1`, `8:175:1`]);
});

test('counts add up over runs, and begin anew with each show', async () => {
  const stage = await live();
  const first = stage.target.counts.bytesSent;
  expect(first).toBeGreaterThan(3_000);
  await stage.cut();
  expect(stage.target.counts.bytesSent).toBe(first);
  await stage.retry();
  expect(stage.target.counts.bytesSent).toBeGreaterThan(first + 3_000);
  await stage.end();
  await stage.begin();
  expect(stage.target.counts.bytesSent).toBeLessThan(first + 3_000);
});

test('close is for good', async () => {
  const stage = await live();
  let closed = false;
  const closing = stage.target.close().then(() => {
    closed = true;
  });
  expect(closed).toBe(false);
  await stage.settle();
  // Settles once the goodbye is out: a program that exits right after must not cut it off.
  await closing;
  await stage.pass(60_000);
  expect([stage.server.goodbyes, stage.dialled.openLines, stage.clock.pending]).toEqual([1, 0, 0]);
});

test('edited while the goodbye to the old place is not out: dialled once that line is closed', async () => {
  const stage = await live();
  const near = stage.dialled.lines[0]?.near ?? expect.unreachable();
  near.stalled = true;
  stage.frame(true);
  stage.target.placeChanged();
  await stage.pass(1_900);
  expect([stage.target.state, stage.dialled.calls.length]).toEqual(['connecting', 1]);
  await stage.pass(200);
  expect([stage.target.state, stage.dialled.calls.length, stage.mostUnclosed]).toEqual(['live', 2, 1]);
});

test('a fast retry waits for the old line too; stopped meanwhile, it never dials', async () => {
  for (const stops of [false, true]) {
    const stage = await live();
    const near = stage.dialled.lines[0]?.near ?? expect.unreachable();
    stage.server.status({ level: 'error', code: 'NetStream.Failed', description: 'over' });
    // The end reaches us, and our own last words do not go out.
    near.stalled = true;
    stage.frame(true);
    stage.dialled.lines[0]?.far.flush();
    expect(stage.target.state).toBe('retrying');
    stage.target.startNow();
    await stage.pass(1_500);
    expect([stage.target.state, stage.dialled.calls.length, stage.dialled.unclosedLines]).toEqual([
      'connecting',
      1,
      1,
    ]);
    if (stops) stage.target.setEnabled(false);
    await stage.pass(10_000);
    expect([stage.target.state, stage.dialled.calls.length]).toEqual(stops ? ['off', 1] : ['live', 2]);
    expect(stage.mostUnclosed).toBe(1);
  }
});

test('edited in the moment the call is answered: that line is closed before the next is made', async () => {
  const stage = new Stage();
  stage.target.setEnabled(true);
  stage.target.setStreamLive(true);
  expect(stage.dialled.lines).toHaveLength(1);
  stage.target.placeChanged();
  await stage.settle();
  expect([stage.dialled.calls.length, stage.mostUnclosed, stage.target.state]).toEqual([2, 1, 'live']);
});

test('the network is back: a waiting retry comes within a second, never later than it would have; nothing else changes', async () => {
  const stage = new Stage();
  stage.target.tryNow();
  stage.next = 'refused';
  await live(stage);
  for (let n = 0; n < 6; n++) await stage.retry();
  const { attempt, nextRetryAt: before = 0 } = stage.target;
  stage.target.tryNow();
  const { nextRetryAt: at = 0 } = stage.target;
  expect(at).toBeLessThan(before);
  expect(at - stage.clock.wallNow()).toBeLessThanOrEqual(1_000);
  expect([stage.target.state, stage.target.attempt, stage.losses.length]).toEqual(['retrying', attempt, 7]);
  stage.target.tryNow();
  expect(stage.target.nextRetryAt).toBeLessThanOrEqual(at);
  stage.next = {};
  await stage.retry();
  expect([stage.target.state, stage.target.nextRetryAt]).toEqual(['live', undefined]);
  stage.target.tryNow();
  expect([stage.target.state, stage.clock.pending > 0]).toEqual(['live', true]);
});

test('somebody else may decide about the pause before a retry', async () => {
  const asked: (readonly [string, number])[] = [];
  const stage = new Stage(1, {
    retryDelay: ({ code }, attempt) => {
      asked.push([code, attempt]);
      return 1_234;
    },
  });
  stage.next = 'refused';
  await live(stage);
  await stage.pass(1_233);
  expect([stage.dialled.calls.length, stage.losses[0]?.retryInMs]).toEqual([1, 1_234]);
  await stage.pass(1);
  expect([stage.dialled.calls.length, asked]).toEqual([
    2,
    [
      ['connection-refused', 1],
      ['connection-refused', 2],
    ],
  ]);
});

test('shedding holds for the run under way and for those to come', async () => {
  const stage = await live();
  stage.target.setShed('sound');
  stage.frame(true);
  await stage.cut();
  stage.frame(true);
  await stage.retry();
  stage.frame(true);
  await stage.settle();
  const pictures = stage.servers.map(({ messages }) =>
    messages.filter(({ payload }) => payload[0] === 0x17 && payload[1] === 1),
  );
  expect(pictures.map(({ length }) => length)).toEqual([1, 0]);
  expect(stage.server.messages.at(-1)?.typeId).toBe(8);
  stage.target.setShed('none');
  stage.frame(true);
  await stage.settle();
  expect(stage.server.messages.filter(({ typeId }) => typeId === 9).at(-1)?.payload[0]).toBe(0x17);
});

test('after a wake-up a line that takes nothing is given up within seconds, for a minute', async () => {
  const standing = async (stage: Stage): Promise<void> => {
    const near = stage.dialled.lines.at(-1)?.near ?? expect.unreachable();
    near.stalled = true;
    stage.frame(true);
    await stage.pass(7_000);
  };
  const slow = await live();
  await standing(slow);
  expect(slow.target.state).toBe('live');
  const checked = await live();
  checked.target.checkLine();
  await standing(checked);
  expect([checked.target.state, checked.target.lastError?.verdict.code]).toEqual([
    expect.stringMatching(/retrying|live/),
    'stalled',
  ]);
  const later = await live();
  later.target.checkLine();
  await later.pass(CHECKED_FOR_MS);
  await standing(later);
  expect([later.target.state, later.target.lastError]).toEqual(['live', undefined]);
  // Asleep while data waited: that is no standstill.
  const asleep = await live();
  const near = asleep.dialled.lines[0]?.near ?? expect.unreachable();
  near.stalled = true;
  asleep.frame(true);
  await asleep.pass(18_000);
  asleep.target.checkLine();
  await asleep.pass(4_000);
  near.stalled = false;
  await asleep.settle();
  await asleep.pass(10_000);
  expect([asleep.target.state, asleep.losses]).toEqual(['live', []]);
});

type Act =
  | {
      readonly kind:
        'enable' | 'disable' | 'start' | 'edit' | 'begin' | 'end' | 'encoder' | 'cut' | 'key' | 'frame';
    }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'server'; readonly next: Next };

const anyNext: fc.Arbitrary<Next> = fc.constantFrom<Next>(
  {},
  {},
  {},
  'refused',
  'never',
  WRONG_KEY,
  { handshake: 'silent' },
  { connect: 'close' },
  { publish: 'close' },
  { publish: ALREADY_PUBLISHING },
);
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(
      'enable',
      'disable',
      'start',
      'edit',
      'begin',
      'begin',
      'end',
      'encoder',
      'cut',
      'key',
      'frame',
      'frame',
    ),
  }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(0, 300, 1_000, 20_000, 60_000) }),
  fc.record({ kind: fc.constant('server' as const), next: anyNext }),
);

test('whatever happens in whatever order: one line at most, time never back, state as wished', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 10, maxLength: 40 }), fc.nat(), async (acts, seed) => {
      const stage = new Stage(seed);
      let enabled = false;
      let streamLive = false;
      /** Where each show begins among the servers: time begins at 0 again with it. */
      let shows: number[] = [];
      for (const act of acts) {
        if (act.kind === 'enable' || act.kind === 'disable') {
          enabled = act.kind === 'enable';
          stage.target.setEnabled(enabled);
        }
        if (act.kind === 'start') {
          enabled = true;
          stage.target.startNow();
        }
        if (act.kind === 'edit') stage.target.placeChanged();
        if (act.kind === 'begin' && !streamLive) {
          shows = [...shows, stage.servers.length];
          streamLive = true;
          await stage.begin();
        }
        if (act.kind === 'end' && streamLive) {
          streamLive = false;
          await stage.end();
        }
        if (act.kind === 'encoder' && streamLive) await stage.begin();
        if (act.kind === 'cut') await stage.cut();
        if ((act.kind === 'key' || act.kind === 'frame') && streamLive) stage.frame(act.kind === 'key');
        if (act.kind === 'pass') await stage.pass(act.ms);
        if (act.kind === 'server') stage.next = act.next;
        expect(stage.dialled.openLines).toBeLessThanOrEqual(1);
        await stage.settle();
        expect(stage.dialled.openLines).toBeLessThanOrEqual(1);

        expect(stage.mostUnclosed).toBeLessThanOrEqual(1);
        const { state, nextRetryAt } = stage.target;
        const wanted = enabled && streamLive;
        if (!enabled) expect(state).toBe('off');
        else if (!streamLive) expect(['waiting', 'failed']).toContain(state);
        else expect(['connecting', 'live', 'retrying', 'failed']).toContain(state);
        expect(nextRetryAt !== undefined).toBe(state === 'retrying');
        if (!wanted || state === 'failed' || state === 'retrying') expect(stage.dialled.openLines).toBe(0);
        if (state === 'live') expect(stage.dialled.openLines).toBe(1);
      }
      for (const [n, start] of shows.entries()) {
        const last = new Map<number, number>();
        for (const server of stage.servers.slice(start, shows[n + 1])) {
          let hasKeyframe = false;
          for (const { typeId, timestamp, payload } of server.messages) {
            expect(timestamp).toBeGreaterThanOrEqual(last.get(typeId) ?? 0);
            last.set(typeId, timestamp);
            if (payload[0] === 0x17 && payload[1] === 1) hasKeyframe = true;
            if (payload[0] === 0x27) expect(hasKeyframe).toBe(true);
          }
        }
      }
      void stage.target.close();
      await stage.pass(60_000);
      expect([stage.dialled.openLines, stage.clock.pending, stage.stream.readerCount]).toEqual([0, 0, 0]);
    }),
    { numRuns: 150 },
  );
}, 60_000);
