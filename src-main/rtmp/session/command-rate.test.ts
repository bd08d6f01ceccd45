import { expect, test } from 'vitest';
import { CommandRate } from './command-rate.ts';

const tooMany = expect.objectContaining({ code: 'too-many-commands' }) as Error;

function spend(rate: CommandRate, count: number, now: number): void {
  for (let n = 0; n < count; n++) rate.spend(now);
}

test('200 at once and no more', () => {
  const rate = new CommandRate();
  spend(rate, 200, 5_000);
  expect(() => rate.spend(5_000)).toThrow(tooMany);
  expect(() => rate.spend(5_019)).toThrow(tooMany);
});

test('50 a second for ever, as the clock tells it', () => {
  const rate = new CommandRate();
  spend(rate, 200, 0);
  for (let second = 1; second <= 3_600; second++) spend(rate, 50, second * 1_000);
  expect(() => rate.spend(3_600_000)).toThrow(tooMany);
});

test('quiet time fills the bucket to the burst and no further', () => {
  const rate = new CommandRate();
  rate.spend(0);
  spend(rate, 200, 3_600_000);
  expect(() => rate.spend(3_600_000)).toThrow(tooMany);
});

test('a clock that stands or steps back gives nothing', () => {
  const rate = new CommandRate();
  spend(rate, 200, 1_000);
  expect(() => rate.spend(0)).toThrow(tooMany);
});
