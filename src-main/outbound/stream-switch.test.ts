import { expect, test } from 'vitest';
import { Stream } from '../hub/stream.ts';
import { aacHeader, audio, avcHeader, keyframe } from '../hub/testing/stream-messages.ts';
import type { ScriptedServer } from '../net/testing/scripted-server.ts';
import { DelayedStream } from './testing/delayed-stream.ts';
import { Stage } from './testing/stage.ts';

const DELAY_MS = 1_000;
/** A keyframe comes with every tenth frame. */
const GOP_MS = 400;

/** A target, its stream, and one that runs behind it. */
class Two extends Stage {
  readonly delayed: DelayedStream;
  #frames = 0;

  constructor(delayMs = DELAY_MS) {
    super();
    this.delayed = new DelayedStream(this.stream, delayMs, this.clock);
  }

  async show(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 40) {
      this.clock.advance(40);
      this.frame(++this.#frames % 10 === 0);
      this.delayed.turn();
      await this.settle();
    }
  }

  async live(): Promise<this> {
    this.target.setEnabled(true);
    await this.begin();
    await this.show(GOP_MS);
    return this;
  }
}

const isMedia = ({ payload }: { readonly payload: Uint8Array }): boolean => payload[1] === 1;
const isKey = ({ payload }: { readonly payload: Uint8Array }): boolean =>
  payload[0] === 0x17 && isMedia({ payload });

function video(
  server: ScriptedServer,
): readonly { readonly timestamp: number; readonly payload: Uint8Array }[] {
  return server.messages.filter((message) => message.typeId === 9 && isMedia(message));
}

/** Media time never goes back, and behind a gap of more than a frame comes a keyframe. */
function expectWhole(server: ScriptedServer): void {
  const last = new Map<number, number>();
  for (const message of server.messages) {
    const { typeId, timestamp } = message;
    const before = last.get(typeId) ?? 0;
    expect(timestamp).toBeGreaterThanOrEqual(before);
    if (typeId === 9 && isMedia(message) && timestamp - before > 40) expect(isKey(message)).toBe(true);
    last.set(typeId, timestamp);
  }
}

test('to a stream further behind: sent on without a gap up to its next keyframe, on the same connection', async () => {
  const stage = await new Two().live();
  await stage.show(2 * DELAY_MS);
  stage.target.switchStream(stage.delayed.stream);
  expect(stage.target.stream).toBe(stage.stream);
  await stage.show(GOP_MS);
  expect([stage.target.stream === stage.delayed.stream, stage.told.at(-1)]).toEqual([true, 'switched']);
  await stage.show(GOP_MS);
  expect([stage.dialled.calls.length, stage.stream.readerCount, stage.delayed.stream.readerCount]).toEqual([
    1, 0, 1,
  ]);
  expectWhole(stage.server);
  // Headers that it has do not come again, and no frame is missing: what was shown a second ago comes once more.
  expect(stage.server.messages.filter((message) => !isMedia(message))).toHaveLength(2);
  const times = video(stage.server).map(({ timestamp }) => timestamp);
  expect(Math.max(...times.map((time, n) => time - (times[n - 1] ?? time)))).toBeLessThanOrEqual(80);
});

test('and back, and the headers that have changed meanwhile come with the keyframe', async () => {
  const stage = await new Two().live();
  await stage.show(2 * DELAY_MS);
  stage.target.switchStream(stage.delayed.stream);
  await stage.show(GOP_MS);
  stage.stream.publish(9, stage.clock.now(), avcHeader(7), stage.clock.now());
  stage.target.switchStream(stage.stream);
  await stage.show(GOP_MS);
  expect(stage.told.filter((word) => word === 'switched')).toHaveLength(2);
  expectWhole(stage.server);
  const at = stage.server.messages.findIndex(({ typeId, payload }) => typeId === 9 && payload.at(-1) === 7);
  expect(stage.server.messages.slice(at, at + 2).map(({ payload }) => [payload[0], payload[1]])).toEqual([
    [0x17, 0],
    [0x17, 1],
  ]);
  expect(stage.server.messages.filter((message) => !isMedia(message))).toHaveLength(3);
});

test('a stream that still fills changes nothing until its first keyframe', async () => {
  const stage = await new Two().live();
  stage.target.switchStream(stage.delayed.stream);
  await stage.show(DELAY_MS - 2 * GOP_MS);
  expect(stage.target.stream).toBe(stage.stream);
  await stage.show(2 * GOP_MS);
  expect(stage.target.stream).toBe(stage.delayed.stream);
  expectWhole(stage.server);
  expect(video(stage.server).length).toBeGreaterThan(30);
});

test.each([
  ['the one it is on', (stage: Two) => stage.stream],
  ['a third one', () => new Stream()],
])('a further wish takes the place of the first: %s', async (_, third) => {
  const stage = await new Two().live();
  await stage.show(2 * DELAY_MS);
  stage.target.switchStream(stage.delayed.stream);
  const wished = third(stage);
  stage.target.switchStream(wished);
  await stage.show(2 * DELAY_MS);
  expect([stage.target.stream === stage.stream, stage.told.includes('switched')]).toEqual([true, false]);
  if (wished === stage.stream) return;
  wished.begin();
  wished.publish(9, 0, keyframe(), 0);
  expect(stage.target.stream).toBe(stage.stream);
  // Its time is behind what was sent: only the next one that is not will do.
  wished.relay(
    { ...(stage.stream.lastKeyframe ?? expect.unreachable()), timeMs: 60_000, wire: undefined },
    0,
  );
  expect(stage.target.stream).toBe(wished);
  await stage.settle();
  expect(video(stage.server).at(-1)).toMatchObject({ timestamp: 60_000 });
});

test('a target that reconnects uses the new stream at once when that has a keyframe, else the old one until then', async () => {
  const stage = await new Two(3_000).live();
  await stage.cut();
  stage.target.switchStream(stage.delayed.stream);
  await stage.retry();
  await stage.show(2 * GOP_MS);
  expect([stage.target.state, stage.target.stream === stage.stream]).toEqual(['live', true]);
  expect(video(stage.server).length).toBeGreaterThan(5);
  await stage.show(3_000);
  expect(stage.target.stream).toBe(stage.delayed.stream);
  await stage.cut();
  stage.target.switchStream(stage.stream);
  expect([stage.target.state, stage.target.stream === stage.stream, stage.told.at(-1)]).toEqual([
    'retrying',
    true,
    'switched',
  ]);
  await stage.retry();
  await stage.show(GOP_MS);
  expectWhole(stage.server);
  expect(stage.delayed.stream.readerCount).toBe(0);
});

test('time does not go back over a reconnect to a stream that lags', async () => {
  const stage = await new Two().live();
  const lagging = new DelayedStream(stage.stream, 0, stage.clock);
  await stage.show(GOP_MS);
  await stage.cut();
  const sent = stage.server.messages.map(({ timestamp }) => timestamp);
  stage.target.switchStream(lagging.stream);
  const relayed = new Stream();
  relayed.begin([
    { typeId: 9, payload: avcHeader() },
    { typeId: 8, payload: aacHeader() },
  ]);
  stage.target.switchStream(relayed);
  relayed.relay({ ...(stage.stream.lastKeyframe ?? expect.unreachable()), timeMs: 10, wire: undefined }, 0);
  await stage.retry();
  expect([stage.target.state, stage.target.stream === relayed]).toEqual(['live', true]);
  const key = stage.stream.lastKeyframe ?? expect.unreachable();
  relayed.relay({ ...key, timeMs: 20, wire: undefined }, 0);
  relayed.relay(
    { ...key, typeId: 8, payload: audio(), media: { role: 'audio', slots: [] }, timeMs: 30, wire: undefined },
    0,
  );
  relayed.relay({ ...key, timeMs: 60_000, wire: undefined }, 0);
  await stage.settle();
  const media = stage.server.messages.filter(isMedia);
  expect(media.map(({ timestamp }) => timestamp)).toEqual([60_000]);
  for (const { timestamp } of stage.server.messages)
    expect(timestamp).toBeGreaterThanOrEqual(Math.max(...sent) - 45);
});

test('what waits for a slow line is sent before the new stream, all of it', async () => {
  const stage = await new Two().live();
  await stage.show(2 * DELAY_MS);
  const near = stage.dialled.lines[0]?.near ?? expect.unreachable();
  near.stalled = true;
  near.pretendedBacklogBytes = 300_000;
  const sentBefore = stage.stream.lastMs;
  stage.target.switchStream(stage.delayed.stream);
  await stage.show(2 * GOP_MS);
  expect([stage.target.stream === stage.delayed.stream, video(stage.server).at(-1)?.timestamp]).toEqual([
    true,
    sentBefore - 5,
  ]);
  near.stalled = false;
  near.pretendedBacklogBytes = 0;
  near.write([]);
  await stage.show(GOP_MS);
  expectWhole(stage.server);
  const times = video(stage.server).map(({ timestamp }) => timestamp);
  expect(Math.max(...times.map((time, n) => time - (times[n - 1] ?? time)))).toBeLessThanOrEqual(80);
  expect(stage.target.counts.droppedFrames).toBe(0);
});

test('sound alone: it goes on with the sound at which it changes', async () => {
  const stage = new Two();
  stage.target.setEnabled(true);
  stage.stream.begin();
  stage.stream.publish(8, 0, aacHeader(), 0);
  stage.target.setStreamLive(true);
  await stage.settle();
  const sound = async (until: number): Promise<void> => {
    while (stage.clock.now() < until) {
      stage.clock.advance(100);
      stage.stream.publish(8, stage.clock.now(), audio(), stage.clock.now());
      stage.delayed.turn();
      await stage.settle();
    }
  };
  await sound(5_000);
  stage.target.switchStream(stage.delayed.stream);
  await sound(6_000);
  expect(stage.target.stream).toBe(stage.delayed.stream);
  const times = stage.server.messages.filter(isMedia).map(({ timestamp }) => timestamp);
  // The sound at the joint is as late as the one before it: none is missing.
  const steps = times.slice(1).map((time, n) => time - (times[n] ?? 0));
  expect(steps.filter((step) => step !== 100)).toEqual([0]);
});

test('between shows it changes at once, and a wish that waits is carried out when the show ends', async () => {
  const stage = await new Two().live();
  const third = new Stream();
  stage.target.switchStream(third);
  expect(stage.target.stream).toBe(stage.stream);
  await stage.end();
  expect([stage.target.stream === third, stage.told.at(-1)]).toEqual([true, 'switched']);
  stage.target.switchStream(stage.stream);
  expect(stage.target.stream).toBe(stage.stream);
  await stage.begin();
  expect(stage.server.messages.length).toBeGreaterThan(2);
});

test('while the server moves it, a change waits until the new connection has taken over', async () => {
  const stage = await new Two().live();
  await stage.show(2 * DELAY_MS);
  stage.server.requestReconnect('rtmp://other/app');
  await stage.settle();
  stage.target.switchStream(stage.delayed.stream);
  // Its keyframe comes first; the hand-over needs one of the old stream.
  stage.delayed.stream.relay(
    {
      ...(stage.stream.lastKeyframe ?? expect.unreachable()),
      timeMs: stage.stream.lastMs + 1,
      wire: undefined,
    },
    0,
  );
  expect(stage.target.stream).toBe(stage.stream);
  await stage.show(3 * GOP_MS);
  expect(stage.told.slice(-2)).toEqual(['moved to other', 'switched']);
  const [old, moved] = stage.servers;
  if (old === undefined || moved === undefined) throw new Error('there are two');
  expectWhole(old);
  expectWhole(moved);
  expect(video(moved)[0]?.timestamp).toBe((video(old).at(-1)?.timestamp ?? 0) + 40);
  expect([stage.mostUnclosed, stage.stream.readerCount, stage.delayed.stream.readerCount]).toEqual([2, 0, 1]);
});

test('closed while a change waits: the new stream asks nobody', async () => {
  const stage = await new Two().live();
  stage.target.switchStream(stage.delayed.stream);
  const closed = stage.target.close();
  await stage.show(2 * DELAY_MS);
  await closed;
  expect([stage.told.includes('switched'), stage.delayed.stream.readerCount]).toEqual([false, 0]);
});
