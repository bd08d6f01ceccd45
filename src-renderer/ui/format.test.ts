import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '../language/translate.ts';
import {
  formatAppointment,
  formatBytes,
  formatClock,
  formatCount,
  formatCountdown,
  formatDuration,
  formatKbps,
  formatMbps,
  formatUnit,
} from './format.ts';

afterEach(() => {
  speak('en');
});

const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('figures', () => {
  it('groups thousands', () => {
    expect([0, 999, 1000, 1234567].map((value) => plain(formatCount(value)))).toEqual([
      '0',
      '999',
      '1 000',
      '1 234 567',
    ]);
  });

  it('always carries a unit', () => {
    expect(plain(formatKbps(6012.4))).toBe('6 012 kbit/s');
    expect(plain(formatMbps(18_240))).toBe('18.2 Mbit/s');
    expect(plain(formatUnit(-0.2, 'ms'))).toBe('0 ms');
    expect(plain(formatUnit(2, 's', 1))).toBe('2.0 s');
    expect(plain(formatBytes(12_340_000))).toBe('12.3 MB');
    expect(formatUnit(null, 'ms')).toBe('–');
  });

  it('tells time, also when two clocks disagree', () => {
    expect(formatClock(5_025_999)).toBe('01:23:45');
    expect(formatClock(-400)).toBe('00:00:00');
    expect(formatCountdown(41_100)).toBe('0:41');
    expect(formatCountdown(60_900)).toBe('1:00');
    expect(formatCountdown(-1)).toBe('0:00');
  });

  it('tells how long', () => {
    const seconds = [5, 90, 120, 150, 3600, 3900, 86_400];
    expect(seconds.map((value) => plain(formatDuration(value)))).toEqual([
      '5 s',
      '90 s',
      '2 min',
      '2 min 30 s',
      '1 h',
      '1 h 5 min',
      '24 h',
    ]);
  });

  it('names the day of an appointment only when it is another one', () => {
    const at = new Date(2026, 0, 2, 20, 0);
    expect(formatAppointment(at.toISOString(), at.getTime() - 60_000)).toBe('20:00');
    expect(formatAppointment(new Date(2026, 0, 2, 20, 0, 5).toISOString(), at.getTime())).toBe('20:00:05');
    const dayBefore = new Date(2026, 0, 1, 12).getTime();
    expect(formatAppointment(at.toISOString(), dayBefore)).toMatch(/2.*, 20:00$/);
  });

  it('writes decimals and days as the language does', () => {
    speak('de', 'de-AT');
    expect(plain(formatMbps(18_240))).toBe('18,2 Mbit/s');
    expect(plain(formatKbps(6012.4))).toBe('6 012 kbit/s');
    expect(plain(formatBytes(1_234_000_000))).toBe('1,23 GB');
    const at = new Date(2026, 0, 2, 20, 0);
    expect(formatAppointment(at.toISOString(), new Date(2026, 0, 1).getTime())).toMatch(/^2\. J.*, 20:00$/);
  });
});
