import { describe, expect, test } from 'vitest';
import { avOffsets } from '../harness/av-offset.ts';
import { clip, SMALL } from '../harness/clip.ts';
import { publishWithFfmpeg, recordWithNginx } from '../harness/peers.ts';
import { decodeErrors, largestStepMs, packetsOf } from '../harness/recording.ts';
import { startStudio } from '../harness/studio.ts';
import { needs } from '../harness/tools.ts';
import { sleep, until } from '../harness/until.ts';
import { withStage } from './open-stage.ts';

const gate = needs('ffmpeg', 'ffprobe', 'nginx', 'nginx-rtmp');
/** Sound and picture may move against each other by this, ms. */
const MOST_OFFSET_MS = 40;

describe.skipIf(gate.missing)(`the encoder is killed for 20 s${gate.words}`, () => {
  test.each([
    ['freeze', 'the last picture'],
    ['slate', 'a picture made for it'],
  ] as const)(
    '%s: the target sees %s, in one file over one connection, and then the encoder again',
    async (picture, _) => {
      await withStage(`hold with ${picture}`, async (stage) => {
        const nginx = await recordWithNginx(stage);
        const { api, child } = await startStudio(stage);
        expect((await api.call('PATCH', '/ingests/main', { holdPicture: picture })).status).toBe(200);
        const target = await api.addTarget({ name: 'nginx', url: nginx.url, streamKey: 'k', enabled: true });
        const { publishUrl } = await api.ingest();
        const first = await publishWithFfmpeg(stage, publishUrl, { name: 'first' });
        await api.targetIs(target.id, 'live', 60_000);
        await sleep(4_000);
        if (picture === 'slate') {
          await until('the picture is ready', async () => (await api.ingest()).slate.state === 'ready', {
            timeoutMs: 30_000,
          });
        }

        await first.child.kill();
        const held = await api.ingestIs('holding', 10_000);
        expect([held.onAir, held.encoder]).toEqual([picture, null]);
        await sleep(20_000);
        expect((await api.target(target.id)).state).toBe('live');

        const again = await publishWithFfmpeg(stage, publishUrl, { name: 'again' });
        await api.ingestIs('live', 20_000);
        await sleep(8_000);
        const after = await api.target(target.id);
        expect([after.state, after.reconnects, after.droppedFrames]).toEqual(['live', 0, 0]);
        const events = (await api.events()).map(({ code }) => code);
        expect(events).toEqual(expect.arrayContaining(['encoder-live', 'encoder-left', 'encoder-back']));

        await again.child.stop('SIGINT');
        expect((await child.stop('SIGTERM', 10_000)).code).toBe(0);
        await sleep(1_000);

        const [file = '', ...others] = nginx.files();
        expect(others).toEqual([]);
        expect(await decodeErrors(stage, file)).toBe('');
        const video = await packetsOf(stage, file);
        const audio = await packetsOf(stage, file, 'a');
        // A still picture comes once a second; sound never stops.
        expect(largestStepMs(video)).toBeGreaterThan(0);
        expect(largestStepMs(video)).toBeLessThanOrEqual(1_100);
        expect(largestStepMs(audio)).toBeGreaterThan(0);
        expect(largestStepMs(audio)).toBeLessThanOrEqual(600);

        const source = await clip(stage, SMALL);
        const offsets = avOffsets(
          { video: await packetsOf(stage, source), audio: await packetsOf(stage, source, 'a') },
          { video, audio },
        );
        const gap = offsets.findIndex(({ atMs }, n) => atMs - (offsets[n - 1]?.atMs ?? atMs) > 10_000);
        expect(gap).toBeGreaterThan(60);
        expect(offsets.length - gap).toBeGreaterThan(60);
        for (const { offsetMs } of offsets) expect(Math.abs(offsetMs)).toBeLessThanOrEqual(MOST_OFFSET_MS);
      });
    },
  );
});
