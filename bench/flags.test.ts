import { expect, test } from 'vitest';
import { readFlags } from './flags.ts';
import { isProbe } from './load/load.ts';
import { median } from './measure-round.ts';
import { putBetweenMarkers } from './report.ts';

test('without flags the whole table is measured, and may be written', () => {
  const flags = readFlags([]);
  expect(flags).toMatchObject({ command: 'table', runs: 3, seconds: 10, warmUpSeconds: 20, isWhole: true });
  expect(flags.scenarios).toHaveLength(7);
});

test('what is narrowed down or quick is not written', () => {
  expect(readFlags(['--quick'])).toMatchObject({ runs: 1, isWhole: false });
  expect(readFlags(['--scenario', 'play-50,push-1']).scenarios.map(({ name }) => name)).toEqual([
    'push-1',
    'play-50',
  ]);
  expect(readFlags(['--servers', 'nginx']).isWhole).toBe(false);
  expect(readFlags(['soak', '--hours', '0.5'])).toMatchObject({ command: 'soak', soakHours: 0.5 });
});

test.each([
  [['fast'], /"fast" is no command; there are table, limits, micro, soak/],
  [['--scenario', 'push-7'], /--scenario: there is no "push-7"; there are push-1, /],
  [['--servers', 'srs'], /--servers: there is no "srs"/],
  [['--runs', '1.5'], /--runs: "1.5" is not a whole number from 1 on/],
  [['--seconds', 'x'], /--seconds: "x" is not a number from 1 on/],
  [['--speed', '3'], /--speed/],
])('%j is refused in words', (args, words) => {
  expect(() => readFlags(args)).toThrow(words);
});

test('delays are taken on the first, the last and two between', () => {
  const probes = (count: number): number[] =>
    Array.from({ length: count }, (_, n) => n).filter((n) => isProbe(n, count));
  expect(probes(3)).toEqual([0, 1, 2]);
  expect(probes(5)).toEqual([0, 1, 3, 4]);
  expect(probes(200)).toEqual([0, 66, 133, 199]);
});

test('the middle one, of an even number the mean of two', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
});

test('the tables go between the markers, what is around them stays', () => {
  const page = 'before\n\n<!-- bench:begin -->\nold\n<!-- bench:end -->\n\nafter\n';
  expect(putBetweenMarkers(page, 'new')).toBe(
    'before\n\n<!-- bench:begin -->\n\nnew\n\n<!-- bench:end -->\n\nafter\n',
  );
  expect(() => putBetweenMarkers('no markers', 'new')).toThrow(/bench:begin/);
});
