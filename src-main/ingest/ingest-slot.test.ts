import { expect, test } from 'vitest';
import { ReaderQueue } from '../hub/reader-queue.ts';
import {
  aacHeader,
  audio,
  avcHeader,
  hevcHeader,
  inter,
  keyframe,
  metadata,
} from '../hub/testing/stream-messages.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import type { PublishPlace, Refusal } from './ingest-desk.ts';
import { IngestSlot } from './ingest-slot.ts';
import { FakeCaller } from './testing/fake-caller.ts';

function slotWith(holdMs = 60_000) {
  const clock = new ManualClock();
  const told: string[] = [];
  const hold = { ms: holdMs };
  const stall = { ms: 3_000 };
  const switchBack: { ms: number | undefined } = { ms: 10_000 };
  const slot: IngestSlot = new IngestSlot({
    id: 'main',
    clock,
    slate: () => undefined,
    rules: { holdMs: () => hold.ms, stallMs: () => stall.ms, switchBackAfterMs: () => switchBack.ms },
    listener: {
      changed: () => undefined,
      wentLive: () => told.push('live'),
      ended: () => told.push('ended'),
      encoderCame: (role) => told.push(`${role} came`),
      encoderLeft: (role, orderly, after) =>
        told.push(`${role} left ${orderly ? 'in order' : 'lost'}, ${after}`),
      cut: (to, why) => told.push(`cut to ${to}: ${why}`),
      filling: (why, role) => told.push(`${role} ${why === 'stalled' ? 'stalled' : 'waited for'}`),
      ranOut: () => told.push('ran out'),
      wishLapsed: (role) => told.push(`${role} not switched to`),
      holdEnded: () => told.push('hold ended'),
      message: () => undefined,
    },
  });
  const queue = new ReaderQueue();
  const ends: number[] = [];
  slot.stream.attach({
    queue,
    wake: () => undefined,
    began: () => undefined,
    ended: () => ends.push(clock.now()),
  });
  const times = (): string[] => {
    const taken = [];
    for (let next = queue.take(); next !== undefined; next = queue.take())
      taken.push(`${next.media.role}@${next.timeMs}`);
    return taken;
  };
  return { clock, slot, told, hold, stall, switchBack, times, ends };
}

function letIn(answer: PublishPlace | Refusal): PublishPlace {
  if (!answer.ok) throw new Error(`refused: ${answer.message}`);
  return answer;
}

function send(place: PublishPlace, timestamp: number, now: number): void {
  for (const payload of [avcHeader(), keyframe(), inter()])
    place.message({ typeId: 9, timestamp, streamId: 1, payload }, now);
  place.message({ typeId: 8, timestamp, streamId: 1, payload: audio() }, now);
}

test('waiting, live, over: counts and who it is', () => {
  const { clock, slot, told } = slotWith(0);
  expect(slot.state).toBe('waiting');
  clock.advance(5);
  const place = letIn(slot.publish(new FakeCaller({ software: 'FMLE' })));
  expect([slot.state, slot.since, place.ingestId]).toEqual(['live', clock.wallStart + 5, 'main']);
  send(place, 0, 5);
  expect(slot.publisher).toMatchObject({
    software: 'FMLE',
    videoMessages: 3,
    audioMessages: 1,
    connectedAt: clock.wallStart + 5,
  });
  place.message(
    { typeId: 18, timestamp: 0, streamId: 1, payload: metadata({ encoder: 'obs-output 31' }) },
    6,
  );
  expect(slot.publisher?.software).toBe('obs-output 31');
  place.left(true);
  expect([slot.state, slot.publisher, told]).toEqual([
    'waiting',
    undefined,
    ['main came', 'live', 'cut to main: first', 'ended', 'main left in order, over'],
  ]);
});

test('a name of megabytes is cut (root cause: it went into the state that every window gets)', () => {
  const { slot } = slotWith();
  const place = letIn(slot.publish(new FakeCaller()));
  place.message(
    { typeId: 18, timestamp: 0, streamId: 1, payload: metadata({ encoder: 'x'.repeat(1_000_000) }) },
    0,
  );
  expect(slot.publisher?.software).toBe('x'.repeat(80));
});

test('metadata that cannot be read are passed on (root cause: they ended the connection of the encoder)', () => {
  const { slot, times } = slotWith();
  const place = letIn(slot.publish(new FakeCaller({ software: 'Old Encoder' })));
  const broken = metadata({ encoder: 'x', width: 1 }).slice(0, -12);
  place.message({ typeId: 18, timestamp: 0, streamId: 1, payload: broken }, 0);
  send(place, 0, 0);
  expect([slot.publisher?.software, times()[0]]).toEqual(['Old Encoder', 'metadata@0']);
});

test('a second publisher on the same key is told who is there', () => {
  const { clock, slot } = slotWith();
  const first = new FakeCaller({ address: '192.0.2.9:4000', software: 'OBS' });
  letIn(slot.publish(first));
  clock.advance(4_999);
  const answer = slot.publish(new FakeCaller());
  expect(answer).toMatchObject({
    ok: false,
    code: 'already-publishing',
    statusCode: 'NetStream.Publish.BadName',
    ingestId: 'main',
  });
  expect('message' in answer ? answer.message : '').toMatch(/OBS at 192\.0\.2\.9:4000/);
  expect([first.closes, slot.publisher?.caller]).toEqual([[], first]);
});

test('a silent publisher gives way, and what it still says is not heard', () => {
  const { clock, slot, told, times } = slotWith();
  const first = new FakeCaller();
  const oldPlace = letIn(slot.publish(first));
  // As a connection does it: leaving is part of being closed.
  first.onClose = () => {
    oldPlace.left(false);
  };
  send(oldPlace, 0, 0);
  times();
  clock.advance(5_000);
  const second = new FakeCaller();
  const place = letIn(slot.publish(second));
  expect(first.closes).toMatchObject([{ code: 'replaced' }]);
  expect(slot.publisher?.caller).toBe(second);
  const filled = times();
  send(oldPlace, 100, 5_000);
  expect([filled.length > 0, times()]).toEqual([true, []]);
  oldPlace.left(false);
  send(place, 0, 5_000);
  expect([slot.state, times().some((told) => told.startsWith('keyframe@50'))]).toEqual(['live', true]);
  expect(told.filter((word) => word.startsWith('main'))).toEqual([
    'main came',
    'main stalled',
    'main left lost, holding',
    'main came',
  ]);
});

test('hold: the last keyframe once a second on the same timeline; then the show is over', () => {
  const { clock, slot, told, ends, times } = slotWith(30_000);
  const place = letIn(slot.publish(new FakeCaller()));
  send(place, 7_000, 0);
  place.left(false);
  expect([slot.state, slot.onAir, slot.holdEndsAt]).toEqual(['holding', 'freeze', clock.wallStart + 30_000]);
  times();
  clock.advance(3_000);
  expect(times()).toEqual(['keyframe@1020', 'keyframe@2020', 'keyframe@3020']);
  clock.advance(26_999);
  expect([slot.state, ends]).toEqual(['holding', []]);
  clock.advance(1);
  expect([slot.state, slot.onAir, slot.holdEndsAt, ends]).toEqual([
    'waiting',
    undefined,
    undefined,
    [30_000],
  ]);
  expect(told.slice(3)).toEqual(['main left lost, holding', 'ended', 'hold ended']);
  expect(clock.pending).toBe(0);
});

test('a hold without end lasts until somebody ends it', () => {
  const { clock, slot, ends } = slotWith(Infinity);
  const place = letIn(slot.publish(new FakeCaller()));
  send(place, 0, 0);
  place.left(false);
  clock.advance(3_600_000);
  expect([slot.state, slot.holdEndsAt, ends]).toEqual(['holding', undefined, []]);
  slot.endHold();
  expect([slot.state, ends.length, clock.pending]).toEqual(['waiting', 1, 0]);
});

test('no live targets, no hold: asked when the encoder is gone', () => {
  const { slot, hold, told, ends } = slotWith(30_000);
  const place = letIn(slot.publish(new FakeCaller()));
  send(place, 0, 0);
  hold.ms = 0;
  place.left(false);
  expect([slot.state, ends.length, told.slice(3)]).toEqual(['waiting', 1, ['ended', 'main left lost, over']]);
});

test('an encoder that never sent a picture leaves nothing to hold', () => {
  const { clock, slot, told } = slotWith();
  letIn(slot.publish(new FakeCaller())).left(false);
  expect([slot.state, told, clock.pending]).toEqual([
    'waiting',
    ['main came', 'live', 'ended', 'main left lost, over'],
    0,
  ]);
});

test('back from a hold: at its keyframe, on the same timeline, without the header it had; the hold does not end later', () => {
  const { clock, slot, told, times, ends } = slotWith(30_000);
  const place = letIn(slot.publish(new FakeCaller()));
  send(place, 7_000, 0);
  clock.advance(1_000);
  send(place, 8_000, 1_000);
  place.left(false);
  clock.advance(10_000);
  times();
  const again = letIn(slot.publish(new FakeCaller()));
  again.message({ typeId: 9, timestamp: 400, streamId: 1, payload: inter() }, 11_000);
  expect([slot.state, slot.holdEndsAt !== undefined]).toEqual(['holding', true]);
  send(again, 500, 11_000);
  expect([slot.state, slot.onAir, slot.holdEndsAt]).toEqual(['live', 'main', undefined]);
  const [first, ...rest] = times();
  expect([first, rest.map((word) => word.split('@')[0])]).toEqual(['keyframe@11040', ['inter', 'audio']]);
  clock.advance(2_000);
  expect([slot.state, ends, told.slice(4)]).toEqual(['live', [], ['main came', 'live', 'cut to main: back']]);
});

test('a hold can be ended by hand, once', () => {
  const { clock, slot, told } = slotWith();
  slot.endHold();
  const place = letIn(slot.publish(new FakeCaller()));
  send(place, 0, 0);
  place.left(true);
  slot.endHold();
  slot.endHold();
  expect([slot.state, told.slice(3), clock.pending]).toEqual([
    'waiting',
    ['main left in order, holding', 'ended', 'hold ended'],
    0,
  ]);
});

test('close: the encoder is disconnected, nothing is held, nobody is told twice', () => {
  const { clock, slot, told, ends } = slotWith();
  const caller = new FakeCaller();
  const place = letIn(slot.publish(caller));
  caller.onClose = () => {
    place.left(false);
  };
  slot.close('ingest-deleted', 'gone');
  expect(caller.closes).toEqual([{ code: 'ingest-deleted', message: 'gone' }]);
  expect([slot.publisher, ends.length, told, clock.pending]).toEqual([
    undefined,
    1,
    ['main came', 'live'],
    0,
  ]);
});

test('a hold under way takes a changed time over, from its beginning (root cause: the time was read once)', () => {
  const { clock, slot, hold, ends } = slotWith(60_000);
  const place = letIn(slot.publish(new FakeCaller()));
  send(place, 0, 0);
  place.left(false);
  clock.advance(5_000);
  hold.ms = 20_000;
  slot.refreshHold();
  expect(slot.holdEndsAt).toBe(clock.wallStart + 20_000);
  clock.advance(14_999);
  expect(slot.state).toBe('holding');
  clock.advance(1);
  expect([slot.state, ends, clock.pending]).toEqual(['waiting', [20_000], 0]);
});

test('a hold ends at once when nobody is left to hold for, or its time has passed already', () => {
  for (const ms of [0, 3_000]) {
    const { clock, slot, hold, told } = slotWith(60_000);
    const place = letIn(slot.publish(new FakeCaller()));
    send(place, 0, 0);
    place.left(false);
    clock.advance(5_000);
    hold.ms = ms;
    slot.refreshHold();
    expect([slot.state, told.at(-1), clock.pending]).toEqual(['waiting', 'hold ended', 0]);
    slot.refreshHold();
  }
});

/** Frames every 40 ms, a keyframe every second, until `untilMs`. */
function run(
  { clock }: { readonly clock: ManualClock },
  places: readonly PublishPlace[],
  untilMs: number,
): void {
  while (clock.now() < untilMs) {
    for (const place of places) {
      const payload = clock.now() % 1_000 < 40 ? keyframe() : inter();
      place.message({ typeId: 9, timestamp: clock.now(), streamId: 1, payload }, clock.now());
      place.message({ typeId: 8, timestamp: clock.now(), streamId: 1, payload: audio() }, clock.now());
    }
    clock.advance(40);
  }
}

function headers(place: PublishPlace, now: number): void {
  place.message({ typeId: 9, timestamp: now, streamId: 1, payload: avcHeader() }, now);
  place.message({ typeId: 8, timestamp: now, streamId: 1, payload: aacHeader() }, now);
}

test('an encoder that stays connected and sends nothing: held after the stall time, back at its next keyframe', () => {
  const made = slotWith();
  const { clock, slot, told } = made;
  const place = letIn(slot.publish(new FakeCaller()));
  headers(place, 0);
  run(made, [place], 2_000);
  clock.advance(2_900);
  expect(slot.state).toBe('live');
  clock.advance(400);
  expect([slot.state, slot.onAir, told.at(-1)]).toEqual(['holding', 'freeze', 'main stalled']);
  run(made, [place], 7_500);
  expect([slot.state, slot.onAir, told.at(-1)]).toEqual(['live', 'main', 'cut to main: back']);
});

test('a stall is told as soon as it is one; a stall time that is shortened counts within a second', () => {
  const made = slotWith();
  const { clock, slot, stall } = made;
  const place = letIn(slot.publish(new FakeCaller()));
  headers(place, 0);
  place.message({ typeId: 9, timestamp: 0, streamId: 1, payload: keyframe() }, 0);
  clock.advance(3_000);
  expect(slot.state).toBe('live');
  clock.advance(1);
  expect(slot.state).toBe('holding');
  stall.ms = 60_000;
  run(made, [place], 6_000);
  clock.advance(2_000);
  expect(slot.state).toBe('live');
  stall.ms = 1_000;
  clock.advance(1_000);
  expect(slot.state).toBe('holding');
});

test('the picture stops and the sound goes on: nobody is silenced; a backup takes over, if there is one', () => {
  for (const withBackup of [false, true]) {
    const made = slotWith();
    const main = letIn(made.slot.publish(new FakeCaller()));
    const backup = withBackup ? [letIn(made.slot.publish(new FakeCaller(), 'backup'))] : [];
    run(made, [main, ...backup], 2_000);
    while (made.clock.now() < 9_000) {
      const now = made.clock.now();
      main.message({ typeId: 8, timestamp: now, streamId: 1, payload: audio() }, now);
      run(made, backup, now + 40);
    }
    expect([made.slot.state, made.slot.onAir]).toEqual(['live', withBackup ? 'backup' : 'main']);
  }
});

test('a stall time of 0: a silent encoder is waited for', () => {
  const made = slotWith();
  made.stall.ms = 0;
  const place = letIn(made.slot.publish(new FakeCaller()));
  run(made, [place], 1_000);
  made.clock.advance(20_000);
  expect(made.slot.state).toBe('live');
});

test('hot standby: the backup is on air from its next keyframe on, at most a GOP later, and goes back when the main is healthy', () => {
  const made = slotWith();
  const { clock, slot, told, times } = made;
  const main = letIn(slot.publish(new FakeCaller()));
  const backup = letIn(slot.publish(new FakeCaller(), 'backup'));
  for (const place of [main, backup]) headers(place, 0);
  run(made, [main, backup], 5_500);
  expect([slot.onAir, slot.comparison.compatible]).toEqual(['main', true]);
  times();
  main.left(false);
  expect([slot.state, slot.onAir]).toEqual(['live', 'main']);
  run(made, [backup], 8_000);
  expect([slot.state, slot.onAir, told.at(-1)]).toEqual(['live', 'backup', 'cut to backup: lost']);
  const taken = times();
  expect(taken[0]).toBe('keyframe@6000');
  const video = taken.filter((word) => !word.startsWith('audio')).map((word) => Number(word.split('@')[1]));
  expect(video.every((at, n) => n === 0 || at > (video[n - 1] ?? 0))).toBe(true);

  const again = letIn(slot.publish(new FakeCaller()));
  headers(again, clock.now());
  run(made, [again, backup], 17_900);
  expect(slot.onAir).toBe('backup');
  run(made, [again, backup], 19_500);
  expect([slot.onAir, told.at(-1), told.includes('main stalled')]).toEqual([
    'main',
    'cut to main: healthy-again',
    false,
  ]);
});

test('a stall of the main switches to the backup, too; by hand it stays there', () => {
  const made = slotWith();
  const main = letIn(made.slot.publish(new FakeCaller()));
  const backup = letIn(made.slot.publish(new FakeCaller(), 'backup'));
  run(made, [main, backup], 2_000);
  run(made, [backup], 6_500);
  expect([made.slot.onAir, made.told.at(-1)]).toEqual(['backup', 'cut to backup: stalled']);
  run(made, [main, backup], 9_000);
  expect(made.slot.switchTo('main')).toBe(true);
  run(made, [main, backup], 10_500);
  expect([made.slot.onAir, made.told.at(-1)]).toEqual(['main', 'cut to main: by-hand']);
  made.slot.switchTo('backup');
  run(made, [main, backup], 40_000);
  expect([made.slot.onAir, made.told.at(-1)]).toEqual(['backup', 'cut to backup: by-hand']);
});

test('switched back by hand only: the main waits, however healthy', () => {
  const made = slotWith();
  made.switchBack.ms = undefined;
  const backup = letIn(made.slot.publish(new FakeCaller(), 'backup'));
  run(made, [backup], 2_000);
  const main = letIn(made.slot.publish(new FakeCaller()));
  run(made, [main, backup], 60_000);
  expect(made.slot.onAir).toBe('backup');
});

test('a backup of another codec does not take over by itself; by hand it does', () => {
  const made = slotWith();
  const main = letIn(made.slot.publish(new FakeCaller()));
  const backup = letIn(made.slot.publish(new FakeCaller(), 'backup'));
  headers(main, 0);
  backup.message({ typeId: 9, timestamp: 0, streamId: 1, payload: hevcHeader() }, 0);
  run(made, [main, backup], 2_500);
  expect(made.slot.comparison).toMatchObject({ compatible: false });
  expect(made.slot.comparison.message).toMatch(/main encoder sends H\.264.*backup HEVC.*no sound/);
  main.left(false);
  run(made, [backup], 5_000);
  expect([made.slot.state, made.slot.onAir]).toEqual(['holding', 'freeze']);
  made.slot.switchTo('backup');
  run(made, [backup], 6_500);
  expect([made.slot.state, made.slot.onAir]).toEqual(['live', 'backup']);
});

test('the backup’s keyframe does not come: something fills in meanwhile', () => {
  const made = slotWith();
  const main = letIn(made.slot.publish(new FakeCaller()));
  const backup = letIn(made.slot.publish(new FakeCaller(), 'backup'));
  run(made, [main, backup], 2_500);
  main.left(false);
  for (let n = 0; n < 100; n++) {
    made.clock.advance(40);
    backup.message(
      { typeId: 9, timestamp: made.clock.now(), streamId: 1, payload: inter() },
      made.clock.now(),
    );
  }
  expect([made.slot.state, made.slot.onAir]).toEqual(['holding', 'freeze']);
  run(made, [backup], 8_500);
  expect([made.slot.state, made.slot.onAir]).toEqual(['live', 'backup']);
});

test('a sequence end is passed on where the show ends, or its encoder sends on, and not where a hold begins', () => {
  const sequenceEnd = Uint8Array.of(0x17, 2, 0, 0, 0);
  for (const [holdMs, expected] of [
    [0, 1],
    [60_000, 0],
  ] as const) {
    const { slot, times } = slotWith(holdMs);
    const place = letIn(slot.publish(new FakeCaller()));
    send(place, 0, 0);
    place.message({ typeId: 9, timestamp: 40, streamId: 1, payload: sequenceEnd }, 40);
    place.left(true);
    expect(times().filter((word) => word.startsWith('sequence-end'))).toHaveLength(expected);
  }
  const { slot, times } = slotWith();
  const place = letIn(slot.publish(new FakeCaller()));
  send(place, 0, 0);
  place.message({ typeId: 9, timestamp: 40, streamId: 1, payload: sequenceEnd }, 40);
  place.message({ typeId: 9, timestamp: 80, streamId: 1, payload: keyframe() }, 80);
  expect(times().slice(-2)).toEqual(['sequence-end@40', 'keyframe@80']);
});

test('sound alone goes on air after two seconds, is held in silence, and comes back', () => {
  const made = slotWith();
  const place = letIn(made.slot.publish(new FakeCaller()));
  const sound = (until: number): void => {
    while (made.clock.now() < until) {
      place.message(
        { typeId: 8, timestamp: made.clock.now(), streamId: 1, payload: audio() },
        made.clock.now(),
      );
      made.clock.advance(20);
    }
  };
  place.message({ typeId: 8, timestamp: 0, streamId: 1, payload: aacHeader() }, 0);
  sound(1_900);
  expect([made.slot.onAir, made.times()]).toEqual([undefined, []]);
  sound(4_000);
  expect([made.slot.onAir, made.times().length > 80]).toEqual(['main', true]);
  made.clock.advance(10_000);
  expect([made.slot.state, made.times().filter((word) => word.startsWith('audio')).length > 200]).toEqual([
    'holding',
    true,
  ]);
  sound(made.clock.now() + 1_000);
  expect(made.slot.state).toBe('live');
});

test('nothing may fill in: the backup’s keyframe is waited for, and the show goes on (root cause: it ended after the wait for a hold)', () => {
  const made = slotWith(0);
  const main = letIn(made.slot.publish(new FakeCaller()));
  const backup = letIn(made.slot.publish(new FakeCaller(), 'backup'));
  run(made, [main, backup], 2_500);
  main.left(false);
  interUntil(made, backup, 8_000);
  expect([made.slot.state, made.ends]).toEqual(['live', []]);
  run(made, [backup], 9_500);
  expect([made.slot.onAir, made.ends, made.told.at(-1)]).toEqual(['backup', [], 'cut to backup: lost']);
});

test('nothing may fill in, and no keyframe comes at all: the show is over, and it is told', () => {
  const made = slotWith(0);
  const main = letIn(made.slot.publish(new FakeCaller()));
  const backup = letIn(made.slot.publish(new FakeCaller(), 'backup'));
  run(made, [main, backup], 2_500);
  main.left(false);
  interUntil(made, backup, 24_000);
  expect([made.slot.state, made.told.slice(-2)]).toEqual(['waiting', ['ended', 'ran out']]);
});

/** Pictures without a keyframe. */
function interUntil({ clock }: { readonly clock: ManualClock }, place: PublishPlace, untilMs: number): void {
  while (clock.now() < untilMs) {
    place.message({ typeId: 9, timestamp: clock.now(), streamId: 1, payload: inter() }, clock.now());
    clock.advance(40);
  }
}

test('a hold that begins because a keyframe did not come is told; who was not on air before is not “back”', () => {
  const made = slotWith();
  const main = letIn(made.slot.publish(new FakeCaller()));
  const backup = letIn(made.slot.publish(new FakeCaller(), 'backup'));
  run(made, [main, backup], 2_500);
  main.left(false);
  interUntil(made, backup, 6_000);
  expect([made.slot.state, made.told.slice(-2)]).toEqual([
    'holding',
    ['main left lost, on-air', 'main waited for'],
  ]);
  run(made, [backup], 7_500);
  expect(made.told.at(-1)).toBe('cut to backup: lost');
});

test('the main comes back before the backup’s keyframe: it needs one of its own (root cause: it went on in mid-GOP, at old times)', () => {
  const made = slotWith();
  const main = letIn(made.slot.publish(new FakeCaller()));
  const backup = letIn(made.slot.publish(new FakeCaller(), 'backup'));
  run(made, [main, backup], 2_500);
  made.times();
  main.left(false);
  const again = letIn(made.slot.publish(new FakeCaller()));
  for (let n = 0; n < 10; n++) {
    again.message({ typeId: 9, timestamp: n * 40, streamId: 1, payload: inter() }, made.clock.now());
    interUntil(made, backup, made.clock.now() + 40);
  }
  expect(made.times()).toEqual([]);
  again.message({ typeId: 9, timestamp: 400, streamId: 1, payload: keyframe() }, made.clock.now());
  expect([made.slot.onAir, made.told.at(-1), made.times()[0]]).toEqual([
    'main',
    'cut to main: back',
    'keyframe@2920',
  ]);
});

test('with no stall time a silent new main does not keep the backup out', () => {
  const made = slotWith();
  made.stall.ms = 0;
  const main = letIn(made.slot.publish(new FakeCaller()));
  const backup = letIn(made.slot.publish(new FakeCaller(), 'backup'));
  run(made, [main, backup], 2_500);
  main.left(false);
  letIn(made.slot.publish(new FakeCaller()));
  run(made, [backup], 4_000);
  expect(made.slot.onAir).toBe('backup');
});

function hevcHeaders(place: PublishPlace, now: number): void {
  place.message({ typeId: 9, timestamp: now, streamId: 1, payload: hevcHeader() }, now);
  place.message({ typeId: 8, timestamp: now, streamId: 1, payload: aacHeader() }, now);
}

test('a backup is held against what this show had, and not against an earlier one', () => {
  const made = slotWith();
  const first = letIn(made.slot.publish(new FakeCaller()));
  headers(first, 0);
  run(made, [first], 1_500);
  first.left(true);
  made.slot.endHold();
  const backup = letIn(made.slot.publish(new FakeCaller(), 'backup'));
  hevcHeaders(backup, made.clock.now());
  run(made, [backup], 4_000);
  backup.left(false);
  const again = letIn(made.slot.publish(new FakeCaller(), 'backup'));
  hevcHeaders(again, made.clock.now());
  run(made, [again], 6_000);
  expect([made.slot.state, made.slot.onAir]).toEqual(['live', 'backup']);
});

test('a main that says nothing does not make a backup of another codec fit', () => {
  const made = slotWith();
  const main = letIn(made.slot.publish(new FakeCaller()));
  const backup = letIn(made.slot.publish(new FakeCaller(), 'backup'));
  headers(main, 0);
  hevcHeaders(backup, 0);
  run(made, [main, backup], 1_500);
  main.left(false);
  letIn(made.slot.publish(new FakeCaller())).left(false);
  run(made, [backup], 6_000);
  expect([made.slot.state, made.slot.onAir]).toEqual(['holding', 'freeze']);
});

test('a healthy main of another codec is not gone back to by itself (root cause: only the way to the backup was looked at)', () => {
  const made = slotWith();
  const backup = letIn(made.slot.publish(new FakeCaller(), 'backup'));
  headers(backup, 0);
  run(made, [backup], 1_500);
  const main = letIn(made.slot.publish(new FakeCaller()));
  hevcHeaders(main, made.clock.now());
  run(made, [main, backup], 30_000);
  expect(made.slot.onAir).toBe('backup');
  expect(made.slot.switchTo('main')).toBe(true);
  run(made, [main, backup], 32_000);
  expect(made.slot.onAir).toBe('main');
});

test('a wish by hand: refused for who sends nothing, and forgotten where no keyframe follows', () => {
  const made = slotWith();
  const main = letIn(made.slot.publish(new FakeCaller()));
  const backup = letIn(made.slot.publish(new FakeCaller(), 'backup'));
  run(made, [main], 6_500);
  expect(made.slot.switchTo('backup')).toBe(false);
  interBoth(made, { main, backup }, 7_000);
  expect(made.slot.switchTo('backup')).toBe(true);
  interBoth(made, { main, backup }, 29_000);
  expect(made.told.at(-1)).toBe('backup not switched to');
  run(made, [main, backup], 40_000);
  expect(made.slot.onAir).toBe('main');
});

/** The main sends whole, the backup without keyframes. */
function interBoth(
  made: { readonly clock: ManualClock },
  { main, backup }: { readonly main: PublishPlace; readonly backup: PublishPlace },
  untilMs: number,
): void {
  while (made.clock.now() < untilMs) {
    const now = made.clock.now();
    backup.message({ typeId: 9, timestamp: now, streamId: 1, payload: inter() }, now);
    run(made, [main], now + 40);
  }
}

test('a show ended by hand does not begin again with an encoder that is still connected; anew, or chosen, it does', () => {
  const made = slotWith();
  const main = letIn(made.slot.publish(new FakeCaller()));
  run(made, [main], 2_000);
  made.clock.advance(4_000);
  made.slot.endHold();
  run(made, [main], 9_000);
  expect([made.slot.state, made.slot.onAir]).toEqual(['waiting', undefined]);
  expect(made.slot.switchTo('main')).toBe(true);
  run(made, [main], 11_000);
  expect([made.slot.state, made.slot.onAir]).toEqual(['live', 'main']);
});
