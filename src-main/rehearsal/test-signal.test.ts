import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ProtocolError } from '../bytes/protocol-error.ts';
import { joinBytes } from '../bytes/join.ts';
import { flvFileHeader, flvTag } from '../flv/flv-tags.ts';
import { aacHeader, audio, avcHeader, inter, keyframe, metadata } from '../hub/testing/stream-messages.ts';
import { MemoryDial } from '../net/testing/memory-dial.ts';
import { ScriptedServer, type ServerScript } from '../net/testing/scripted-server.ts';
import type { RunEnd } from '../outbound/run-end.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { seededRandom } from '../platform/testing/seeded-random.ts';
import type { RtmpMessage } from '../rtmp/message/message-type.ts';
import { readSignalLoop, TestSignal, type SignalLoop } from './test-signal.ts';

const FILE = new Uint8Array(readFileSync(new URL('../../assets/test-signal.flv', import.meta.url)));
const realLoop = readSignalLoop(FILE);

/** Two frames of 40 ms and sound that is longer than the picture. */
const tinyLoop: SignalLoop = {
  headers: [],
  media: [
    { typeId: 9, timestampMs: 0, payload: keyframe() },
    { typeId: 8, timestampMs: 5, payload: audio() },
    { typeId: 9, timestampMs: 40, payload: inter() },
    { typeId: 8, timestampMs: 95, payload: audio() },
  ],
  durationMs: 80,
};

function start(loop: SignalLoop, script: ServerScript = {}) {
  const clock = new ManualClock();
  const servers: ScriptedServer[] = [];
  const dialled = new MemoryDial(clock, () => ({
    type: 'line',
    serve: (line) => servers.push(new ScriptedServer(line, script)),
  }));
  const ends: RunEnd[] = [];
  const signal = new TestSignal({
    loop,
    address: { tls: false, host: '127.0.0.1', port: 1935, app: 'live', tcUrl: 'rtmp://127.0.0.1:1935/live' },
    streamKey: 'key-1',
    dial: dialled.dial,
    clock,
    random: seededRandom(1),
    onEnd: (end) => ends.push(end),
  });
  signal.start();
  const pass = async (ms: number): Promise<void> => {
    for (let at = 0; at < ms; at += 20) {
      clock.advance(20);
      await dialled.settle();
    }
  };
  const server = (): ScriptedServer => {
    const [made] = servers;
    if (made === undefined) throw new Error('not dialled yet');
    return made;
  };
  return { clock, dialled, signal, ends, pass, server };
}

const isFrame = ({ payload }: RtmpMessage): boolean => payload[1] === 1;

test('the file that comes with us: headers once, frames in order, a keyframe first', () => {
  const { headers, media, durationMs } = realLoop;
  // FFmpeg begins with an AAC header without a config, and sends the true one behind the first picture.
  expect(headers.map(({ typeId }) => typeId)).toEqual([18, 9, 8, 8]);
  expect(headers.at(-1)?.payload.length).toBe(4);
  const video = media.filter(({ typeId }) => typeId === 9);
  const sound = media.filter(({ typeId }) => typeId === 8);
  expect([video[0]?.payload[0], video.length > 30, sound.length > 30]).toEqual([0x17, true, true]);
  for (const tags of [video, sound]) {
    const times = tags.map(({ timestampMs }) => timestampMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  }
  // One frame longer than from the first to the last.
  const last = video.at(-1)?.timestampMs ?? 0;
  expect(durationMs).toBeGreaterThan(last);
  expect(durationMs - last).toBeLessThanOrEqual(42);
  expect(media[0]?.timestampMs).toBeLessThan(50);
});

test('what is no loop is refused', () => {
  expect(() => readSignalLoop(new Uint8Array(100))).toThrow(ProtocolError);
  const soundOnly = joinBytes([
    flvFileHeader(),
    flvTag(18, 0, metadata()),
    flvTag(8, 0, aacHeader()),
    flvTag(8, 0, audio()),
  ]);
  expect(() => readSignalLoop(soundOnly)).toThrow(/no video/);
  const oneFrame = joinBytes([flvFileHeader(), flvTag(9, 0, avcHeader()), flvTag(9, 0, keyframe())]);
  expect(() => readSignalLoop(oneFrame)).toThrow(/no video/);
  expect(() => readSignalLoop(new Uint8Array(0))).toThrow(/no video/);
});

test('it publishes as an encoder would, at the pace of the clock', async () => {
  const { pass, server, dialled } = start(realLoop);
  await dialled.settle();
  expect(server().publishedName).toBe('key-1');
  expect(server().events.find(({ type }) => type === 'connect-requested')).toMatchObject({
    request: { flashVer: 'Relaydeck test signal' },
  });
  expect(
    server()
      .messages.slice(0, 3)
      .map(({ typeId }) => typeId)
      .sort((a, b) => a - b),
  ).toEqual([8, 9, 18]);
  await pass(1_000);
  const newest = Math.max(...server().messages.map(({ timestamp }) => timestamp));
  expect(newest).toBeGreaterThan(900);
  expect(newest).toBeLessThanOrEqual(1_000);
});

test('loop after loop: time rises evenly over the seams, without a drift', async () => {
  const { pass, server, dialled } = start(realLoop);
  await dialled.settle();
  const loops = 4;
  await pass(loops * realLoop.durationMs + 500);
  const times = (typeId: number): number[] =>
    server()
      .messages.filter((message) => message.typeId === typeId && isFrame(message))
      .map(({ timestamp }) => timestamp);
  const video = times(9);
  const steps = video.slice(1).map((time, n) => time - (video[n] ?? 0));
  expect(Math.min(...steps)).toBeGreaterThan(0);
  expect(Math.max(...steps)).toBeLessThanOrEqual(2 * Math.min(...steps));
  const sound = times(8);
  expect(sound).toEqual([...sound].sort((a, b) => a - b));
  const perLoop = realLoop.media.filter(({ typeId }) => typeId === 9).length;
  for (let loop = 1; loop <= loops; loop++) {
    expect(video[loop * perLoop]).toBe((video[0] ?? 0) + loop * realLoop.durationMs);
  }
  const keyframes = server().messages.filter((message) => message.payload[0] === 0x17 && isFrame(message));
  expect(keyframes.length).toBeGreaterThanOrEqual(loops + 1);
});

test('sound that is longer than the picture does not go back at the seam', async () => {
  const { pass, server, dialled } = start(tinyLoop);
  await dialled.settle();
  await pass(400);
  const sound = server()
    .messages.filter(({ typeId }) => typeId === 8)
    .map(({ timestamp }) => timestamp);
  expect(sound.length).toBeGreaterThan(6);
  expect(sound).toEqual([...sound].sort((a, b) => a - b));
});

test('a clock that was held up: what is due is sent at once, and the pace is the clock’s again', async () => {
  const { clock, dialled, pass, server } = start(tinyLoop);
  await dialled.settle();
  // As a computer that was busy: one turn, ten times late.
  clock.advance(800);
  await dialled.settle();
  await pass(100);
  expect(server().messages.filter(({ typeId }) => typeId === 9)).toHaveLength(Math.floor(900 / 40) + 1);
});

test('stop says goodbye, and nothing is left running', async () => {
  const { clock, dialled, ends, pass, server, signal } = start(realLoop);
  await dialled.settle();
  await pass(200);
  signal.stop();
  await dialled.settle();
  expect([server().goodbyes, server().isGone, ends, clock.pending]).toEqual([
    1,
    true,
    [{ kind: 'stopped' }],
    0,
  ]);
});

test('an ingest that refuses it ends it', async () => {
  const { clock, dialled, ends } = start(realLoop, {
    publish: { code: 'NetStream.Publish.BadName', description: 'taken' },
  });
  await dialled.settle();
  clock.advance(5_000);
  await dialled.settle();
  expect(ends).toMatchObject([{ kind: 'refused', step: 'publish' }]);
  expect(clock.pending).toBe(0);
});
