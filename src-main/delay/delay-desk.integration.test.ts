import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeSpill } from '../platform/node-spill.ts';
import type { OpenSpill } from '../platform/spill.ts';
import { DelayDesk } from './delay-desk.ts';
import { allOf, DelayRig, turns } from './testing/delay-rig.ts';

/** Opens a spill in `dir`; `idle` is kept when nothing is under way with it. */
function watchedSpill(dir: string): { open: OpenSpill; idle: () => Promise<void> } {
  const underWay = new Set<Promise<unknown>>();
  const track = <T>(running: Promise<T>): Promise<T> => {
    underWay.add(running);
    const done = (): void => void underWay.delete(running);
    running.then(done, done);
    return running;
  };
  const open: OpenSpill = async () => {
    const spill = await track(nodeSpill(dir));
    return {
      ...spill,
      freeBytes: () => track(spill.freeBytes()),
      write: async (bytes) => {
        const piece = await track(spill.write(bytes));
        return { read: () => track(piece.read()), drop: () => track(piece.drop()) };
      },
    };
  };
  const idle = async (): Promise<void> => {
    await turns();
    while (underWay.size > 0) {
      await Promise.allSettled(underWay);
      await turns();
    }
  };
  return { open, idle };
}

test('a show goes through files and comes back whole; nothing of it stays in the folder', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'relaydeck-delay-'));
  const dir = join(parent, 'delay');
  const spill = watchedSpill(dir);
  const rig = new DelayRig();
  const troubles: string[] = [];
  const { source: stream, clock } = rig;
  const desk = new DelayDesk({
    stream,
    clock,
    openSpill: spill.open,
    memoryBytes: 1_000_000,
    onLive: () => undefined,
    onTrouble: (words) => troubles.push(words),
  });
  const live = rig.watch(stream);
  const near = rig.watch(desk.use(10_000));
  const far = rig.watch(desk.use(60_000));
  rig.begin();
  for (let second = 0; second < 90; second++) {
    await rig.send({ ms: 1_000, bytes: 10_000 });
    await spill.idle();
  }
  expect((await readdir(dir)).length).toBeGreaterThan(30);
  rig.end();
  for (let second = 0; second < 60; second++) {
    await rig.pass(1_000);
    await spill.idle();
  }
  expect(allOf(near, 10_000)).toEqual(allOf(live));
  expect(allOf(far, 60_000)).toEqual(allOf(live));
  expect(troubles).toEqual([]);
  await desk.close();
  expect(await readdir(parent)).toEqual([]);
});
