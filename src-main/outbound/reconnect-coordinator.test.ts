import { expect, test } from 'vitest';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { seededRandom } from '../platform/testing/seeded-random.ts';
import { retryDelayMs } from './backoff.ts';
import { ReconnectCoordinator, type TargetLoss, type TogetherEvent } from './reconnect-coordinator.ts';

/** Chance is always a half: the first delay is 500 ms. */
class Stage {
  readonly clock = new ManualClock();
  readonly events: TogetherEvent[] = [];
  live = 2;
  readonly coordinator = new ReconnectCoordinator({
    clock: this.clock,
    random: { ...seededRandom(1), next: () => 0.5 },
    liveCount: () => this.live,
    onTogether: (event) => this.events.push(event),
  });

  lost(targetId: string, parts: Partial<TargetLoss> = {}): number {
    const usual = { code: 'connection-lost', attempt: 1, isNetwork: true };
    return this.coordinator.lost({ targetId, name: targetId.toUpperCase(), ...usual, ...parts });
  }
}

test('a lone loss waits as the backoff says, and is no event', () => {
  const stage = new Stage();
  expect(stage.lost('a')).toBe(retryDelayMs(1, 0.5));
  expect(stage.coordinator.isTogether('a')).toBe(false);
  stage.clock.advance(10_000);
  expect(stage.lost('b', { attempt: 4 })).toBe(retryDelayMs(4, 0.5));
  stage.clock.advance(10_000);
  expect(stage.events).toEqual([]);
  expect(stage.clock.pending).toBe(0);
});

test('two within 3 s are told once, when the event closes, and return one after another', () => {
  const stage = new Stage();
  stage.live = 3;
  expect(stage.lost('a')).toBe(500);
  stage.clock.advance(1_000);
  expect(stage.lost('b', { code: 'stalled' })).toBe(1_000);
  stage.clock.advance(1_000);
  expect(stage.lost('c')).toBe(1_500);
  stage.clock.advance(999);
  expect(stage.events).toEqual([]);
  stage.clock.advance(1);
  expect(stage.events).toEqual([{ targetIds: ['a', 'b', 'c'], names: ['A', 'B', 'C'] }]);
  expect(stage.coordinator.isTogether('a')).toBe(false);
});

test('3 s or more apart they are two losses', () => {
  const stage = new Stage();
  stage.lost('a');
  stage.clock.advance(3_000);
  expect(stage.lost('b')).toBe(500);
  stage.clock.advance(3_000);
  expect(stage.events).toEqual([]);
});

test('two of five is no event, three of five is', () => {
  const stage = new Stage();
  stage.live = 5;
  stage.lost('a');
  stage.lost('b');
  expect(stage.coordinator.isTogether('b')).toBe(false);
  stage.clock.advance(3_000);
  expect(stage.events).toEqual([]);
  // Those who were live are counted at the first loss.
  stage.lost('a');
  stage.live = 3;
  stage.lost('b');
  stage.lost('c');
  stage.clock.advance(3_000);
  expect(stage.events.map(({ targetIds }) => targetIds)).toEqual([['a', 'b', 'c']]);
});

test('while the event is open it is known who belongs to it', () => {
  const stage = new Stage();
  stage.lost('a');
  stage.lost('b');
  expect(['a', 'b', 'c'].map((id) => stage.coordinator.isTogether(id))).toEqual([true, true, false]);
  stage.clock.advance(3_000);
  expect(stage.coordinator.isTogether('b')).toBe(false);
});

test('a refusal belongs to no event and waits by itself', () => {
  const stage = new Stage();
  stage.lost('a');
  expect(stage.lost('b', { code: 'already-publishing', isNetwork: false, attempt: 2 })).toBe(1_000);
  expect(stage.coordinator.isTogether('b')).toBe(false);
  stage.clock.advance(3_000);
  expect(stage.events).toEqual([]);
});

test('one that is lost twice within an event keeps its place in the row', () => {
  const stage = new Stage();
  stage.lost('a');
  stage.lost('b');
  expect(stage.lost('b', { code: 'timeout', attempt: 2 })).toBe(1_000 + 500);
  stage.clock.advance(3_000);
  expect(stage.events).toEqual([{ targetIds: ['a', 'b'], names: ['A', 'B'] }]);
});

test('an outage is told once, however often all of them try in it, and again after they were live', () => {
  const stage = new Stage();
  stage.lost('a');
  stage.lost('b');
  stage.live = 0;
  for (let attempt = 2; attempt < 20; attempt++) {
    stage.clock.advance(20_000);
    stage.lost('a', { code: 'timeout', attempt });
    expect(stage.lost('b', { code: 'no-answer', attempt })).toBe(retryDelayMs(attempt, 0.5) + 500);
    expect(stage.coordinator.isTogether('b')).toBe(false);
  }
  expect(stage.events).toHaveLength(1);
  stage.live = 2;
  stage.clock.advance(20_000);
  stage.lost('b');
  stage.lost('a');
  stage.clock.advance(3_000);
  expect(stage.events.map(({ targetIds }) => targetIds)).toEqual([
    ['a', 'b'],
    ['b', 'a'],
  ]);
});

test('targets that have been failing all along do not make one lost target an event', () => {
  const stage = new Stage();
  stage.live = 1;
  for (const id of ['x', 'y']) {
    stage.lost(id, { code: 'dns-failed' });
    stage.clock.advance(10_000);
  }
  stage.lost('x', { code: 'dns-failed', attempt: 2 });
  stage.lost('y', { code: 'dns-failed', attempt: 2 });
  stage.lost('a');
  stage.clock.advance(3_000);
  expect(stage.events).toEqual([]);
});

test('two that cannot be reached when a show begins are an event, in the next show too', () => {
  const stage = new Stage();
  stage.live = 0;
  for (let show = 1; show <= 2; show++) {
    stage.lost('a', { code: 'unreachable' });
    stage.lost('b', { code: 'unreachable' });
    stage.clock.advance(200_000);
    expect(stage.events).toHaveLength(show);
  }
});

test('closed: no timer is left, nothing is told, delays are still given', () => {
  const stage = new Stage();
  stage.lost('a');
  stage.lost('b');
  stage.coordinator.close();
  expect(stage.clock.pending).toBe(0);
  expect(stage.lost('c')).toBe(500);
  expect(stage.clock.pending).toBe(0);
  stage.clock.advance(10_000);
  expect(stage.events).toEqual([]);
});
