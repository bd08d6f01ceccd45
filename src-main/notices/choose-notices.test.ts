import { beforeEach, expect, test } from 'vitest';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import { DEFAULT_NOTICE_SETTINGS, type NoticeSettings } from '../../src-shared/model/notice.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { NoticeChooser } from './choose-notices.ts';

let clock: ManualClock;
let settings: NoticeSettings;
let chooser: NoticeChooser;
let seq = 0;

beforeEach(() => {
  clock = new ManualClock();
  settings = DEFAULT_NOTICE_SETTINGS;
  chooser = new NoticeChooser({
    clock,
    settings: () => settings,
    redact: (text) => text.replaceAll('hunter2hunter2', '«redacted»'),
  });
});

function event(changes: Partial<LogEvent> = {}): LogEvent {
  return {
    seq: ++seq,
    at: '2026-01-01T00:00:00.000Z',
    level: 'warning',
    code: 'connection-lost',
    message: 'Twitch: the connection was lost.',
    ingestId: null,
    targetId: 't1',
    ...changes,
  };
}

test('a warning becomes a notice with a title and its words', () => {
  expect(chooser.choose(event({ seq: 7 }))).toEqual({
    seq: 7,
    at: '2026-01-01T00:00:00.000Z',
    level: 'warning',
    code: 'connection-lost',
    ingestId: null,
    targetId: 't1',
    title: 'A target has trouble',
    text: 'Twitch: the connection was lost.',
    desktop: true,
    window: true,
    sound: false,
  });
});

test('a title says what the code means, and an unknown code is told by whom it is about', () => {
  const title = (changes: Partial<LogEvent>): string | undefined => chooser.choose(event(changes))?.title;
  expect(title({ code: 'encoder-left', targetId: null, ingestId: 'main' })).toBe('The encoder is gone');
  expect(title({ code: 'key-refused', level: 'error' })).toBe('A target has failed');
  expect(title({ code: 'clock-jumped', targetId: null })).toBe('Relaydeck needs a look');
  expect(title({ code: 'constructor', targetId: null })).toBe('Relaydeck needs a look');
});

test('what lies below the level asked for is no notice', () => {
  expect(chooser.choose(event({ level: 'info', code: 'target-live' }))).toBeUndefined();
  settings = { ...settings, leastLevel: 'info' };
  expect(chooser.choose(event({ level: 'info', code: 'target-live' }))?.title).toBe('A target is live');
  settings = { ...settings, leastLevel: 'error' };
  expect(chooser.choose(event({ code: 'stalled' }))).toBeUndefined();
});

test('nobody is told of what they did themselves', () => {
  settings = { ...settings, leastLevel: 'info' };
  expect(chooser.choose(event({ level: 'info', code: 'target-added' }))).toBeUndefined();
});

test('muted codes and muted targets are silent, others are not', () => {
  settings = { ...settings, mutedCodes: ['stalled'], mutedTargets: ['t2'] };
  expect(chooser.choose(event({ code: 'stalled' }))).toBeUndefined();
  expect(chooser.choose(event({ targetId: 't2' }))).toBeUndefined();
  expect(chooser.choose(event())).toBeDefined();
});

test('nothing is told in a quiet time, and all after it', () => {
  settings = { ...settings, quietUntil: '2026-01-01T00:10:00+00:00' };
  clock.advance(599_999);
  expect(chooser.choose(event())).toBeUndefined();
  clock.advance(1);
  expect(chooser.choose(event())?.text).toBe('Twitch: the connection was lost.');
});

test('a quiet time that cannot be read silences nothing', () => {
  settings = { ...settings, quietUntil: 'tomorrow' };
  expect(chooser.choose(event())).toBeDefined();
});

test('with all ways switched off there is no notice', () => {
  settings = { ...settings, desktop: false, window: false, sound: false };
  expect(chooser.choose(event())).toBeUndefined();
});

test('the same of the same target is told once in 60 s, and the next says how many more there were', () => {
  expect(chooser.choose(event())).toBeDefined();
  clock.advance(30_000);
  expect(chooser.choose(event())).toBeUndefined();
  clock.advance(29_999);
  expect(chooser.choose(event())).toBeUndefined();
  clock.advance(1);
  expect(chooser.choose(event())?.text).toBe('Twitch: the connection was lost. (and 2 more)');
  clock.advance(60_000);
  expect(chooser.choose(event())?.text).toBe('Twitch: the connection was lost.');
});

test('other targets and other codes are told at once', () => {
  expect(chooser.choose(event())).toBeDefined();
  expect(chooser.choose(event({ targetId: 't2' }))).toBeDefined();
  expect(chooser.choose(event({ code: 'stalled' }))).toBeDefined();
});

test('memory stays bounded with thousands of targets, and the oldest is forgotten first', () => {
  for (let each = 0; each < 501; each++) chooser.choose(event({ targetId: `t${each}` }));
  expect(chooser.choose(event({ targetId: 't500' }))).toBeUndefined();
  expect(chooser.choose(event({ targetId: 't0' }))).toBeDefined();
});

test('a text holds no secret, no line ends, and is cut behind the redacting', () => {
  const message = `Kick:\n the key hunter2hunter2 was refused. ${'x'.repeat(300)}`;
  const text = chooser.choose(event({ message }))?.text ?? '';
  expect(text).toMatch(/^Kick: the key «redacted» was refused\. x+…$/);
  expect(text).toHaveLength(240);
});
