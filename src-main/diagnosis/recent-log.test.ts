import { expect, test } from 'vitest';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { MemoryLog } from '../platform/testing/memory-log.ts';
import { MAX_RECENT_LINES, RecentLog } from './recent-log.ts';

test('every line is handed on, also by a writer that was taken off its log', () => {
  const inner = new MemoryLog();
  const log = new RecentLog(inner, new ManualClock());
  const { write } = log;
  write('info', 'began');
  write('debug', 'lost', { code: 'stalled' });
  expect(inner.lines).toEqual(['info began', 'debug lost {"code":"stalled"}']);
  expect(log.lines).toHaveLength(1);
});

test('lines come back oldest first', () => {
  const clock = new ManualClock();
  const log = new RecentLog(new MemoryLog(), clock);
  log.write('info', 'began');
  clock.advance(1_500);
  log.write('warn', 'lost', { code: 'stalled' });
  expect(log.lines).toEqual([
    { at: '2026-01-01T00:00:00.000Z', level: 'info', text: 'began' },
    { at: '2026-01-01T00:00:01.500Z', level: 'warn', text: 'lost {"code":"stalled"}' },
  ]);
});

test('only the newest lines are kept, in order', () => {
  const log = new RecentLog(new MemoryLog(), new ManualClock());
  for (let line = 0; line < MAX_RECENT_LINES + 3; line++) log.write('info', String(line));
  const { lines } = log;
  expect(lines).toHaveLength(MAX_RECENT_LINES);
  expect(lines.map(({ text }) => Number(text))).toEqual(lines.map((_, index) => index + 3));
});

test('debug lines are handed on and push nothing out', () => {
  const inner = new MemoryLog();
  const log = new RecentLog(inner, new ManualClock());
  log.write('debug', 'a chunk');
  expect([inner.lines.length, log.lines.length]).toEqual([1, 0]);
  const all = new RecentLog(inner, { wallNow: () => 0, least: 'debug' });
  all.write('debug', 'a chunk');
  expect(all.lines).toHaveLength(1);
});

test('a line of any length is kept short', () => {
  const log = new RecentLog(new MemoryLog(), new ManualClock());
  log.write('info', 'x'.repeat(1_000_000));
  expect(log.lines[0]?.text).toHaveLength(2_001);
});
