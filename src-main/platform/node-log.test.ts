import { expect, test, vi } from 'vitest';
import { nodeLog } from './node-log.ts';

function written(write: () => void): string {
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    write();
    return stderr.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    stderr.mockRestore();
  }
}

test('escape sequences of strangers do not reach the terminal, in the message or in the values', () => {
  const hostile = 'a\u001b]0;title\u0007\r\n\u007f\u009b2Jé😀';
  const line = written(() => {
    nodeLog('info').write('warn', `says ${hostile}`, { said: hostile });
  });
  expect(line.trimEnd()).not.toMatch(/\p{Cc}/u);
  expect(line).toMatch(/^\S+ warn says a\\u001b\]0;title\\u0007\\u000d\\u000a\\u007f\\u009b2Jé😀 \{.*\}\n$/u);
  expect(JSON.parse(line.slice(line.indexOf('{')))).toEqual({ said: hostile });
});

test('lines below the level are left out', () => {
  expect(
    written(() => {
      nodeLog('warn').write('info', 'quiet');
    }),
  ).toBe('');
});
