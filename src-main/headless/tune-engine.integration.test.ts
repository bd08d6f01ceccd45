import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ENGINE_FLAGS } from './tune-engine.ts';

/** What V8 has to say about flags, asked in a process of its own. */
async function complaints(flags: readonly string[]): Promise<string> {
  const script = `for (const flag of ${JSON.stringify(flags)}) require('node:v8').setFlagsFromString(flag)`;
  const { stderr } = await promisify(execFile)(process.execPath, ['-e', script]);
  return stderr;
}

test('V8 knows every flag that it is told, and would say so', async () => {
  expect(await complaints(ENGINE_FLAGS)).toBe('');
  expect(await complaints(['--no-such-flag'])).toContain('--no-such-flag');
});
