import { describe, expect, it } from 'vitest';
import { sampleTarget } from '../../state/testing/samples.ts';
import { scheduleWords } from './schedule-words.ts';

const nowMs = new Date(2026, 10, 22, 19, 0).getTime();
const eight = new Date(2026, 10, 22, 20, 0).toISOString();
const past = new Date(2026, 10, 22, 18, 0).toISOString();

const words = (change: Parameters<typeof sampleTarget>[0]) =>
  scheduleWords(sampleTarget({ state: 'waiting', ...change }), nowMs)?.replaceAll('\u202f', ' ') ?? null;

describe('scheduleWords', () => {
  it.each([
    [{}, null],
    [{ startAt: eight }, 'Goes live at 20:00'],
    [{ startAt: past }, null],
    [{ startAfterSeconds: 20 }, 'Goes live 20 s after the show starts'],
    [{ startAfterSeconds: 0 }, null],
    [{ startAfterSeconds: 20, startsAt: eight }, 'Goes live at 20:00'],
    [{ startAfterSeconds: 20, startsAt: past }, 'Goes live 20 s after the show starts'],
    [
      { startAfterSeconds: 150, startAt: eight },
      'Goes live 2 min 30 s after the show starts, not before 20:00',
    ],
    [{ startAt: eight, state: 'off' as const }, '“Go live” starts it at 20:00'],
    [{ startAt: eight, state: 'live' as const }, null],
  ])('%o: %s', (change, expected) => {
    expect(words(change)).toBe(expected);
  });
});
