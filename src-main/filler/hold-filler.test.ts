import { expect, test } from 'vitest';
import type { MediaMessage } from '../hub/media-message.ts';
import { Stream } from '../hub/stream.ts';
import { aacHeader, audio, avcHeader, inter, keyframe } from '../hub/testing/stream-messages.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { HoldFiller } from './hold-filler.ts';
import type { SlateLoop } from './slate-loop.ts';

const VIDEO = 9;
const AUDIO = 8;
const SLATE: SlateLoop = {
  header: avcHeader(9),
  frames: [
    { payload: keyframe(30, 9), timeMs: 0 },
    { payload: inter(12, 9), timeMs: 40 },
  ],
  durationMs: 80,
};

/** A stream that an encoder has left at 80 ms, and a filler for it. */
function left(
  options: { readonly slate?: SlateLoop; readonly sound?: boolean; readonly picture?: boolean } = {},
) {
  const { slate, sound = true, picture = true } = options;
  const clock = new ManualClock();
  const stream = new Stream();
  const sent: MediaMessage[] = [];
  const headers = [
    ...(picture ? [{ typeId: VIDEO, payload: avcHeader() }] : []),
    ...(sound ? [{ typeId: AUDIO, payload: aacHeader() }] : []),
  ];
  stream.begin(headers, picture);
  for (const at of [0, 40, 80]) {
    if (picture) stream.publish(VIDEO, at, at === 0 ? keyframe(20, 5) : inter(), at);
    if (sound) stream.publish(AUDIO, at, audio(), at);
  }
  clock.advance(80);
  const began: number[] = [];
  stream.tap({
    message: (message) => sent.push(message),
    began: (given) => began.push(given.length),
    ended: () => undefined,
  });
  const filler = new HoldFiller({ stream, clock, slate: () => slate });
  return { clock, stream, sent, began, filler };
}

const timesOf = (sent: readonly MediaMessage[], typeId: number): readonly number[] =>
  sent.filter((message) => message.typeId === typeId).map(({ timeMs }) => timeMs);

test('the last keyframe once a second, and silence without a gap, on the stream’s own time', () => {
  const { clock, sent, began, filler } = left();
  filler.start();
  expect([filler.showing, began]).toEqual(['freeze', [2]]);
  clock.advance(3_000);
  expect(timesOf(sent, VIDEO)).toEqual([120, 1_120, 2_120, 3_120]);
  expect(sent.find(({ typeId }) => typeId === VIDEO)?.payload).toEqual(keyframe(20, 5));
  const sounds = timesOf(sent, AUDIO);
  // 1024 samples at 48 kHz are 21.3 ms.
  expect(sounds.length).toBe(Math.floor(3_000 / (1024 / 48)) + 1);
  const steps = sounds.slice(1).map((at, n) => at - (sounds[n] ?? 0));
  expect([Math.min(...steps), Math.max(...steps)]).toEqual([21, 22]);
  expect(sent.find(({ typeId }) => typeId === AUDIO)?.payload[0]).toBe(0xaf);
});

test('stopped: nothing more comes', () => {
  const { clock, sent, filler } = left();
  filler.start();
  filler.stop();
  const before = sent.length;
  clock.advance(5_000);
  expect([sent.length, filler.showing, clock.pending]).toEqual([before, undefined, 0]);
});

test('a slate: its own header in the place of the encoder’s, its frames over and over at their rate', () => {
  const { clock, stream, sent, filler } = left({ slate: SLATE });
  filler.start();
  expect(filler.showing).toBe('slate');
  expect(stream.headers.map(({ payload }) => payload)).toEqual([aacHeader(), SLATE.header]);
  clock.advance(200);
  expect(timesOf(sent, VIDEO)).toEqual([120, 160, 200, 240, 280, 320]);
  expect(sent.filter(({ media }) => media.role === 'keyframe').map(({ timeMs }) => timeMs)).toEqual([
    120, 200, 280,
  ]);
});

test('no sound: pictures alone; no picture: silence alone; neither: nothing', () => {
  for (const [picture, sound] of [
    [true, false],
    [false, true],
    [false, false],
  ] as const) {
    const { clock, sent, filler } = left({ picture, sound });
    filler.start();
    clock.advance(2_000);
    expect([timesOf(sent, VIDEO).length > 0, timesOf(sent, AUDIO).length > 0]).toEqual([picture, sound]);
    filler.stop();
  }
});

test('after a sleep of an hour there is no flood, and time goes on where the clock is', () => {
  const { clock, stream, sent, filler } = left({ slate: SLATE });
  const late = { ms: 0 };
  const sleepy = new HoldFiller({
    stream,
    clock: {
      now: () => clock.now() + late.ms,
      wallNow: () => clock.wallNow(),
      after: (delayMs, fire) => clock.after(delayMs, fire),
    },
    slate: () => SLATE,
  });
  filler.stop();
  sleepy.start();
  clock.advance(1_000);
  sent.length = 0;
  late.ms = 3_600_000;
  clock.advance(1_000);
  expect(sent.length).toBeLessThan(200);
  expect(sent.find(({ typeId }) => typeId === VIDEO)?.media.role).toBe('keyframe');
  expect(sent.at(-1)?.timeMs).toBeGreaterThan(3_600_000);
});
