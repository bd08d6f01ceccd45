import { expect, test } from 'vitest';
import { holesIn, isMedia, offsetMsOf } from '../harness/holes.ts';
import { heldKib, openFiles, residentKib } from '../harness/memory.ts';
import { recordAsPlayer } from '../harness/recording-server.ts';
import { ScriptedClient } from '../harness/scripted-client.ts';
import { endShow, expectUntouched, expectWhole, startShow } from '../harness/show.ts';
import type { Stage } from '../harness/stage.ts';
import type { Api, Studio } from '../harness/studio.ts';
import type { Trail } from '../harness/trail.ts';
import { needs } from '../harness/tools.ts';
import { sleep, until } from '../harness/until.ts';
import { openStage } from './open-stage.ts';

const gate = needs('ffmpeg');
const PLAYERS = 20;
/** The product's own: a player that takes nothing for this long is gone. */
const STUCK_MS = 30_000;
/** What the system takes for a socket that nobody reads (up to 4 MB on loopback) is there in this time at the most. */
const FILLED_MS = 16_000;
const LATE_MS = 4_000;
/**
 * Each may hold a queue of 5 s (1.7 MB) and 256 kB behind its socket: 39 MB for twenty if each held its own. Messages
 * are held once for all, so one queue and twenty sockets, 7 MB, remain; the rest is the heap of a minute.
 */
const MEMORY_KIB = 16 * 1024;
/** The same before its garbage is collected, KiB. */
const PEAK_KIB = 48 * 1024;
/** Connections to the HTTP API that `fetch` keeps for later. */
const SPARE_FILES = 6;

test.skipIf(gate.missing)(
  `twenty players that stop reading: a target and a player lose nothing, memory is bounded, the twenty are closed${gate.words}`,
  async (context) => {
    const stage = openStage(context);
    const show = await startShow(stage, { healthy: 1 });
    const { studio } = show;
    const { api, child } = studio;
    const player = recordAsPlayer(stage, (await api.ingest()).publishUrl);
    await until('the player plays', () => player.trail.length > 0);
    const before = { kib: await heldKib(child), files: openFiles(child) };

    for (let index = 0; index < PLAYERS; index++) await stopPlaying(stage, studio);
    const stoppedAt = performance.now();
    const all = await api.ingest();
    expect(all.players).toBe(PLAYERS + 1);
    let peakKib = 0;
    const held: number[] = [];
    await until(
      'the first of them is closed',
      async () => {
        peakKib = Math.max(peakKib, residentKib(child));
        const fullMs = performance.now() - stoppedAt;
        if (fullMs > FILLED_MS + held.length * 5_000) held.push((await heldKib(child)) - before.kib);
        return (await stuck(api)) > 0;
      },
      { timeoutMs: FILLED_MS + STUCK_MS + LATE_MS, everyMs: 250 },
    );
    expect(performance.now() - stoppedAt).toBeGreaterThan(STUCK_MS);
    expect(held.length).toBeGreaterThan(1);
    expect(Math.max(...held)).toBeLessThan(MEMORY_KIB);
    expect(peakKib - before.kib).toBeLessThan(PEAK_KIB);
    await expectUntouched(show);

    await until('all of them are closed', async () => (await stuck(api)) === PLAYERS, {
      timeoutMs: Math.max(0, FILLED_MS + STUCK_MS + LATE_MS - (performance.now() - stoppedAt)),
      everyMs: 250,
    });
    expect((await api.ingest()).players).toBe(1);
    await until('their sockets are gone', () => openFiles(child) <= before.files + SPARE_FILES, {
      timeoutMs: 5_000,
    });
    expect((await heldKib(child)) - before.kib).toBeLessThan(MEMORY_KIB);
    await sleep(2_000);
    expect(player.ended()).toBe(false);
    await expectUntouched(show);

    const sent = await endShow(show);
    expectWhole(sent, show);
    await until('the player has heard of the end', () => player.ended());
    expectPlayedOn(sent, player.trail, show.healthy[0]?.server.publishes[0]?.trail ?? []);
  },
  150_000,
);

/** Plays, hears that it may, and reads no more. */
async function stopPlaying(stage: Stage, { api, ready }: Studio): Promise<void> {
  const port = Number(new URL(ready.rtmpUrl).port);
  const { app, streamKey } = await api.ingest();
  const player = await ScriptedClient.shakeHands(port);
  stage.onClose(() => {
    player.close();
  });
  const streamId = await player.connect(app, `rtmp://127.0.0.1:${port}/${app}`);
  player.command('play', [null, streamKey], streamId);
  await player.status();
  player.stopReading();
}

/** How many players have been closed because they took nothing. */
async function stuck(api: Api): Promise<number> {
  const { connections } = await api.state();
  return connections.filter(({ reason }) => reason?.code === 'player-stuck').length;
}

/** From its first keyframe to the end, without a hole. `whole`: what a target got, at the same times. */
function expectPlayedOn(sent: Trail, came: Trail, whole: Trail): void {
  const holes = holesIn(sent, came, offsetMsOf(sent, whole));
  expect(holes).toMatchObject({ strangers: 0, outOfOrder: 0, missingPictures: 0, soundHolesMs: [] });
  expect(holes.behindHoles.map(({ kind }) => kind)).toEqual(['keyframe']);
  expect(came.filter(isMedia).at(-1)).toEqual(whole.filter(isMedia).at(-1));
}
