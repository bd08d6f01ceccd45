import { expect, test } from 'vitest';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { BatchQueue } from './batch-queue.ts';
import { EMPTY_BATCH, rowsOf, type HistoryBatch } from './history-batch.ts';

/** One event, under its number. */
const batch = (seq: number, message = ''): HistoryBatch => ({
  ...EMPTY_BATCH,
  events: [
    {
      showId: 's',
      event: { seq, at: '', level: 'info', code: '', message, ingestId: null, targetId: null },
    },
  ],
});

function open(mostWaiting?: number) {
  const clock = new ManualClock();
  const saved: HistoryBatch[] = [];
  const trouble: string[] = [];
  const disk: { fails: boolean; gate: Promise<void> } = { fails: false, gate: Promise.resolve() };
  const queue = new BatchQueue({
    clock,
    save: async (rows) => {
      await disk.gate;
      if (disk.fails) throw new Error('full');
      saved.push(rows);
    },
    onFailed: (error) => trouble.push(String(error)),
    onLost: () => trouble.push('lost'),
    ...(mostWaiting === undefined ? {} : { mostWaiting }),
  });
  return { clock, saved, trouble, disk, queue };
}

const seqs = (rows: readonly HistoryBatch[]) =>
  rows.map(({ events }) => events.map(({ event }) => event.seq));

test('while one is under way, the rest becomes one', async () => {
  const { saved, disk, queue } = open();
  let go = (): void => undefined;
  disk.gate = new Promise((resolve) => {
    go = resolve;
  });
  queue.offer(batch(1));
  await Promise.resolve();
  for (const seq of [2, 3, 4, 2]) queue.offer(batch(seq));
  expect(queue.waitingRows).toBe(3);
  go();
  await queue.flush();
  expect(seqs(saved)).toEqual([[1], [3, 4, 2]]);
});

test('a full disk is told once; what it refused is written when it takes again', async () => {
  const { clock, saved, trouble, disk, queue } = open();
  disk.fails = true;
  for (let seq = 1; seq <= 30; seq++) {
    queue.offer(batch(seq));
    clock.advance(1000);
    await new Promise(setImmediate);
  }
  expect(trouble).toEqual(['Error: full']);
  disk.fails = false;
  clock.advance(10_000);
  await queue.flush();
  expect(seqs(saved)).toEqual([Array.from({ length: 30 }, (_, index) => index + 1)]);
  disk.fails = true;
  queue.offer(batch(31));
  await queue.flush();
  expect(trouble).toEqual(['Error: full', 'Error: full']);
});

test('what waits is bounded: the oldest go, and that is told once', async () => {
  const { trouble, disk, queue } = open(10);
  disk.fails = true;
  for (let seq = 1; seq <= 1000; seq++) {
    queue.offer(batch(seq));
    if (seq % 100 === 0) await queue.flush();
  }
  expect(queue.waitingRows).toBe(10);
  expect(trouble.toSorted()).toEqual(['Error: full', 'lost']);
});

test('a newer row replaces the one that failed, not the other way round', async () => {
  const { saved, disk, queue } = open();
  disk.fails = true;
  queue.offer(batch(1, 'old'));
  await queue.flush();
  queue.offer(batch(1, 'new'));
  disk.fails = false;
  await queue.flush();
  expect(saved[0]?.events.map(({ event }) => event.message)).toEqual(['new']);
});

test('closing tries once more, and leaves no timer', async () => {
  const { clock, disk, queue } = open();
  disk.fails = true;
  queue.offer(batch(1));
  await queue.close();
  queue.offer(batch(2));
  expect([clock.pending, rowsOf(batch(2)), queue.waitingRows]).toEqual([0, 1, 1]);
});
