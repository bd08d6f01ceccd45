import { expect, test } from 'vitest';
import { ReaderQueue } from '../hub/reader-queue.ts';
import { audio, avcHeader, inter, keyframe, metadata } from '../hub/testing/stream-messages.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import type { PublishPlace, Refusal } from './ingest-desk.ts';
import { IngestSlot } from './ingest-slot.ts';
import { FakeCaller } from './testing/fake-caller.ts';

function slotWith(holdMs = 60_000) {
  const clock = new ManualClock();
  const told: string[] = [];
  const hold = { ms: holdMs };
  const slot: IngestSlot = new IngestSlot({
    id: 'main',
    clock,
    holdMs: () => hold.ms,
    listener: {
      changed: () => undefined,
      encoderCame: (_, fromHold) => told.push(fromHold ? 'back' : 'came'),
      encoderLeft: (orderly, holding) =>
        told.push(`left ${orderly ? 'in order' : 'lost'}, ${holding ? 'holding' : 'over'}`),
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
  return { clock, slot, told, hold, times, ends };
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
  expect([slot.state, slot.publisher, told]).toEqual(['waiting', undefined, ['came', 'left in order, over']]);
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
  expect([slot.publisher?.software, times()]).toEqual(['Old Encoder', ['metadata@0']]);
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
  first.onClose = () => oldPlace.left(false);
  send(oldPlace, 0, 0);
  times();
  clock.advance(5_000);
  const second = new FakeCaller();
  const place = letIn(slot.publish(second));
  expect(first.closes).toMatchObject([{ code: 'replaced' }]);
  expect(slot.publisher?.caller).toBe(second);
  send(oldPlace, 100, 5_000);
  expect(times()).toEqual([]);
  oldPlace.left(false);
  expect(slot.state).toBe('live');
  send(place, 0, 5_000);
  expect(times()).toContain('keyframe@5000');
  expect(told).toEqual(['came', 'left lost, holding', 'back']);
});

test('hold: targets are kept until it ends; then the show is over', () => {
  const { clock, slot, told, ends } = slotWith(30_000);
  const place = letIn(slot.publish(new FakeCaller()));
  send(place, 0, 0);
  place.left(false);
  expect([slot.state, slot.holdEndsAt]).toEqual(['holding', clock.wallStart + 30_000]);
  clock.advance(29_999);
  expect([slot.state, ends]).toEqual(['holding', []]);
  clock.advance(1);
  expect([slot.state, slot.holdEndsAt, ends]).toEqual(['waiting', undefined, [30_000]]);
  expect(told).toEqual(['came', 'left lost, holding', 'hold ended']);
  expect(clock.pending).toBe(0);
});

test('no live targets, no hold: asked when the encoder is gone', () => {
  const { slot, hold, told, ends } = slotWith(30_000);
  const place = letIn(slot.publish(new FakeCaller()));
  hold.ms = 0;
  place.left(false);
  expect([slot.state, ends.length, told]).toEqual(['waiting', 1, ['came', 'left lost, over']]);
});

test('back from a hold: let in at once, on the same timeline, and the hold does not end later', () => {
  const { clock, slot, told, times, ends } = slotWith(30_000);
  const place = letIn(slot.publish(new FakeCaller()));
  send(place, 7_000, 0);
  clock.advance(1_000);
  send(place, 8_000, 1_000);
  place.left(false);
  times();
  clock.advance(10_000);
  const again = letIn(slot.publish(new FakeCaller()));
  expect([slot.state, slot.holdEndsAt]).toEqual(['live', undefined]);
  send(again, 500, 11_000);
  expect(times()).toEqual(['sequence-header@1000', 'keyframe@11000', 'inter@11000', 'audio@11000']);
  clock.advance(60_000);
  expect([slot.state, ends, told]).toEqual(['live', [], ['came', 'left lost, holding', 'back']]);
});

test('a hold can be ended by hand, once', () => {
  const { clock, slot, told } = slotWith();
  slot.endHold();
  letIn(slot.publish(new FakeCaller())).left(true);
  slot.endHold();
  slot.endHold();
  expect([slot.state, told, clock.pending]).toEqual([
    'waiting',
    ['came', 'left in order, holding', 'hold ended'],
    0,
  ]);
});

test('close: the encoder is disconnected, nothing is held, nobody is told twice', () => {
  const { clock, slot, told, ends } = slotWith();
  const caller = new FakeCaller();
  const place = letIn(slot.publish(caller));
  caller.onClose = () => place.left(false);
  slot.close('ingest-deleted', 'gone');
  expect(caller.closes).toEqual([{ code: 'ingest-deleted', message: 'gone' }]);
  expect([slot.publisher, ends.length, told, clock.pending]).toEqual([undefined, 1, ['came'], 0]);
});

test('a hold under way takes a changed time over, from its beginning (root cause: the time was read once)', () => {
  const { clock, slot, hold, ends } = slotWith(60_000);
  letIn(slot.publish(new FakeCaller())).left(false);
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
    letIn(slot.publish(new FakeCaller())).left(false);
    clock.advance(5_000);
    hold.ms = ms;
    slot.refreshHold();
    expect([slot.state, told.at(-1), clock.pending]).toEqual(['waiting', 'hold ended', 0]);
    slot.refreshHold();
  }
});
