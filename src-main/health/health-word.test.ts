import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WordKeeper, type HealthFinding } from './health-word.ts';

const patience = (code: string): { enter: number; leave: number } =>
  code === 'at-once' ? { enter: 1, leave: 1 } : { enter: 3, leave: 4 };
const found = (code: string, level: HealthFinding['level'] = 'strained', message = code): HealthFinding => ({
  code,
  level,
  message,
});

/** The words of seconds in which the finding is there (1) or not (0). */
function words(seconds: string, finding: HealthFinding): string {
  const keeper = new WordKeeper(patience);
  return Array.from(seconds, (one) => keeper.take(one === '1' ? [finding] : []).word[0]).join('');
}

test('a reason comes after so many findings in a row, and goes after so many seconds without', () => {
  expect(words('0110111100001', found('slow'))).toBe('ggggggsssssgg');
  expect(words('0101', found('at-once'))).toBe('gsgs');
});

test('what comes and goes keeps the word as it is', () => {
  expect(words('10'.repeat(20), found('slow'))).toBe('g'.repeat(40));
  expect(words(`111${'01'.repeat(20)}`, found('slow'))).toBe(`gg${'s'.repeat(41)}`);
});

test('while something fails the rest is not told', () => {
  const keeper = new WordKeeper(patience);
  const [a, b] = [found('at-once', 'failing', 'no picture'), found('slow')];
  for (let n = 0; n < 3; n++) keeper.take([b]);
  expect(keeper.take([a, b])).toEqual({ word: 'failing', reasons: ['no picture'] });
  expect(keeper.take([b])).toEqual({ word: 'strained', reasons: ['slow'] });
});

test('a reason that gets worse and better keeps its place: failing, strained, good', () => {
  const keeper = new WordKeeper(patience);
  const seen = [
    ...[1, 2, 3].map(() => keeper.take([found('slow', 'failing', 'bad')])),
    ...[1, 2, 3, 4].map(() => keeper.take([found('slow', 'strained', 'so-so')])),
    ...[1, 2, 3, 4].map(() => keeper.take([])),
  ].map(({ word, reasons }) => `${word} ${reasons.join()}`);
  expect(seen[2]).toBe('failing bad');
  expect(seen[5]).toBe('failing bad');
  expect(seen[6]).toBe('strained so-so');
  expect(seen.at(-1)).toBe('good ');
});

test('the newest words of a reason are told', () => {
  const keeper = new WordKeeper(patience);
  keeper.take([found('at-once', 'strained', '130 ms')]);
  expect(keeper.take([found('at-once', 'strained', '140 ms')]).reasons).toEqual(['140 ms']);
});

test('waiting says why, and forgets what was', () => {
  const keeper = new WordKeeper(patience);
  for (let n = 0; n < 5; n++) keeper.take([found('slow')]);
  expect(keeper.take([found('slow')], 'no media yet')).toEqual({
    word: 'waiting',
    reasons: ['no media yet'],
  });
  expect(keeper.take([found('slow')]).word).toBe('good');
});

test('the word never changes more often than its patience allows', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (seconds) => {
      const told = words(seconds.map((one) => (one ? '1' : '0')).join(''), found('slow'));
      // After at least three findings it stays for at least four seconds.
      for (const run of told.slice(0, told.lastIndexOf('g')).match(/s+/g) ?? [])
        expect(run.length).toBeGreaterThanOrEqual(4);
    }),
  );
});
