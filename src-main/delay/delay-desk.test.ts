import { expect, test } from 'vitest';
import { DelayRig, messagesOf, turns } from './testing/delay-rig.ts';

test('no delay is the source itself; streams of one delay are one', () => {
  const rig = new DelayRig();
  expect(rig.desk.use(0)).toBe(rig.source);
  const stream = rig.desk.use(5_000);
  expect(rig.desk.use(5_000)).toBe(stream);
  expect(rig.desk.use(6_000)).not.toBe(stream);
  expect([rig.desk.isReady(0), rig.desk.isReady(5_000), rig.desk.isReady(7_000)]).toEqual([
    true,
    false,
    false,
  ]);
  rig.desk.release(0);
});

test.each([-1, 0.5, 600_001, Number.NaN, Number.POSITIVE_INFINITY])('a delay of %d is refused', (delayMs) => {
  expect(() => new DelayRig().desk.use(delayMs)).toThrow(RangeError);
});

test('a stream goes on until its last user has gone, then ends without a word', async () => {
  const rig = new DelayRig();
  const seen = rig.watch(rig.desk.use(1_000));
  rig.desk.use(1_000);
  rig.begin();
  await rig.send({ ms: 3_000 });
  rig.desk.release(1_000);
  expect(rig.desk.isReady(1_000)).toBe(true);
  rig.desk.release(1_000);
  rig.desk.release(1_000);
  expect(seen.at(-1)?.type).toBe('ended');
  expect([rig.desk.isReady(1_000), rig.clock.pending, rig.lives]).toEqual([false, 0, ['1000 live @1000']]);
  const count = seen.length;
  await rig.send({ ms: 3_000 });
  expect(seen.length).toBe(count);
  expect(rig.desk.report()).toEqual({ heldMs: 0, memoryBytes: 0, diskBytes: 0, lostMessages: 0 });
});

test('when nothing is wanted the disk is empty and closed; wanted again, it starts anew, after the old is gone', async () => {
  const rig = new DelayRig(16_000);
  rig.desk.use(30_000);
  rig.begin();
  await rig.send({ ms: 20_000 });
  expect([rig.spill.pieces > 5, rig.spill.isOpen]).toEqual([true, true]);
  rig.spill.writeMs = 500;
  rig.spill.closeMs = 4_000;
  await rig.send({ ms: 2_100 });
  rig.desk.release(30_000);
  const seen = rig.watch(rig.desk.use(30_000));
  await rig.send({ ms: 40_000 });
  expect([rig.spill.opened, rig.spill.isOpen, rig.troubles]).toEqual([2, true, []]);
  expect(messagesOf(seen).length).toBeGreaterThan(100);
  rig.spill.closeMs = 0;
  rig.spill.writeMs = 0;
  await rig.pass(1_000);
  await rig.desk.close();
  expect([rig.spill.pieces, rig.spill.isOpen, rig.clock.pending]).toEqual([0, false, 0]);
});

test('closing waits for a write that is under way, and leaves nothing behind it', async () => {
  const rig = new DelayRig(20_000);
  rig.desk.use(60_000);
  rig.begin();
  await rig.send({ ms: 10_000 });
  rig.spill.writeMs = 5_000;
  await rig.send({ ms: 1_200 });
  let isClosed = false;
  const closing = rig.desk.close().then(() => void (isClosed = true));
  await turns();
  expect(isClosed).toBe(false);
  await rig.pass(5_000);
  await closing;
  expect([rig.spill.pieces, rig.spill.isOpen, rig.troubles]).toEqual([0, false, []]);
});

test('what cannot be removed is told, and closing ends all the same', async () => {
  const rig = new DelayRig(10_000);
  rig.desk.use(60_000);
  rig.begin();
  await rig.send({ ms: 10_000 });
  rig.spill.failWith.set('close', 'EPERM');
  await rig.desk.close();
  expect(rig.troubles).toHaveLength(1);
  expect(rig.troubles[0]).toContain('could not be removed');
});
