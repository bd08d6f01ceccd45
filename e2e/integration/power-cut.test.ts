import { describe, expect, test } from 'vitest';
import { publishWithFfmpeg, recordWithNginx } from '../harness/peers.ts';
import { packetsOf } from '../harness/recording.ts';
import { freePort } from '../harness/stage.ts';
import { startStudio } from '../harness/studio.ts';
import { needs } from '../harness/tools.ts';
import { sleep, until } from '../harness/until.ts';
import { openStage } from './open-stage.ts';

const gate = needs('ffmpeg', 'ffprobe', 'nginx', 'nginx-rtmp');

describe.skipIf(gate.missing)(`the studio is killed while live${gate.words}`, () => {
  test('started again, the encoder back: enabled targets go live with no click, stopped ones stay off', async (context) => {
    const stage = openStage(context);
    const one = await recordWithNginx(stage, { name: 'one' });
    const two = await recordWithNginx(stage, { name: 'two' });
    const flags = ['--rtmp-port', `${await freePort()}`];
    const first = await startStudio(stage, { flags });
    const toOne = await first.api.addTarget({
      name: 'one',
      url: one.url,
      streamKey: 'long-key-one',
      enabled: true,
    });
    const toTwo = await first.api.addTarget({
      name: 'two',
      url: two.url,
      streamKey: 'long-key-two',
      enabled: true,
    });
    const toOff = await first.api.addTarget({
      name: 'off',
      url: two.url,
      streamKey: 'long-key-off',
      enabled: false,
    });
    const { publishUrl } = await first.api.ingest();
    const encoder = await publishWithFfmpeg(stage, publishUrl);
    await first.api.targetIs(toOne.id, 'live', 60_000);
    await first.api.targetIs(toTwo.id, 'live');
    await sleep(2_000);

    await first.child.kill();
    await encoder.child.ends(10_000);
    const second = await startStudio(stage, { name: 'studio-again', dataDir: first.dataDir, flags });
    const known = await second.api.state();
    expect(known.targets.map(({ id, streamKey, enabled }) => ({ id, streamKey, enabled }))).toEqual([
      { id: toOne.id, streamKey: '••••-one', enabled: true },
      { id: toTwo.id, streamKey: '••••-two', enabled: true },
      { id: toOff.id, streamKey: '••••-off', enabled: false },
    ]);
    expect((await second.api.ingest()).publishUrl).toBe(publishUrl);

    await publishWithFfmpeg(stage, publishUrl, { name: 'encoder-again' });
    await second.api.targetIs(toOne.id, 'live', 30_000);
    await second.api.targetIs(toTwo.id, 'live', 30_000);
    expect((await second.api.target(toOff.id)).state).toBe('off');
    await sleep(3_000);
    expect((await second.child.stop('SIGTERM', 10_000)).code).toBe(0);
    for (const recorder of [one, two]) {
      await until('a second recording', () => recorder.files()[1]);
      const packets = await packetsOf(stage, recorder.files()[1] ?? '');
      expect(packets[0]?.keyframe).toBe(true);
      expect(packets.length).toBeGreaterThan(60);
    }
  });
});
