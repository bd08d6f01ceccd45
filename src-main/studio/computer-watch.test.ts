import { expect, test } from 'vitest';
import type { Clock } from '../platform/clock.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { ComputerWatch } from './computer-watch.ts';

function watch() {
  const manual = new ManualClock();
  const told: string[] = [];
  const now = { skewMs: 0, lateMs: 0, addresses: ['192.0.2.5'] };
  const clock: Clock = {
    now: () => manual.now() + now.lateMs,
    wallNow: () => manual.wallNow() + now.lateMs + now.skewMs,
    after: (delayMs, fire) => manual.after(delayMs, fire),
  };
  const made = new ComputerWatch({
    clock,
    addresses: () => now.addresses,
    listener: {
      slept: (ms) => told.push(`slept ${ms}`),
      clockJumped: (ms) => told.push(`clock ${ms}`),
      networkChanged: (gone, added) => told.push(`-${gone.join()} +${added.join()}`),
    },
  });
  made.start();
  return { made, manual, told, now };
}

test('nothing happens: nothing is told', () => {
  const { manual, told } = watch();
  manual.advance(60_000);
  expect(told).toEqual([]);
});

test('sleep, told once', () => {
  const { manual, told, now } = watch();
  manual.advance(3_000);
  now.lateMs = 3_600_000;
  manual.advance(10_000);
  expect(told).toEqual(['slept 3600000']);
});

test.each([3_600_000, -7_200_000])('the clock jumps by %i ms', (skewMs) => {
  const { manual, told, now } = watch();
  manual.advance(3_000);
  now.skewMs = skewMs;
  manual.advance(10_000);
  expect(told).toEqual([`clock ${skewMs}`]);
});

test('a clock that is corrected a little at a time is no jump', () => {
  const { manual, told, now } = watch();
  for (let n = 0; n < 20; n++) {
    now.skewMs += 900;
    manual.advance(2_000);
  }
  expect(told).toEqual([]);
});

test('the network changes; after the stop nothing is told', () => {
  const { made, manual, told, now } = watch();
  now.addresses = ['198.51.100.7', '192.0.2.9'];
  manual.advance(2_000);
  now.addresses = ['198.51.100.7'];
  manual.advance(2_000);
  made.stop();
  now.addresses = [];
  manual.advance(10_000);
  expect([told, manual.pending]).toEqual([['-192.0.2.5 +198.51.100.7,192.0.2.9', '-192.0.2.9 +'], 0]);
});
