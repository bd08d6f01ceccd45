import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clip, FULL_HD, GOP_SECONDS, SMALL } from '../harness/clip.ts';
import {
  firstPictureMs,
  publishWithFfmpeg,
  recordWithFfmpegListen,
  recordWithNginx,
} from '../harness/peers.ts';
import { compare, decodeErrors, largestStepMs, packetsOf } from '../harness/recording.ts';
import { ScriptedClient } from '../harness/scripted-client.ts';
import { connectionsIn, isListenedOn } from '../harness/tcp.ts';
import { needs, tool } from '../harness/tools.ts';
import { sleep, until } from '../harness/until.ts';
import { openStage } from './open-stage.ts';

// The measure measured: with no studio between them the peers themselves must lose nothing.
const gate = needs('ffmpeg', 'ffprobe', 'nginx', 'nginx-rtmp');

describe.skipIf(gate.missing)(`the peers among themselves${gate.words}`, () => {
  test('what FFmpeg publishes to nginx is recorded whole, and a player sees it', async (context) => {
    const stage = openStage(context);
    const nginx = await recordWithNginx(stage);
    const url = `${nginx.url}/${nginx.streamKey}`;
    const publisher = await publishWithFfmpeg(stage, url, { seconds: 10, format: FULL_HD });
    await until('a recording', () => nginx.files()[0], { timeoutMs: 60_000 });
    await sleep(1_000);
    expect(await firstPictureMs(stage, url)).toBeLessThan(GOP_SECONDS * 1000 + 3_000);
    await publisher.child.ends(30_000);
    await sleep(500);

    const sent = await packetsOf(stage, publisher.sentFile);
    const recorded = await packetsOf(stage, nginx.files()[0] ?? '');
    expect(sent.length).toBeGreaterThanOrEqual(10 * 60);
    expect(compare(sent, recorded, 0)).toEqual({
      firstSent: 0,
      recorded: sent.length,
      lost: 0,
      notReached: 0,
    });
    expect(largestStepMs(recorded)).toBeLessThanOrEqual(17);
    const sentAudio = await packetsOf(stage, publisher.sentFile, 'a');
    const recordedAudio = await packetsOf(stage, nginx.files()[0] ?? '', 'a');
    expect(compare(sentAudio, recordedAudio, 0)).toMatchObject({ firstSent: 0, lost: 0, notReached: 0 });
    expect(await decodeErrors(stage, nginx.files()[0] ?? '')).toBe('');
  });

  test('a gap of half a frame more is no fault of a recording, two pictures at one time are', async (context) => {
    const stage = openStage(context);
    const source = await clip(stage, SMALL);
    const moved = async (name: string, video: string, audio: string): Promise<string> => {
      const file = join(stage.dir, name);
      const filters = ['-bsf:v', `setts=ts=TS${video}`, '-bsf:a', `setts=ts=TS${audio}`];
      await stage.run(name, tool('ffmpeg'), ['-v', 'error', '-i', source, '-c', 'copy', ...filters, file]);
      return file;
    };
    const gap = await moved('gap.flv', '+gte(N\\,60)*850', '+gte(TS\\,2000)*850');
    expect(largestStepMs(await packetsOf(stage, gap))).toBeGreaterThan(850);
    expect(await decodeErrors(stage, gap)).toBe('');
    const twice = await moved('twice.flv', '-eq(N\\,60)*33', '');
    expect(await decodeErrors(stage, twice)).toMatch(/non monotonically increasing/);
  });

  test('what FFmpeg publishes to a listening FFmpeg is recorded whole', async (context) => {
    const stage = openStage(context);
    const listener = await recordWithFfmpegListen(stage);
    const publisher = await publishWithFfmpeg(stage, `${listener.url}/${listener.streamKey}`, { seconds: 3 });
    await publisher.child.ends(60_000);
    await listener.child.ends(10_000);
    const sent = await packetsOf(stage, publisher.sentFile);
    expect(compare(sent, await packetsOf(stage, listener.files()[0] ?? ''), 0)).toMatchObject({
      firstSent: 0,
      lost: 0,
    });
  });

  test('a comparison tells what is missing', async (context) => {
    const stage = openStage(context);
    const nginx = await recordWithNginx(stage);
    const publisher = await publishWithFfmpeg(stage, `${nginx.url}/x`, { seconds: 3 });
    await publisher.child.ends(60_000);
    const sent = await packetsOf(stage, publisher.sentFile);
    const holed = sent.filter((_, index) => index !== 40 && index !== 41);
    expect(compare(sent, holed.slice(5, -3), 0)).toMatchObject({ firstSent: 5, lost: 2, notReached: 3 });
    expect(largestStepMs(holed)).toBe(100);
  });

  test('the scripted client speaks RTMP to nginx', async (context) => {
    const stage = openStage(context);
    const nginx = await recordWithNginx(stage);
    const client = await ScriptedClient.shakeHands(nginx.port);
    const streamId = await client.connect('live', nginx.url);
    expect(await client.publish(streamId, 'one')).toMatchObject({
      level: 'status',
      code: 'NetStream.Publish.Start',
    });
    client.close();
  });
});

test('connections to a port: those that are open, each once (root cause: the system repeats rows while others come)', () => {
  const row = (local: string, remote: string, state: string): string =>
    `  12: 0100007F:${local} 0100007F:${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 1934 2`;
  const open = row('A76A', '8E03', '01');
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    row('8E03', 'A76A', '01'),
    open,
    row('A770', '8E03', '04'),
    row('A772', '8E03', '08'),
    row('A774', '8E04', '01'),
    open,
    open,
  ];
  expect(connectionsIn(`${table.join('\n')}\n`, 0x8e03)).toBe(2);
});

test('whether a port is listened on (root cause: a target came before FFmpeg 8 listened, and missed a GOP)', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:8E03 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1',
    '   1: 0100007F:8E04 0100007F:8E03 01 00000000:00000000 00:00000000 00000000     0        0 2 1',
  ].join('\n');
  expect([0x8e03, 0x8e04, 0x0e03].map((port) => isListenedOn(table, port))).toEqual([true, false, false]);
});
