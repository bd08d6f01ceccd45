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

/** Picture every 40 ms and sound every 20 ms with its own lag on the line, as an encoder captures them. */
function captured(
  untilMs: number,
  soundLagMs: number,
): { typeId: number; mediaMs: number; arrival: number }[] {
  const messages = [];
  for (let ms = 0; ms < untilMs; ms += 20) {
    if (ms % 40 === 0) messages.push({ typeId: VIDEO, mediaMs: ms, arrival: ms });
    messages.push({ typeId: AUDIO, mediaMs: ms, arrival: ms + soundLagMs });
  }
  return messages.sort((one, other) => one.arrival - other.arrival);
}

test.each([
  ['reset to 0', 3_600_000, -3_604_000],
  ['reset to 0 soon after the start', 0, -4_000],
  ['back by 5 s', 100_000, -5_000],
  ['back by a day', 90_000_000, -86_400_000],
  ['ahead by a minute', 1_000, 60_000],
  ['ahead by a day', 1_000, 86_400_000],
  ['to the far side', 0, 2 ** 31],
])('a jump, %s: repaired once, sound and picture together, also when sound comes late', (_, base, jump) => {
  for (const soundLagMs of [0, 7, 130, 900, 3_000, -300]) {
    const timeline = new Timeline();
    const offsets = new Set<number>();
    const last = new Map<number, number>();
    for (const { typeId, mediaMs, arrival } of captured(10_000, soundLagMs)) {
      const raw = (base + mediaMs + (mediaMs >= 4_000 ? jump : 0)) >>> 0;
      const at = timeline.place(typeId, raw, arrival + 1_000);
      // Behind the first jump there is one offset, and the one before it stays as it was.
      offsets.add(at - mediaMs);
      expect(at).toBeGreaterThan(last.get(typeId) ?? -1);
      last.set(typeId, at);
    }
    expect(offsets.size).toBeLessThanOrEqual(2);
    // The stretch itself stays as long as it was, but for the joint.
    const length = (last.get(VIDEO) ?? 0) - 9_960;
    expect(Math.abs(length)).toBeLessThanOrEqual(Math.abs(soundLagMs) + 60);
  }
});

test('old sound after new picture is placed by the old offset (root cause: it counted as a second jump, and the next picture as a third)', () => {
  const timeline = new Timeline();
  timeline.place(VIDEO, 1_000_000, 0);
  timeline.place(AUDIO, 1_000_005, 5);
  timeline.place(VIDEO, 1_000_040, 40);
  expect(timeline.place(VIDEO, 0, 80)).toBe(80);
  expect(timeline.place(AUDIO, 1_000_045, 85)).toBe(45);
  expect(timeline.place(VIDEO, 40, 120)).toBe(120);
  expect(timeline.place(AUDIO, 5, 125)).toBe(85);
  expect(timeline.place(AUDIO, 45, 165)).toBe(125);
});

test('a short jump back is one (root cause: for as long as it went back all frames stood at one time)', () => {
  const timeline = new Timeline();
  for (let ms = 0; ms <= 8_000; ms += 40) timeline.place(VIDEO, ms, ms);
  expect([timeline.place(VIDEO, 0, 8_040), timeline.place(VIDEO, 40, 8_080)]).toEqual([8_040, 8_080]);
});

test('sound and picture with times of their own, hours apart: each goes on by itself (root cause: each message was a jump)', () => {
  const timeline = new Timeline();
  const offsets = new Set<string>();
  for (let ms = 0; ms < 60_000; ms += 40) {
    offsets.add(`v${timeline.place(VIDEO, 7_200_000 + ms, ms) - ms}`);
    offsets.add(`a${timeline.place(AUDIO, ms, ms) - ms}`);
  }
  expect([...offsets]).toEqual(['v0', 'a20']);
});

test('there and back again: as it was before, if its time has not been overtaken', () => {
  const timeline = new Timeline();
  timeline.place(VIDEO, 1_000, 0);
  expect(timeline.place(VIDEO, 500_000, 40)).toBe(40);
  expect(timeline.place(VIDEO, 1_080, 80)).toBe(80);
  expect(timeline.place(VIDEO, 1_120, 120)).toBe(120);
  // Twice the same second: the second time is new.
  timeline.place(VIDEO, 500_000, 160);
  expect(timeline.place(VIDEO, 500_500, 660)).toBe(660);
  expect(timeline.place(VIDEO, 1_160, 700)).toBe(700);
});

test('a time from before a jump is forgotten after a while', () => {
  const timeline = new Timeline();
  timeline.place(AUDIO, 1_000_000, 0);
  timeline.place(VIDEO, 0, 0);
  for (let ms = 0; ms <= 20_000; ms += 1_000) timeline.place(VIDEO, ms, ms);
  // Without it sound from there is a jump of its own.
  expect(timeline.place(AUDIO, 1_000_020, 20_000)).toBe(20_040);
});

test('sound and picture on different sides of the wrap, for long', () => {
  const timeline = new Timeline();
  for (let ms = 0; ms < 40_000; ms += 40) {
    // Sound is sent eight seconds behind the picture.
    expect(timeline.place(VIDEO, (2 ** 32 - 4_000 + ms) >>> 0, ms)).toBe(ms);
    expect(timeline.place(AUDIO, (2 ** 32 - 12_000 + ms) >>> 0, ms)).toBe(Math.max(0, ms - 8_000));
  }
});

test('a jump over the wrap, back and ahead', () => {
  const timeline = new Timeline();
  timeline.place(VIDEO, 2 ** 32 - 40, 0);
  expect(timeline.place(VIDEO, 0, 40)).toBe(40);
  expect(timeline.place(VIDEO, 2 ** 32 - 60_000, 80)).toBe(80);
  expect(timeline.place(VIDEO, 2 ** 32 - 59_960, 120)).toBe(120);
  expect(timeline.place(VIDEO, 60_000, 160)).toBe(160);
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
