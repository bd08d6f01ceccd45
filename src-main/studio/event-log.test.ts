import { expect, test } from 'vitest';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import { logEventSchema } from '../../src-shared/model/log-event.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { MemoryLog } from '../platform/testing/memory-log.ts';
import { EventLog } from './event-log.ts';

function opened() {
  const clock = new ManualClock();
  const log = new MemoryLog();
  const told: LogEvent[] = [];
  return { clock, log, told, events: new EventLog(clock, log, (event) => told.push(event)) };
}

test('an event is kept, told, and written to the technical log', () => {
  const { clock, log, told, events } = opened();
  clock.advance(1_500);
  events.write('warning', 'target-lost', 'Twitch is lost.', { targetId: 't1' });
  const event: LogEvent = {
    seq: 1,
    at: '2026-01-01T00:00:01.500Z',
    level: 'warning',
    code: 'target-lost',
    message: 'Twitch is lost.',
    ingestId: null,
    targetId: 't1',
  };
  expect([told, events.events, logEventSchema.parse(event)]).toEqual([[event], [event], event]);
  expect(log.lines).toEqual(['warn Twitch is lost. {"code":"target-lost"}']);
});

test('the newest are kept, and numbered on', () => {
  const { events } = opened();
  for (let n = 1; n <= 700; n++) events.write('info', 'x', `${n}`);
  expect([events.events.length, events.events[0]?.seq, events.events.at(-1)?.seq]).toEqual([500, 201, 700]);
});

test('sparsely: the first of a code at once, what follows within ten seconds is counted with the next', () => {
  const { clock, told, events } = opened();
  const write = (code = 'not-rtmp'): void => {
    events.writeSparsely('warning', code, 'A scanner.');
  };
  for (let n = 0; n < 1_000; n++) {
    write();
    clock.advance(9);
  }
  expect(told).toHaveLength(1);
  write('other-code');
  expect(told).toHaveLength(2);
  clock.advance(1_000);
  write();
  expect(told.at(-1)?.message).toBe('A scanner. (999 more like the last one before)');
  clock.advance(10_000);
  write();
  expect(told.at(-1)?.message).toBe('A scanner.');
});
