import { describe, expect, test } from 'vitest';
import { GOP_SECONDS, SMALL } from '../harness/clip.ts';
import { publishWithFfmpeg, recordWithNginx } from '../harness/peers.ts';
import { decodeErrors, largestStepMs, packetsOf } from '../harness/recording.ts';
import { startStudio } from '../harness/studio.ts';
import { needs } from '../harness/tools.ts';
import { sleep, until } from '../harness/until.ts';
import { openStage } from './open-stage.ts';

const gate = needs('ffmpeg', 'ffprobe', 'nginx', 'nginx-rtmp');
const FRAME_MS = 1000 / SMALL.rate;

describe.skipIf(gate.missing)(`a main and a backup encoder${gate.words}`, () => {
  test('the main is killed, and comes back: the target is switched both times without a new connection, within a GOP', async (context) => {
    const stage = openStage(context);
    const nginx = await recordWithNginx(stage);
    const { api, child } = await startStudio(stage);
    const patched = await api.call('PATCH', '/ingests/main', { backup: true, switchBackSeconds: 3 });
    expect(patched.status).toBe(200);
    const target = await api.addTarget({ name: 'nginx', url: nginx.url, streamKey: 'k', enabled: true });
    const ingest = await api.ingest();
    const backupUrl = ingest.backup?.publishUrl ?? '';
    expect(backupUrl).not.toBe(ingest.publishUrl);
    const refused = await api.call('POST', '/ingests/main/switch-source', { to: 'backup' });
    expect([refused.status, refused.body]).toMatchObject([409, { error: { code: 'encoder-not-connected' } }]);

    const main = await publishWithFfmpeg(stage, ingest.publishUrl, { name: 'main' });
    await api.targetIs(target.id, 'live', 60_000);
    const onAirIs = (source: string): Promise<unknown> =>
      until(`${source} is on air`, async () => (await api.ingest()).onAir === source, { timeoutMs: 20_000 });
    await onAirIs('main');
    await publishWithFfmpeg(stage, backupUrl, { name: 'backup' });
    await until('both are known', async () => (await api.ingest()).backup?.compatible === true);
    await sleep(3_000);

    await main.child.kill();
    await onAirIs('backup');
    expect((await api.ingest()).state).toBe('live');
    await sleep(3_000);
    await publishWithFfmpeg(stage, ingest.publishUrl, { name: 'again' });
    await onAirIs('main');
    await sleep(2_000);
    expect((await api.call('POST', '/ingests/main/switch-source', { to: 'backup' })).status).toBe(200);
    await onAirIs('backup');
    await sleep(2_000);

    const after = await api.target(target.id);
    expect([after.state, after.reconnects, after.droppedFrames]).toEqual(['live', 0, 0]);
    const switches = (await api.events()).filter(({ code }) => code === 'switched-source');
    expect(switches.map(({ message }) => message)).toEqual([
      expect.stringMatching(/backup encoder has taken over/),
      expect.stringMatching(/healthy for 3 s/),
      expect.stringMatching(/switched by hand/),
    ]);
    expect((await child.stop('SIGTERM', 10_000)).code).toBe(0);
    await sleep(1_000);

    const [file = '', ...others] = nginx.files();
    expect(others).toEqual([]);
    expect(await decodeErrors(stage, file)).toBe('');
    const video = await packetsOf(stage, file);
    expect(largestStepMs(video)).toBeGreaterThan(0);
    expect(largestStepMs(video)).toBeLessThanOrEqual(GOP_SECONDS * 1000 + FRAME_MS);
    const steps = video.map(({ dtsMs }, n) => dtsMs - (video[n - 1]?.dtsMs ?? dtsMs));
    // Each encoder's own pictures come on, and a gap ends with a keyframe.
    expect(steps.filter((ms) => ms > 2 * FRAME_MS).length).toBeLessThanOrEqual(3);
    for (const [n, ms] of steps.entries()) if (ms > 2 * FRAME_MS) expect(video[n]?.keyframe).toBe(true);
    expect(largestStepMs(await packetsOf(stage, file, 'a'))).toBeGreaterThan(0);
  }, 120_000);
});
