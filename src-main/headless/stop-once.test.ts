import { expect, test } from 'vitest';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { StopOnce } from './stop-once.ts';

function start() {
  const clock = new ManualClock();
  const codes: number[] = [];
  const stopping = new StopOnce((code) => codes.push(code), clock);
  let finish: () => void = () => undefined;
  let stops = 0;
  const stop = (): Promise<void> => {
    stops += 1;
    return new Promise((resolve) => (finish = resolve));
  };
  return { clock, codes, stopping, stop, finish: () => finish(), stops: () => stops };
}

test('asked once: an orderly stop, exit code 0', async () => {
  const { codes, stopping, stop, finish, clock } = start();
  stopping.ready(stop);
  const asked = stopping.ask();
  expect(codes).toEqual([]);
  finish();
  await asked;
  expect([codes, clock.pending]).toEqual([[0], 0]);
});

test('asked again at once is the same wish; later it is the end', () => {
  const { codes, stopping, stop, clock, stops } = start();
  stopping.ready(stop);
  void stopping.ask();
  void stopping.ask();
  clock.advance(299);
  void stopping.ask();
  expect([codes, stops()]).toEqual([[], 1]);
  clock.advance(1);
  void stopping.ask();
  expect([codes, stops()]).toEqual([[1], 1]);
});

test('asked during the start: the stop begins once there is something to stop', () => {
  const { codes, stopping, stop, stops } = start();
  void stopping.ask();
  expect([codes, stops(), stopping.asked]).toEqual([[], 0, true]);
  stopping.ready(stop);
  expect(stops()).toBe(1);
});

test('a stop that hangs is cut short', () => {
  const { codes, stopping, stop, clock } = start();
  stopping.ready(stop);
  void stopping.ask();
  clock.advance(10_000);
  expect(codes).toEqual([1]);
});
