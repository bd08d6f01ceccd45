import { expect, test } from 'vitest';
import { startFaultServer } from '../harness/fault-server.ts';
import { holesIn, offsetMsOf } from '../harness/holes.ts';
import { heldKib, residentKib } from '../harness/memory.ts';
import {
  endShow,
  expectUntouched,
  expectWhole,
  SHOW_FORMAT,
  SHOW_KBPS,
  startShow,
  type Show,
} from '../harness/show.ts';
import { needs } from '../harness/tools.ts';
import { sleep, until } from '../harness/until.ts';
import { openStage } from './open-stage.ts';

const gate = needs('ffmpeg');
/** How long the slow one is slow: several times what the system and the queue can hold. */
const SLOW_MS = 75_000;
const SAMPLE_MS = 250;
/** Of a queue; a GOP of 2 s may come on top before it is seen to. */
const [QUEUE_MS, GOP_MS] = [5_000, 2_000];
/**
 * One queue of 5 s and the socket's share of a slow target are 2 MB; messages are held once for all twenty. The rest
 * is what a heap grows by in a minute.
 */
const MEMORY_KIB = 24 * 1024;
/** The same before its garbage is collected, KiB. */
const PEAK_KIB = 64 * 1024;

test.skipIf(gate.missing)(
  `twenty targets, one slow to a tenth: the others lose nothing, that one gets whole GOPs and its sound${gate.words}`,
  async (context) => {
    const stage = openStage(context);
    const show = await startShow(stage, { healthy: 19 });
    const { api, child } = show.studio;
    const server = await startFaultServer(stage, { kind: 'slow', kbps: SHOW_KBPS / 10 });
    const before = await heldKib(child);
    const wish = { name: 'slow', url: server.url, streamKey: 'slow-key', enabled: true };
    const { id } = await api.addTarget(wish);
    await api.targetIs(id, 'live');

    const slow = await watchSlow(show, id);
    expect(slow.peakKib - before).toBeLessThan(PEAK_KIB);
    expect((await heldKib(child)) - before).toBeLessThan(MEMORY_KIB);
    await expectUntouched(show);
    expect(slow.longestQueueMs).toBeLessThanOrEqual(QUEUE_MS + GOP_MS);
    const target = await api.target(id);
    expect.soft(target).toMatchObject({ state: 'live', reconnects: 0, lastError: null });
    expect(target.droppedFrames).toBeGreaterThan(0);

    // What lies in the system's buffers must come, too, before it is counted.
    server.become({ kind: 'none' });
    await until('the queue is empty', async () => (await api.target(id)).queueMs === 0);
    await sleep(2 * GOP_MS);
    const { droppedFrames } = await api.target(id);
    const sent = await endShow(show);
    expectWhole(sent, show);

    expect.soft(server.connectedAt).toHaveLength(1);
    await until('the slow one has heard goodbye', () => server.publishes.every((publish) => publish.ended()));
    const whole = show.healthy[0]?.server.publishes[0]?.trail ?? [];
    const offsetMs = offsetMsOf(sent, whole);
    let missing = 0;
    for (const { trail } of server.publishes) {
      const holes = holesIn(sent, trail, offsetMs);
      expect(holes).toMatchObject({ strangers: 0, outOfOrder: 0 });
      expect(holes.behindHoles.map(({ kind }) => kind)).toEqual(holes.behindHoles.map(() => 'keyframe'));
      // Sound goes last.
      const soundMs = holes.soundHolesMs.reduce((sum, holeMs) => sum + holeMs, 0);
      expect(soundMs).toBeLessThanOrEqual((holes.missingPictures * 1000) / SHOW_FORMAT.rate);
      // The queue gives sound up only as far as it is older than it may hold: what came while the line stood, but for
      // the newest 5 s. What waited when it began to stand is a GOP at the most.
      const longestMs = slow.longestStillMs - QUEUE_MS + GOP_MS;
      for (const holeMs of holes.soundHolesMs) expect(holeMs).toBeLessThanOrEqual(longestMs);
      missing += holes.missingPictures;
    }
    // Between two connections more is missing than what was dropped on either.
    if (server.publishes.length === 1) expect(droppedFrames).toBe(missing);
  },
  240_000,
);

type Slow = { readonly peakKib: number; readonly longestQueueMs: number; readonly longestStillMs: number };

/** Looks on for as long as it is slow; `longestStillMs` is the longest time its line took nothing. */
async function watchSlow({ studio: { api, child } }: Show, id: string): Promise<Slow> {
  const end = performance.now() + SLOW_MS;
  let [peakKib, longestQueueMs, longestStillMs] = [0, 0, 0];
  let last = { bytes: -1, at: performance.now() };
  while (performance.now() < end) {
    const { bytesSent, queueMs } = await api.target(id);
    const now = performance.now();
    if (bytesSent !== last.bytes) last = { bytes: bytesSent, at: now };
    longestStillMs = Math.max(longestStillMs, now - last.at + SAMPLE_MS);
    longestQueueMs = Math.max(longestQueueMs, queueMs);
    peakKib = Math.max(peakKib, residentKib(child));
    await sleep(SAMPLE_MS);
  }
  return { peakKib, longestQueueMs, longestStillMs };
}
