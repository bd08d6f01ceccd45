import { expect, test } from 'vitest';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { ENCODER, EMPTY_BATCH, type HistoryBatch } from './history-batch.ts';
import type { HistoryStore } from './history-store.ts';
import { memoryHistoryStore } from './open-history-store.ts';

const DAY_MS = 86_400_000;

function open(): { clock: ManualClock; store: HistoryStore } {
  const clock = new ManualClock();
  return { clock, store: memoryHistoryStore(clock) };
}

/** A show with one target and its minutes; `endedAt` null: it goes on. */
function aShow(
  id: string,
  startedAt: number,
  { endedAt = startedAt + 60_000, minutes = 1 }: { endedAt?: number | null; minutes?: number } = {},
): HistoryBatch {
  const lastSeenAt = endedAt ?? startedAt + minutes * 60_000;
  return {
    shows: [{ id, ingestId: 'main', ingestName: 'Main', startedAt, endedAt, lastSeenAt, encoder: 'H.264' }],
    targets: [
      {
        showId: id,
        targetId: 't',
        name: 'Twitch',
        platform: 'twitch',
        firstLiveAt: startedAt,
        liveMs: 60_000,
        bytes: 7_500_000,
        bits: 60_000_000,
        ratedMs: 60_000,
        droppedFrames: 3,
        reconnects: 2,
      },
    ],
    minutes: Array.from({ length: minutes }, (_, minute) => ({
      showId: id,
      targetId: minute % 2 === 0 ? 't' : ENCODER,
      minute,
      at: startedAt + minute * 60_000,
      liveMs: 60_000,
      wantedMs: 60_000,
      bits: 60_000_000,
      ratedMs: 60_000,
      fps: null,
      droppedFrames: 0,
      queueMs: 12.4,
      jitterMs: null,
    })),
    outages: [
      { showId: id, targetId: 't', at: startedAt + 5, endedAt: startedAt + 2005, code: 'c', cause: 'Why.' },
    ],
    events: [
      {
        showId: id,
        event: {
          seq: 1,
          at: new Date(startedAt).toISOString(),
          level: 'info',
          code: 'e',
          message: 'm',
          ingestId: 'main',
          targetId: null,
        },
      },
    ],
  };
}

test('shows come newest first, with their counts', () => {
  const { clock, store } = open();
  store.write(aShow('old', clock.wallNow()));
  store.write(aShow('new', clock.wallNow() + 1000, { endedAt: null }));
  expect(store.shows()).toEqual([
    {
      id: 'new',
      ingestId: 'main',
      ingestName: 'Main',
      startedAt: '2026-01-01T00:00:01.000Z',
      endedAt: null,
      lastSeenAt: '2026-01-01T00:01:01.000Z',
      targets: 1,
      reconnects: 2,
    },
    expect.objectContaining({ id: 'old', endedAt: '2026-01-01T00:01:00.000Z' }),
  ]);
  expect(store.report('none')).toBeUndefined();
});

test('the same rows written twice are there once, the newer ones', () => {
  const { clock, store } = open();
  const batch = aShow('a', clock.wallNow());
  store.write(batch);
  const before = store.report('a');
  store.write(batch);
  expect(store.report('a')).toEqual(before);
  store.write({ ...EMPTY_BATCH, targets: batch.targets.map((row) => ({ ...row, reconnects: 9 })) });
  expect(store.report('a')?.show.reconnects).toBe(9);
});

test('all or nothing: a batch that fails leaves no row, and the next one is written', () => {
  const { clock, store } = open();
  const batch = aShow('a', clock.wallNow());
  const broken = { ...batch, events: [...batch.events, { showId: 'a', event: Symbol('no event') as never }] };
  expect(() => {
    store.write(broken);
  }).toThrow();
  expect(store.shows()).toEqual([]);
  store.write(batch);
  expect(store.shows()).toHaveLength(1);
});

test('rows of a show that was forgotten are left out; a figure that is none becomes 0', () => {
  const { clock, store } = open();
  const batch = aShow('a', clock.wallNow());
  store.write({ ...batch, shows: [] });
  expect(store.shows()).toEqual([]);
  store.write({ ...batch, targets: batch.targets.map((row) => ({ ...row, bits: Number.NaN })) });
  expect(store.report('a')?.targets[0]?.meanKbps).toBe(0);
});

test('forgets by age: what was seen last before that, with all that belongs to it', () => {
  const { clock, store } = open();
  store.write(aShow('a', clock.wallNow()));
  clock.advance(10 * DAY_MS);
  store.write(aShow('b', clock.wallNow() - 2 * DAY_MS));
  expect(store.forget(11)).toBe(0);
  expect(store.forget(3)).toBe(1);
  expect(store.shows().map(({ id }) => id)).toEqual(['b']);
  expect(store.report('b')).toMatchObject({
    events: [{ code: 'e' }],
    targets: [{ outages: [{ seconds: 2 }] }],
  });
});

test('forgets by size: the oldest first, and gives the room back; a show that goes on stays', () => {
  const { clock, store } = open();
  for (let day = 0; day < 10; day++) {
    store.write(aShow(`day-${day}`, clock.wallNow(), { minutes: 1440 }));
    clock.advance(DAY_MS);
  }
  store.write(aShow('on', clock.wallNow() - 60_000, { endedAt: null }));
  const whole = store.bytes;
  const gone = store.forget(365, whole / 2);
  expect(gone).toBeGreaterThan(3);
  expect(gone).toBeLessThan(8);
  expect(store.bytes).toBeLessThanOrEqual(whole / 2);
  expect(store.shows().map(({ id }) => id)).toEqual([
    'on',
    ...store
      .shows()
      .slice(1)
      .map(({ id }) => id),
  ]);
  expect(store.shows().at(-1)?.id).toBe(`day-${gone}`);
});

test('a show that never ends keeps its sums and loses its oldest minutes', () => {
  const { clock, store } = open();
  store.write(aShow('on', clock.wallNow(), { endedAt: null, minutes: 1440 * 3 }));
  clock.advance(3 * DAY_MS);
  expect(store.forget(1)).toBe(0);
  const report = store.report('on');
  expect(report?.targets[0]).toMatchObject({ reconnects: 2, bytesSent: 7_500_000 });
  expect((report?.targets[0]?.minutes.length ?? 0) + (report?.encoderMinutes.length ?? 0)).toBe(1440);
});

test('nothing of a show that goes on is forgotten within its last hour', () => {
  const { clock, store } = open();
  clock.advance(DAY_MS);
  store.write(aShow('on', clock.wallNow() - 60_000, { endedAt: null }));
  store.write(aShow('over', clock.wallNow() - 61_000));
  expect(store.forget(0, 1)).toBe(1);
  expect(store.shows().map(({ id }) => id)).toEqual(['on']);
  expect(store.report('on')?.targets[0]?.minutes).toHaveLength(1);
});
