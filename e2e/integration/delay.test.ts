import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shiftsOf, withinClip } from '../harness/av-offset.ts';
import { clip, SMALL } from '../harness/clip.ts';
import { publishWithFfmpeg, recordWithNginx } from '../harness/peers.ts';
import { compare, decodeErrors, largestStepMs, packetsOf } from '../harness/recording.ts';
import { startStudio, type Api } from '../harness/studio.ts';
import { needs } from '../harness/tools.ts';
import { sleep, until } from '../harness/until.ts';
import { openStage } from './open-stage.ts';

const gate = needs('ffmpeg', 'ffprobe', 'nginx', 'nginx-rtmp');
const FRAME_MS = 1000 / SMALL.rate;
/** Frames are closed up behind a cut within this, ms. */
const MOST_STRAY_MS = 600;

async function delayIs(api: Api, state: string): Promise<void> {
  await until(`delay is ${state}`, async () => (await api.ingest()).delay.state === state, {
    timeoutMs: 30_000,
  });
}

describe.skipIf(gate.missing)(`delay${gate.words}`, () => {
  test('of a show, armed, activated and cut while live: one connection, time rises, it decodes', async (context) => {
    const stage = openStage(context);
    const nginx = await recordWithNginx(stage);
    const { api, child, dataDir } = await startStudio(stage);
    const target = await api.addTarget({ name: 'nginx', url: nginx.url, streamKey: 'k', enabled: true });
    const publisher = await publishWithFfmpeg(stage, (await api.ingest()).publishUrl);
    await api.targetIs(target.id, 'live', 60_000);
    await sleep(3_000);

    const early = await api.call('POST', '/ingests/main/delay/activate');
    expect([early.status, early.body]).toMatchObject([409, { error: { code: 'delay-not-armed' } }]);
    expect((await api.call('POST', '/ingests/main/delay/arm', { seconds: 6 })).status).toBe(200);
    await delayIs(api, 'filling');
    await delayIs(api, 'ready');
    expect((await api.target(target.id)).delayedBySeconds).toBe(0);
    expect((await api.call('POST', '/ingests/main/delay/activate')).status).toBe(200);
    await delayIs(api, 'active');
    expect((await api.target(target.id)).delayedBySeconds).toBe(6);
    await sleep(5_000);
    expect((await api.call('POST', '/ingests/main/delay/cut')).status).toBe(200);
    await delayIs(api, 'off');
    await sleep(4_000);
    const after = await api.target(target.id);
    expect([after.state, after.reconnects, after.droppedFrames, after.delayedBySeconds]).toEqual([
      'live',
      0,
      0,
      0,
    ]);
    await publisher.child.stop('SIGINT');
    expect((await child.stop('SIGTERM', 10_000)).code).toBe(0);
    await sleep(1_000);
    const left = join(dataDir, 'delay');
    expect(existsSync(left) ? readdirSync(left) : []).toEqual([]);

    const [file = '', ...others] = nginx.files();
    expect(others).toEqual([]);
    expect(await decodeErrors(stage, file)).toBe('');
    const video = await packetsOf(stage, file);
    const audio = await packetsOf(stage, file, 'a');
    expect(largestStepMs(video)).toBeGreaterThan(0);
    // The step at a cut is at most a GOP's length of waiting, and mostly a frame.
    expect(largestStepMs(video)).toBeLessThanOrEqual(2 * FRAME_MS + 20);
    expect(largestStepMs(audio)).toBeGreaterThan(0);
    expect(largestStepMs(audio)).toBeLessThanOrEqual(100);
    // Live, six seconds behind, and live again.
    const shifts = shiftsOf(await packetsOf(stage, await clip(stage, SMALL)), video);
    const behind = shifts.map(({ shiftMs }) => withinClip(shiftMs - (shifts[0]?.shiftMs ?? 0)));
    const near = (wanted: number): number =>
      behind.filter((ms) => Math.abs(withinClip(ms - wanted)) <= MOST_STRAY_MS).length;
    expect(Math.abs(behind.at(-1) ?? NaN)).toBeLessThanOrEqual(MOST_STRAY_MS);
    expect(near(6_000)).toBeGreaterThan(4 * SMALL.rate);
    expect(near(0) + near(6_000)).toBe(behind.length);
  }, 120_000);

  test('of one target: it is that far behind, whole, and plays on to the end of the show; the other is live', async (context) => {
    const stage = openStage(context);
    const live = await recordWithNginx(stage, { name: 'live' });
    const late = await recordWithNginx(stage, { name: 'late' });
    const { api, child } = await startStudio(stage);
    const toLive = await api.addTarget({ name: 'live', url: live.url, streamKey: 'a', enabled: true });
    const made = await api.call('POST', '/targets', {
      name: 'late',
      url: late.url,
      streamKey: 'b',
      enabled: true,
      delaySeconds: 5,
    });
    const toLate = (made.body as { id: string }).id;
    const publisher = await publishWithFfmpeg(stage, (await api.ingest()).publishUrl, { seconds: 12 });
    await api.targetIs(toLive.id, 'live', 60_000);
    expect((await api.target(toLate)).state).toBe('waiting');
    await api.targetIs(toLate, 'live', 15_000);
    await publisher.child.ends(30_000);
    await api.call('POST', '/ingests/main/end-hold');
    await api.targetIs(toLive.id, 'waiting', 10_000);
    expect((await api.target(toLate)).state).toBe('live');
    await api.targetIs(toLate, 'waiting', 15_000);
    expect((await child.stop('SIGTERM', 10_000)).code).toBe(0);
    await sleep(1_000);
    const sent = await packetsOf(stage, publisher.sentFile);
    const recorded = await packetsOf(stage, late.files()[0] ?? '');
    const held = recorded.length - sent.length;
    // Behind the encoder's own pictures stand those of the hold.
    const own = recorded.slice(0, held > 0 ? recorded.length - held : undefined);
    expect(compare(sent, own, 0)).toMatchObject({ lost: 0 });
    expect(own.length).toBeGreaterThan(11 * SMALL.rate);
    expect(await decodeErrors(stage, late.files()[0] ?? '')).toBe('');
  }, 120_000);
});
