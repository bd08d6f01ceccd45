import { expect, test } from 'vitest';
import type { SlateLoop } from '../filler/slate-loop.ts';
import { Stream } from '../hub/stream.ts';
import { avcHeader, keyframe } from '../hub/testing/stream-messages.ts';
import { bytesOf } from '../codec/testing/fuzz-record.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { SlatePictures, type SlateWish } from './slate-pictures.ts';

// Made by ffmpeg 5.1 with libx264: 1080p30 Main and 720p60 High.
const H264_1080P = bytesOf(
  '014d402affe1001a674d402aeca03c0113f2e022000003000200000300781e30632c01000468ce0fc8',
);
const H264_720P = bytesOf(
  '01640020ffe1001967640020acd9405005bb0110000003001000000780f183196001000668ebe3cb22c0fdf8f800',
);
const LOOP: SlateLoop = { header: avcHeader(), frames: [{ payload: keyframe(), timeMs: 0 }], durationMs: 40 };

function sequenceHeader(config: Uint8Array): Uint8Array {
  return Uint8Array.of(0x17, 0, 0, 0, 0, ...config);
}

function opened() {
  const clock = new ManualClock();
  const wishes: SlateWish[] = [];
  const answers: { readonly done: (loop: SlateLoop) => void; readonly failed: (error: Error) => void }[] = [];
  const there: { is: boolean | undefined } = { is: true };
  const pictures = new SlatePictures(
    {
      isThere: () => there.is,
      make: (wish, signal) => {
        wishes.push(wish);
        return new Promise((done, failed) => {
          answers.push({ done, failed });
          signal.addEventListener('abort', () => {
            failed(new Error('not wanted any more'));
          });
        });
      },
    },
    clock,
    () => undefined,
  );
  const stream = new Stream();
  const sends = (config: Uint8Array): void => {
    stream.begin([{ typeId: 9, payload: sequenceHeader(config) }]);
  };
  const second = (picture = ''): void => {
    pictures.refresh('main', { stream, picture, fps: 59.9 });
    clock.advance(1_000);
  };
  const settled = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { clock, pictures, stream, wishes, answers, there, sends, second, settled };
}

test('made once the encoder’s settings have stood for two seconds, for what it sends; then it is there', async () => {
  const { pictures, stream, wishes, answers, sends, second, settled } = opened();
  sends(H264_1080P);
  second();
  second();
  expect([wishes, pictures.report('main', 'slate').state]).toEqual([[], 'waiting']);
  second();
  expect(wishes).toMatchObject([{ codec: 'avc1', width: 1920, height: 1080, picture: '' }]);
  expect([pictures.report('main', 'slate').state, pictures.loop('main', stream)]).toEqual([
    'preparing',
    undefined,
  ]);
  answers[0]?.done(LOOP);
  await settled();
  expect([pictures.report('main', 'slate').state, pictures.loop('main', stream)]).toEqual(['ready', LOOP]);
  for (let n = 0; n < 10; n++) second();
  expect(wishes).toHaveLength(1);
});

test('the encoder changes its size: the old loop is not shown, a new one is made', async () => {
  const { pictures, stream, wishes, answers, sends, second, settled } = opened();
  sends(H264_1080P);
  for (let n = 0; n < 3; n++) second();
  answers[0]?.done(LOOP);
  await settled();
  sends(H264_720P);
  expect(pictures.loop('main', stream)).toBeUndefined();
  for (let n = 0; n < 3; n++) second();
  expect(wishes.map(({ height }) => height)).toEqual([1080, 720]);
});

test('a failure is told, and tried again after a minute; another picture at once', async () => {
  const { clock, pictures, wishes, answers, sends, second, settled } = opened();
  sends(H264_1080P);
  for (let n = 0; n < 3; n++) second('/gone.png');
  answers[0]?.failed(new Error('The picture /gone.png is not there any more. Choose another one.'));
  await settled();
  expect(pictures.report('main', 'slate')).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('/gone.png is not there any more') as string,
  });
  for (let n = 0; n < 5; n++) second('/gone.png');
  expect(wishes).toHaveLength(1);
  clock.advance(60_000);
  second('/gone.png');
  expect(wishes).toHaveLength(2);
  second('/other.png');
  await settled();
  for (let n = 0; n < 3; n++) second('/other.png');
  expect(wishes.map(({ picture }) => picture)).toEqual(['/gone.png', '/gone.png', '/other.png']);
});

test('no FFmpeg: nothing is made, and the words say what viewers would see; not wanted: off', () => {
  const { pictures, wishes, there, sends, second } = opened();
  there.is = false;
  sends(H264_1080P);
  for (let n = 0; n < 5; n++) second();
  expect(wishes).toEqual([]);
  expect(pictures.report('main', 'slate')).toMatchObject({ state: 'unavailable' });
  expect(pictures.report('main', 'freeze')).toEqual({ state: 'off', message: '' });
});

test('a codec that no picture can be made for, and a header that cannot be read: nothing is asked', () => {
  const { wishes, stream, second } = opened();
  stream.begin([{ typeId: 9, payload: avcHeader() }]);
  for (let n = 0; n < 5; n++) second();
  expect(wishes).toEqual([]);
});
