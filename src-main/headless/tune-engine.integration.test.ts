import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { COUNTS_BYTECODE, engineFlags, HOT_AFTER } from './tune-engine.ts';

/** What V8 has to say about flags, asked in a process of its own. */
async function complaints(flags: readonly string[]): Promise<string> {
  const script = `for (const flag of ${JSON.stringify(flags)}) require('node:v8').setFlagsFromString(flag)`;
  const { stderr } = await promisify(execFile)(process.execPath, ['-e', script]);
  return stderr;
}

test('V8 knows every flag that it is told, and would say so', async () => {
  const hotAfter = COUNTS_BYTECODE ? Object.values(HOT_AFTER) : [];
  expect(await complaints([...engineFlags(1), ...engineFlags(50), ...hotAfter])).toBe('');
  expect(await complaints(['--no-such-flag'])).toContain('--no-such-flag');
});

test.runIf(COUNTS_BYTECODE)('what V8 is told to do usually is its own figure', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--v8-options']);
  const [, own] = /--interrupt-budget \(.*\n.*default: (\S+)/.exec(stdout) ?? [];
  expect(HOT_AFTER.usually).toBe(own);
});

test('many streams get more room on top of what lives', () => {
  const percent = (streams: number): number =>
    Number(/--heap-growing-percent=(\d+)/.exec(engineFlags(streams).join(' '))?.[1]);
  expect(percent(1)).toBe(percent(4));
  expect(percent(50)).toBeGreaterThan(2 * percent(4));
});
