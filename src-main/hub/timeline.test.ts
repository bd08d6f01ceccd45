import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Timeline } from './timeline.ts';

const AUDIO = 8;
const VIDEO = 9;
const DATA = 18;

test('the first message is at 0, whatever its timestamp', () => {
  const timeline = new Timeline();
  expect(timeline.place(VIDEO, 3_600_000, 5)).toBe(0);
  expect(timeline.place(VIDEO, 3_600_033, 38)).toBe(33);
  expect(timeline.lastMs).toBe(33);
});

test('goes on over the wrap at 2^32', () => {
  const timeline = new Timeline();
  timeline.place(VIDEO, 2 ** 32 - 20, 0);
  expect(timeline.place(AUDIO, 2 ** 32 - 1, 20)).toBe(19);
  expect(timeline.place(VIDEO, 13, 33)).toBe(33);
  // Late across the wrap, in the other direction.
  expect(timeline.place(AUDIO, 2 ** 32 - 1, 34)).toBe(19);
});

test.each([
  ['back to 0', 3_600_000, 0],
  ['a day ahead', 1_000, 86_401_000],
])('a jump %s is a joint of the time that has passed', (_, before, after) => {
  const timeline = new Timeline();
  timeline.place(VIDEO, before, 0);
  expect(timeline.place(VIDEO, after, 40)).toBe(40);
  expect(timeline.place(VIDEO, after + 33, 73)).toBe(73);
});

test('a jump in no time makes one frame of room, and audio stays with its picture', () => {
  const timeline = new Timeline();
  timeline.place(VIDEO, 100_000, 0);
  expect(timeline.place(VIDEO, 50_000, 0)).toBe(20);
  expect(timeline.place(AUDIO, 50_010, 0)).toBe(30);
});

test('a real pause is no jump: the media clock went on with the clock', () => {
  const timeline = new Timeline();
  timeline.place(VIDEO, 0, 0);
  expect(timeline.place(VIDEO, 60_000, 60_000)).toBe(60_000);
});

test('a late message keeps its place among its own type', () => {
  const timeline = new Timeline();
  timeline.place(VIDEO, 1_000, 0);
  timeline.place(VIDEO, 1_200, 0);
  expect(timeline.place(AUDIO, 1_050, 0)).toBe(50);
  // Within one type time does not go back.
  expect(timeline.place(VIDEO, 1_100, 0)).toBe(200);
});

test('another encoder follows by the time that has passed, with its own offset of sound and picture', () => {
  const timeline = new Timeline();
  timeline.place(VIDEO, 5_000, 0);
  timeline.place(VIDEO, 6_000, 1_000);
  timeline.begin();
  expect(timeline.place(VIDEO, 900_000, 4_000)).toBe(4_000);
  expect(timeline.place(AUDIO, 900_120, 4_000)).toBe(4_120);
});

test('reset begins at 0 again', () => {
  const timeline = new Timeline();
  timeline.place(VIDEO, 0, 0);
  timeline.place(VIDEO, 9_000, 9_000);
  timeline.reset();
  expect([timeline.lastMs, timeline.lastOf(VIDEO)]).toEqual([0, undefined]);
  expect(timeline.place(VIDEO, 77, 20_000)).toBe(0);
});

test('data and headers with time 0 in mid-stream do not move what follows (root cause: they counted as jumps, 20 ms each way)', () => {
  const timeline = new Timeline();
  timeline.placeHeader(VIDEO, 0);
  timeline.place(VIDEO, 3_600_000, 0);
  for (let second = 1; second <= 100; second++) {
    const now = second * 1_000;
    expect(timeline.placeHeader(DATA, 0)).toBe(now - 1_000);
    expect(timeline.placeHeader(VIDEO, 0)).toBe(now - 1_000);
    expect(timeline.place(VIDEO, 3_600_000 + now, now)).toBe(now);
  }
});

test('a header in time stands where it was sent', () => {
  const timeline = new Timeline();
  timeline.place(VIDEO, 1_000, 0);
  expect(timeline.placeHeader(AUDIO, 1_100)).toBe(100);
  expect(timeline.placeHeader(DATA, 900)).toBe(0);
});

type Step =
  | {
      readonly kind: 'frame' | 'header';
      readonly typeId: number;
      readonly advance: number;
      readonly waited: number;
    }
  | { readonly kind: 'jump'; readonly to: number }
  | { readonly kind: 'begin' };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constantFrom('frame' as const, 'frame' as const, 'header' as const),
      typeId: fc.constantFrom(AUDIO, VIDEO, DATA),
      advance: fc.integer({ min: -400, max: 12_000 }),
      waited: fc.integer({ min: 0, max: 500 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('jump' as const), to: fc.nat(0xffff_ffff) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'begin' as const }) },
);

test('whatever an encoder sends: never back within a type, never below 0, always whole', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 200 }), (steps) => {
      const timeline = new Timeline();
      const last = new Map<number, number>();
      let raw = 0;
      let now = 0;
      for (const step of steps) {
        if (step.kind === 'begin') timeline.begin();
        else if (step.kind === 'jump') raw = step.to;
        else {
          raw = (raw + step.advance) >>> 0;
          now += step.waited;
          const at =
            step.kind === 'header' || step.typeId === DATA
              ? timeline.placeHeader(step.typeId, raw)
              : timeline.place(step.typeId, raw, now);
          expect(at).toBeGreaterThanOrEqual(last.get(step.typeId) ?? 0);
          expect(Number.isInteger(at)).toBe(true);
          last.set(step.typeId, at);
        }
      }
    }),
  );
});

test('the offset of sound and picture is kept over wraps, jumps and encoders', () => {
  const change = fc.constantFrom('none', 'none', 'none', 'jump', 'begin');
  fc.assert(
    fc.property(
      fc.nat(0xffff_ffff),
      fc.integer({ min: 0, max: 300 }),
      fc.array(change, { maxLength: 100 }),
      (start, offset, changes) => {
        const timeline = new Timeline();
        let raw = start;
        let now = 0;
        for (const kind of changes) {
          if (kind === 'jump') raw = (raw + 2 ** 31 - 1) >>> 0;
          if (kind === 'begin') timeline.begin();
          const video = timeline.place(VIDEO, raw, now);
          const audio = timeline.place(AUDIO, (raw + offset) >>> 0, now);
          expect(audio - video).toBe(offset);
          raw = (raw + 500) >>> 0;
          now += 500;
        }
      },
    ),
  );
});
