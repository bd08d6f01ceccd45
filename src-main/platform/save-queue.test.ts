import { expect, test } from 'vitest';
import { SaveQueue } from './save-queue.ts';
import { ManualClock } from './testing/manual-clock.ts';

function start() {
  const clock = new ManualClock();
  const failures: unknown[] = [];
  const state = { value: 0, saved: [] as number[], running: 0, most: 0, full: false };
  const queue = new SaveQueue(
    async () => {
      const { value } = state;
      state.running += 1;
      state.most = Math.max(state.most, state.running);
      await Promise.resolve();
      await Promise.resolve();
      state.running -= 1;
      if (state.full) throw new Error('full');
      state.saved.push(value);
    },
    { clock, onFailed: (error) => failures.push(error) },
  );
  const change = (value: number): void => {
    state.value = value;
    queue.request();
  };
  return { clock, failures, state, queue, change };
}

test('changes of one turn are one save, and changes during a save one more', async () => {
  const { state, queue, change } = start();
  change(1);
  change(2);
  await Promise.resolve();
  await Promise.resolve();
  change(3);
  change(4);
  await queue.flush();
  expect(state).toMatchObject({ saved: [2, 4], most: 1 });
});

test('nothing to save settles at once', async () => {
  const { state, queue } = start();
  await queue.flush();
  expect(state.saved).toEqual([]);
});

test('a full disk is said once; the value is kept and saved once there is room', async () => {
  const { clock, failures, state, queue, change } = start();
  state.full = true;
  change(1);
  await queue.flush();
  clock.advance(10_000);
  await queue.flush();
  expect([failures.length, state.saved]).toEqual([1, []]);
  state.full = false;
  clock.advance(10_000);
  await queue.flush();
  expect([state.saved, clock.pending]).toEqual([[1], 0]);
  state.full = true;
  change(2);
  await queue.flush();
  expect(failures.length).toBe(2);
});

test('a change after a failure is tried at once, without a second timer', async () => {
  const { clock, state, queue, change } = start();
  state.full = true;
  change(1);
  await queue.flush();
  state.full = false;
  change(2);
  await queue.flush();
  expect([state.saved, clock.pending]).toEqual([[2], 0]);
});
