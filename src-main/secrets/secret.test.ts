import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { MemoryLog } from '../platform/testing/memory-log.ts';
import { newStreamKey } from './new-stream-key.ts';
import { maskKey } from './mask-key.ts';
import { Secret } from './secret.ts';
import { seededRandom } from '../platform/testing/seeded-random.ts';

const KEY = 'live_123456_abcdefgh';

/** What a crash reporter does with an error: all own fields, hidden ones too, and everything they hold. */
const crashReport = (error: Error): string =>
  inspect(error, { showHidden: true, depth: 9, getters: true }) +
  JSON.stringify(structuredClone(Object.fromEntries(Object.entries(error))));

test('no way of printing shows the key', () => {
  const secret = new Secret(KEY);
  const log = new MemoryLog();
  log.write('info', `key ${String(secret)}`, { secret, deep: [{ secret }] });
  const error = Object.assign(new Error(`refused: ${String(secret)}`), { secret });
  const printed = [
    ...log.lines,
    error.message,
    error.stack ?? '',
    JSON.stringify({ secret }),
    inspect(secret, { showHidden: true, customInspect: true }),
    inspect({ deep: { secret } }, { customInspect: false, showHidden: true, depth: 9 }),
    `${String(secret)} ${secret.toString()}` + String([secret]),
    JSON.stringify(structuredClone({ secret })),
    Object.entries(secret).join(),
    crashReport(error),
  ];
  for (const text of printed) expect(text).not.toContain('123456');
  expect(log.lines[0]).toBe('info key <redacted> {"secret":"<redacted>","deep":[{"secret":"<redacted>"}]}');
  expect(secret.reveal()).toBe(KEY);
});

test.each([
  [undefined, ''],
  ['', ''],
  ['abcdefg', '••••'],
  ['abcdefgh', '••••efgh'],
  [KEY, '••••efgh'],
])('the mask of %s is %s', (key, mask) => {
  expect(maskKey(key)).toBe(mask);
  if (key !== undefined) expect(maskKey(new Secret(key))).toBe(mask);
});

test('new keys are readable, long and not alike', () => {
  const random = seededRandom(1);
  const keys = Array.from({ length: 500 }, () => newStreamKey(random));
  for (const key of keys) expect(key).toMatch(/^([a-hjkmnp-z2-9]{5}-){4}[a-hjkmnp-z2-9]{5}$/);
  expect(new Set(keys).size).toBe(keys.length);
  expect(25 * Math.log2(31)).toBeGreaterThanOrEqual(120);
  // Every symbol comes up about as often as any other.
  const counts = new Map<string, number>();
  for (const symbol of keys.join('').replaceAll('-', '')) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  expect(counts.size).toBe(31);
  for (const count of counts.values()) expect(Math.abs(count - 12_500 / 31)).toBeLessThan(120);
});
