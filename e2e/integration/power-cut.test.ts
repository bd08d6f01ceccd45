import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
    const safety = { backup: true, backupStreamKey: 'long-key-backup', holdThen: 'stay', stallSeconds: 7 };
    expect((await first.api.call('PATCH', '/ingests/main', safety)).status).toBe(200);
    expect((await first.api.call('PATCH', `/targets/${toTwo.id}`, { delaySeconds: 2 })).status).toBe(200);
    const order = [toTwo.id, toOne.id, toOff.id];
    expect((await first.api.call('POST', '/targets/order', { ids: order })).status).toBe(204);
    expect((await first.api.call('PATCH', '/settings', { uplinkBudgetKbps: 20_000 })).status).toBe(200);
    const { publishUrl } = await first.api.ingest();
    const encoder = await publishWithFfmpeg(stage, publishUrl);
    await first.api.targetIs(toOne.id, 'live', 60_000);
    await first.api.targetIs(toTwo.id, 'live');
    await sleep(2_000);

    await first.child.kill();
    await encoder.child.ends(10_000);
    // As a delay that was longer than memory would have left it.
    const left = join(first.dataDir, 'delay', 'main');
    mkdirSync(left, { recursive: true });
    writeFileSync(join(left, '7.piece'), 'x');
    const second = await startStudio(stage, { name: 'studio-again', dataDir: first.dataDir, flags });
    const known = await second.api.state();
    expect(
      known.targets.map(({ id, streamKey, enabled, delaySeconds }) => [id, streamKey, enabled, delaySeconds]),
    ).toEqual([
      [toTwo.id, '••••-two', true, 2],
      [toOne.id, '••••-one', true, 0],
      [toOff.id, '••••-off', false, 0],
    ]);
    expect(known.uplink.budgetKbps).toBe(20_000);
    expect(known.ingests[0]).toMatchObject({
      holdThen: 'stay',
      stallSeconds: 7,
      backup: { streamKey: 'long-key-backup' },
    });
    expect(existsSync(left)).toBe(false);
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
