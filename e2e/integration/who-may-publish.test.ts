import { describe, expect, test } from 'vitest';
import { publishWithFfmpeg, recordWithNginx } from '../harness/peers.ts';
import { compare, largestStepMs, packetsOf } from '../harness/recording.ts';
import { ScriptedClient } from '../harness/scripted-client.ts';
import { startStudio, type Studio } from '../harness/studio.ts';
import { needs } from '../harness/tools.ts';
import { sleep, until } from '../harness/until.ts';
import { openStage } from './open-stage.ts';

const gate = needs('ffmpeg', 'ffprobe', 'nginx', 'nginx-rtmp');

/** A client that has done everything before `publish`. */
async function clientOf({ ready }: Studio): Promise<{ client: ScriptedClient; streamId: number }> {
  const client = await ScriptedClient.shakeHands(Number(new URL(ready.rtmpUrl).port));
  return { client, streamId: await client.connect('live', ready.rtmpUrl) };
}

/** An H.264 sequence header and a keyframe's first bytes, as an encoder would send them. */
const VIDEO = [
  Buffer.from('170000000001640028ffe1000467640028010004 68ee3c80'.replaceAll(' ', ''), 'hex'),
  Buffer.from('17010000000000000565888400ff', 'hex'),
];

describe('a key and who may use it', () => {
  test('a wrong key is refused before any media is taken, and the reason can be read', async (context) => {
    const stage = openStage(context);
    const studio = await startStudio(stage);
    const { client, streamId } = await clientOf(studio);
    client.command('publish', [null, 'not-the-key', 'live'], streamId);
    // Sent without waiting for the answer, as hasty encoders do.
    for (const body of VIDEO) client.message(9, body, { chunkStreamId: 4, streamId });
    const status = await client.status();
    expect(status.level).toBe('error');
    expect(status.code).toMatch(/^NetStream\.Publish\.(BadName|Denied|Rejected|Failed)$/);
    expect(status.description).toMatch(/key/i);
    await until('the studio ends the connection', () => client.ended);
    const { ingests, connections } = await studio.api.state();
    expect(ingests[0]).toMatchObject({ state: 'waiting', encoder: null, health: null });
    expect(connections.at(-1)).toMatchObject({ outcome: 'refused', stage: 'stream' });
    expect(connections.at(-1)?.reason?.message).toMatch(/key/i);
  });

  test('media before publish is not taken', async (context) => {
    const stage = openStage(context);
    const studio = await startStudio(stage);
    const { client, streamId } = await clientOf(studio);
    for (const body of VIDEO) client.message(9, body, { chunkStreamId: 4, streamId });
    await sleep(500);
    expect((await studio.api.ingest()).state).toBe('waiting');
    client.close();
  });

  test('the right key is let in', async (context) => {
    const stage = openStage(context);
    const studio = await startStudio(stage);
    const { client, streamId } = await clientOf(studio);
    const { streamKey } = await studio.api.ingest();
    expect(await client.publish(streamId, streamKey)).toMatchObject({
      level: 'status',
      code: 'NetStream.Publish.Start',
    });
    for (const body of VIDEO) client.message(9, body, { chunkStreamId: 4, streamId });
    const { encoder } = await studio.api.ingestIs('live', 5_000);
    expect(encoder).toMatchObject({ software: 'scripted/1.0' });
    client.close();
  });
});

describe.skipIf(gate.missing)(`a key in use${gate.words}`, () => {
  test('a second encoder is refused with NetStream.Publish.BadName; the first loses nothing', async (context) => {
    const stage = openStage(context);
    const nginx = await recordWithNginx(stage);
    const studio = await startStudio(stage);
    const { api } = studio;
    await api.switchHoldOff();
    const target = await api.addTarget({ name: 'nginx', url: nginx.url, streamKey: 'k', enabled: true });
    const { publishUrl, streamKey } = await api.ingest();
    const first = await publishWithFfmpeg(stage, publishUrl);
    await api.targetIs(target.id, 'live', 60_000);
    const before = await api.ingest();

    const { client, streamId } = await clientOf(studio);
    expect(await client.publish(streamId, streamKey)).toMatchObject({
      level: 'error',
      code: 'NetStream.Publish.BadName',
    });
    for (const body of VIDEO) client.message(9, body, { chunkStreamId: 4, streamId });
    const second = await publishWithFfmpeg(stage, publishUrl, { name: 'second' });
    expect((await second.child.ends(10_000)).code).not.toBe(0);
    await sleep(2_000);
    client.close();

    const after = await api.ingest();
    expect(after.state).toBe('live');
    expect(after.encoder).toMatchObject({
      address: before.encoder?.address,
      connectedAt: before.encoder?.connectedAt,
    });
    await first.child.stop('SIGINT');
    await sleep(500);
    await studio.child.stop('SIGTERM', 10_000);
    const recorded = await packetsOf(stage, nginx.files()[0] ?? '');
    expect(compare(await packetsOf(stage, first.sentFile), recorded, 0)).toMatchObject({
      lost: 0,
      notReached: 0,
    });
    expect(largestStepMs(recorded)).toBeLessThanOrEqual(35);
  });
});
