import { expect, test } from 'vitest';
import type { Update } from '../../src-shared/bridge/contract.ts';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import { DEFAULT_NOTICE_SETTINGS } from '../../src-shared/model/notice.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { MemoryFiles } from '../platform/testing/memory-files.ts';
import { SettingsStore } from '../settings/settings-store.ts';
import { FIRST_SETTINGS } from '../settings/settings.ts';
import { NoticeDesk } from './notice-desk.ts';

const EVENT: LogEvent = {
  seq: 7,
  at: '2026-01-01T00:00:00.000Z',
  level: 'error',
  code: 'target-refused',
  message: 'The server said live_key_1234 is wrong.',
  ingestId: null,
  targetId: 't1',
};

function opened() {
  const clock = new ManualClock();
  const told: Update[] = [];
  const stored = { path: 's.json', files: new MemoryFiles(), clock, onSaveFailed: () => undefined };
  const settings = new SettingsStore(FIRST_SETTINGS, stored);
  const desk = new NoticeDesk({
    parts: { settings, clock, emit: (update) => told.push(update) },
    redact: (text) => text.replaceAll('live_key_1234', '«redacted»'),
  });
  return { desk, told, settings };
}

test('an event that matters is told to everybody, without the key in it', () => {
  const { desk, told } = opened();
  desk.event(EVENT);
  desk.event({ ...EVENT, seq: 8, level: 'info', code: 'target-live' });
  expect(told).toMatchObject([{ type: 'notice', notice: { seq: 7, targetId: 't1', window: true } }]);
  expect(JSON.stringify(told)).not.toContain('live_key_1234');
});

test('a change of the settings is saved, told, and in force at once; what is left out stays', () => {
  const { desk, told, settings } = opened();
  const after = desk.update({ mutedTargets: ['t1', 't1'], sound: true });
  expect(after).toEqual({ ...DEFAULT_NOTICE_SETTINGS, mutedTargets: ['t1'], sound: true });
  expect(settings.value.notices).toEqual(after);
  expect(told).toEqual([{ type: 'notice-settings', settings: after }]);
  desk.event(EVENT);
  expect(told).toHaveLength(1);
  desk.update({ quietUntil: '2026-02-01T00:00:00Z', mutedTargets: [] });
  expect(desk.update({ quietUntil: null }).quietUntil).toBeNull();
  expect(desk.settings().sound).toBe(true);
  desk.event(EVENT);
  expect(told.at(-1)).toMatchObject({ type: 'notice', notice: { sound: true } });
});
