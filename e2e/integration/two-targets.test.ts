import { describe, expect, test } from 'vitest';
import { FULL_HD, GOP_SECONDS } from '../harness/clip.ts';
import {
  firstPictureMs,
  publishWithFfmpeg,
  recordWithFfmpegListen,
  recordWithNginx,
} from '../harness/peers.ts';
import { compare, decodeErrors, largestStepMs, packetsOf } from '../harness/recording.ts';
import { startStudio } from '../harness/studio.ts';
import { needs } from '../harness/tools.ts';
import { sleep } from '../harness/until.ts';
import { openStage } from './open-stage.ts';

const gate = needs('ffmpeg', 'ffprobe', 'nginx', 'nginx-rtmp');
const SHOW_SECONDS = 64;
const FPS = FULL_HD.rate;

describe.skipIf(gate.missing)(`one encoder, two targets${gate.words}`, () => {
  test('1080p60 at 6 Mbit/s for a minute: both recordings hold every frame from the moment they went live', async (context) => {
    const stage = openStage(context);
    const nginx = await recordWithNginx(stage);
    const listener = await recordWithFfmpegListen(stage);
    const { api, child } = await startStudio(stage);
    await api.switchHoldOff();
    const toNginx = await api.addTarget({
      name: 'nginx',
      url: nginx.url,
      streamKey: nginx.streamKey,
      enabled: true,
    });
    const toListener = await api.addTarget({
      name: 'ffmpeg',
      url: listener.url,
      streamKey: listener.streamKey,
      enabled: true,
    });
    expect([toNginx.state, toListener.state]).toEqual(['waiting', 'waiting']);

    const { publishUrl } = await api.ingest();
    const publisher = await publishWithFfmpeg(stage, publishUrl, { seconds: SHOW_SECONDS, format: FULL_HD });
    const live = [await api.targetIs(toNginx.id, 'live', 60_000), await api.targetIs(toListener.id, 'live')];
    const { encoder } = await api.ingestIs('live');
    const connectedAt = Date.parse(encoder?.connectedAt ?? '');

    // A player that comes at any moment of a GOP gets its picture before that GOP is over.
    for (const waitMs of [3_300, 5_100, 4_700]) {
      await sleep(waitMs);
      expect(await firstPictureMs(stage, publishUrl)).toBeLessThan(GOP_SECONDS * 1000);
    }
    const during = await api.ingest();
    expect(during.health?.video).toMatchObject({
      width: 1920,
      height: 1080,
      codec: expect.stringMatching(/h\.?264/i) as string,
    });
    expect(Math.abs((during.health?.video?.fps ?? 0) - FPS)).toBeLessThan(3);
    expect(Math.abs((during.health?.video?.kbps ?? 0) - FULL_HD.kbps)).toBeLessThan(FULL_HD.kbps / 2);

    expect((await publisher.child.ends((SHOW_SECONDS + 10) * 1000)).code).toBe(0);
    await sleep(1_500);
    const after = [await api.target(toNginx.id), await api.target(toListener.id)];
    expect(after.map((target) => target.droppedFrames)).toEqual([0, 0]);
    expect((await child.stop('SIGTERM', 10_000)).code).toBe(0);
    expect((await listener.child.ends(10_000)).code).toBe(0);

    const sent = await packetsOf(stage, publisher.sentFile);
    const sentAudio = await packetsOf(stage, publisher.sentFile, 'a');
    for (const [index, recorder] of [nginx, listener].entries()) {
      const [file = '', ...others] = recorder.files();
      expect(others).toEqual([]);
      const recorded = await packetsOf(stage, file);
      const found = compare(sent, recorded, 0);
      expect(found).toMatchObject({ lost: 0, notReached: 0, recorded: recorded.length });
      expect(recorded[0]?.keyframe).toBe(true);
      // What it began with was sent before it was live: nothing after that moment is missing.
      const liveAfterMs = Date.parse(live[index]?.since ?? '') - connectedAt;
      expect(found.firstSent / FPS).toBeLessThanOrEqual(liveAfterMs / 1000 + 0.25);
      expect(recorded.length / FPS).toBeGreaterThanOrEqual(60);
      expect(largestStepMs(recorded)).toBeLessThanOrEqual(18);
      const recordedAudio = await packetsOf(stage, file, 'a');
      expect(compare(sentAudio, recordedAudio, 0)).toMatchObject({ lost: 0, notReached: 0 });
      expect(await decodeErrors(stage, file)).toBe('');
    }
  }, 240_000);
});
