import { expect, test } from 'vitest';
import { Stream } from '../hub/stream.ts';
import { aacHeader, audio, avcHeader, inter, keyframe } from '../hub/testing/stream-messages.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { MemorySpill } from '../platform/testing/memory-spill.ts';
import type { IngestSlot } from '../ingest/ingest-slot.ts';
import { DelayBook, type DelayedTarget } from './delay-book.ts';
import type { StudioParts } from './studio-parts.ts';
import { CommandRefused } from './studio-port.ts';

/** An ingest whose encoder sends 25 pictures a second, and targets that change streams when they are told to. */
function opened() {
  const clock = new ManualClock();
  const stream = new Stream();
  const slot = { stream, state: 'waiting' as 'waiting' | 'live' };
  const disk = { free: 1e12 };
  const parts = {
    clock,
    openSpill: () => new MemorySpill(clock).open(),
    freeDiskBytes: () => Promise.resolve(disk.free),
    events: { write: () => undefined },
  } as unknown as StudioParts;
  const book = new DelayBook(parts, {
    slot: () => slot as unknown as IngestSlot,
    kbps: () => 8_000,
    changed: () => undefined,
  });
  const begin = (): void => {
    slot.state = 'live';
    stream.begin([
      { typeId: 9, payload: avcHeader() },
      { typeId: 8, payload: aacHeader() },
    ]);
    book.showLive('main', true);
  };
  const end = (): void => {
    slot.state = 'waiting';
    stream.end();
    book.showLive('main', false);
  };
  const run = (ms: number): void => {
    const until = clock.now() + ms;
    while (clock.now() < until) {
      const now = clock.now();
      stream.publish(9, now, now % 1_000 === 0 ? keyframe() : inter(), now);
      stream.publish(8, now, audio(), now);
      clock.advance(40);
    }
  };
  /** @param isSlow It changes only when the test says so. */
  const target = (id: string, ownMs: number, isSlow = false) => {
    const made = { ownMs, live: false, told: [] as boolean[], stream: undefined as Stream | undefined };
    let wanted: Stream | undefined;
    const done = (): void => {
      made.stream = wanted;
      book.switched(id);
    };
    const asked: DelayedTarget = {
      id,
      ingestId: 'main',
      ownMs: () => made.ownMs,
      switchStream: (next) => {
        wanted = next;
        if (!isSlow) done();
      },
      setStreamLive: (live) => {
        if (live !== made.live) made.told.push(live);
        made.live = live;
      },
    };
    made.stream = book.open(asked);
    return { ...made, made, done };
  };
  return { clock, stream, slot, disk, book, begin, end, run, target };
}

test('a target without delay is live with the show; one with a delay that much later, and plays to its own end', () => {
  const { book, begin, end, run, clock, stream, target } = opened();
  const live = target('a', 0);
  const late = target('b', 5_000);
  expect([live.made.stream === stream, late.made.stream === stream]).toEqual([true, false]);
  begin();
  run(4_000);
  expect([live.made.live, late.made.live, book.report('main').state]).toEqual([true, false, 'off']);
  run(2_000);
  expect([late.made.live, book.delayedByMs('b')]).toEqual([true, 5_000]);
  end();
  expect([live.made.live, late.made.live]).toEqual([false, true]);
  clock.advance(5_100);
  expect(late.made.told).toEqual([true, false]);
});

test('a show-wide delay: filled, ready, active for every target on top of its own, and cut', () => {
  const { book, begin, run, stream, target } = opened();
  const live = target('a', 0);
  const late = target('b', 2_000);
  begin();
  run(3_000);
  expect(() => {
    book.activate('main');
  }).toThrow(CommandRefused);
  book.arm('main', 4);
  run(1_000);
  expect(book.report('main')).toMatchObject({ state: 'filling', seconds: 4 });
  run(4_000);
  expect([book.report('main').state, live.made.stream === stream]).toEqual(['ready', true]);
  book.activate('main');
  run(3_000);
  expect([book.report('main').state, book.delayedByMs('a'), book.delayedByMs('b')]).toEqual([
    'active',
    4_000,
    6_000,
  ]);
  book.cut('main');
  expect([book.delayedByMs('a'), book.delayedByMs('b'), live.made.stream === stream]).toEqual([
    0,
    2_000,
    true,
  ]);
  run(1_000);
  expect([book.report('main').state, book.report('main').heldSeconds, late.made.live]).toEqual([
    'off',
    0,
    true,
  ]);
});

test('a change that is under way is told, can be taken back, and leaves nothing held', () => {
  const { book, begin, run, stream, target } = opened();
  const slow = target('a', 0, true);
  begin();
  run(2_000);
  book.arm('main', 3);
  run(4_000);
  book.activate('main');
  expect([book.report('main').state, book.delayedByMs('a')]).toEqual(['switching', 0]);
  book.cut('main');
  slow.done();
  expect([slow.made.stream === stream, book.report('main').state]).toEqual([true, 'off']);
  run(1_000);
  expect(book.report('main')).toMatchObject({ heldSeconds: 0, memoryBytes: 0 });
});

test('a target on its way to a delay when the show ends: the show is over for it, and is not shown a second time', () => {
  const { book, begin, end, run, clock, target } = opened();
  const slow = target('a', 0, true);
  begin();
  run(3_000);
  slow.made.ownMs = 10_000;
  book.refresh('a');
  run(2_000);
  end();
  expect(slow.made.live).toBe(false);
  clock.advance(20_000);
  expect(slow.made.told).toEqual([true, false]);
  begin();
  slow.done();
  run(9_000);
  expect(slow.made.live).toBe(false);
  run(3_000);
  expect([slow.made.live, book.delayedByMs('a')]).toEqual([true, 10_000]);
});

test('own and show delay together are never more than ten minutes', () => {
  const { book, begin, target } = opened();
  target('a', 400_000);
  begin();
  book.arm('main', 500);
  book.activate('main');
  expect(book.delayedByMs('a')).toBe(600_000);
});

test('a target that goes gives its delay back', () => {
  const { book, begin, run, target } = opened();
  target('a', 5_000);
  begin();
  run(2_000);
  expect(book.report('main').memoryBytes).toBeGreaterThan(0);
  book.close('a');
  expect(book.report('main').memoryBytes).toBe(0);
});

test('what does not fit is refused, by what the encoder sends', async () => {
  const { book, disk, target } = opened();
  target('a', 0);
  disk.free = 0;
  await expect(book.checkFits('main', 300, 'seconds')).rejects.toThrow(/300 s at 8 Mbit\/s needs 330 MB/);
  await expect(book.checkFits('main', 0, 'seconds')).resolves.toBeUndefined();
  disk.free = 1e12;
  await expect(book.checkFits('main', 300, 'seconds')).resolves.toBeUndefined();
});
