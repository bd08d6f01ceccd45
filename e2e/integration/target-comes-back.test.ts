import { describe, expect, test } from 'vitest';
import { SMALL } from '../harness/clip.ts';
import { publishWithFfmpeg, recordWithNginx } from '../harness/peers.ts';
import { compare, decodeErrors, largestStepMs, packetsOf } from '../harness/recording.ts';
import { startStudio } from '../harness/studio.ts';
import { needs } from '../harness/tools.ts';
import { sleep, until } from '../harness/until.ts';
import { openStage } from './open-stage.ts';

const gate = needs('ffmpeg', 'ffprobe', 'nginx', 'nginx-rtmp');
const FRAME_MS = 1000 / SMALL.rate;

describe.skipIf(gate.missing)(`a target is lost and comes back${gate.words}`, () => {
  test('killed for 10 s it resumes by itself at a keyframe; the other target has no gap', async (context) => {
    const stage = openStage(context);
    const steady = await recordWithNginx(stage, { name: 'steady' });
    const killed = await recordWithNginx(stage, { name: 'killed' });
    const { api, child } = await startStudio(stage);
    await api.switchHoldOff();
    const toSteady = await api.addTarget({ name: 'steady', url: steady.url, streamKey: 'a', enabled: true });
    const toKilled = await api.addTarget({ name: 'killed', url: killed.url, streamKey: 'b', enabled: true });
    const publisher = await publishWithFfmpeg(stage, (await api.ingest()).publishUrl);
    await api.targetIs(toSteady.id, 'live', 60_000);
    const before = await api.targetIs(toKilled.id, 'live');
    await sleep(3_000);

    await killed.child.kill();
    const lost = await api.targetIs(toKilled.id, 'retrying', 10_000);
    expect(lost.lastError?.message).toMatch(/\w+ \w+/);
    expect(lost.nextRetryAt).not.toBeNull();
    await sleep(10_000);
    expect((await api.target(toSteady.id)).state).toBe('live');
    const back = await recordWithNginx(stage, { name: 'back', port: killed.port });
    const again = await api.targetIs(toKilled.id, 'live', 45_000);
    expect(Date.parse(again.since)).toBeGreaterThan(Date.parse(before.since));
    expect(again.reconnects).toBe(1);
    await sleep(6_000);

    await publisher.child.stop('SIGINT');
    await sleep(1_000);
    expect((await child.stop('SIGTERM', 10_000)).code).toBe(0);
    await until('the recordings are closed', () => back.files()[0]);
    await sleep(500);

    const sent = await packetsOf(stage, publisher.sentFile);
    const whole = await packetsOf(stage, steady.files()[0] ?? '');
    expect(steady.files()).toHaveLength(1);
    expect(compare(sent, whole, 0)).toMatchObject({ lost: 0, notReached: 0 });
    expect(largestStepMs(whole)).toBeLessThanOrEqual(FRAME_MS + 1);

    const resumed = await packetsOf(stage, back.files()[0] ?? '');
    expect(resumed[0]?.keyframe).toBe(true);
    expect(resumed.length).toBeGreaterThan(5 * SMALL.rate);
    expect(largestStepMs(resumed)).toBeLessThanOrEqual(FRAME_MS + 1);
    expect(largestStepMs(resumed)).toBeGreaterThan(0);
    expect(compare(sent, resumed, sent.length - resumed.length)).toMatchObject({ lost: 0, notReached: 0 });
    expect(await decodeErrors(stage, back.files()[0] ?? '')).toBe('');
  });

  test('a target that is not there at first is tried again until it is', async (context) => {
    const stage = openStage(context);
    const early = await recordWithNginx(stage, { name: 'early' });
    await early.child.kill();
    const { api } = await startStudio(stage);
    const target = await api.addTarget({ name: 'late', url: early.url, streamKey: 'k', enabled: true });
    await publishWithFfmpeg(stage, (await api.ingest()).publishUrl);
    const refused = await api.targetIs(target.id, 'retrying', 60_000);
    expect(refused.lastError?.message).toContain(`${early.port}`);
    await recordWithNginx(stage, { name: 'late', port: early.port });
    await api.targetIs(target.id, 'live', 45_000);
  });
});
