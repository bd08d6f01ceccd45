import { describe, expect, it } from 'vitest';
import { sampleShow } from '../../state/testing/samples.ts';
import { lengthWords, outageLengthWords, uptimeWords } from './show-words.ts';

const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('lengthWords', () => {
  const end = Date.parse('2026-01-02T21:30:00Z');

  it('says how long a show was', () => {
    expect(plain(lengthWords(sampleShow(), end))).toBe('1 h 30 min');
  });

  it('tells a show that goes on from one that was cut off', () => {
    const open = sampleShow({ endedAt: null });
    expect(plain(lengthWords(open, end + 60_000))).toBe('1 h 30 min, goes on');
    expect(plain(lengthWords(open, end + 3_600_000))).toBe('1 h 30 min, then cut off');
  });
});

it('never rounds a loss away', () => {
  expect(plain(uptimeWords(0.99999))).toBe('99.9 %');
  expect(plain(uptimeWords(1))).toBe('100 %');
  expect(uptimeWords(null)).toBe('–');
});

it('measures a loss in words', () => {
  expect(plain(outageLengthWords({ seconds: 12 }))).toBe('12 s');
  expect(outageLengthWords({ seconds: null })).toBe('to the end');
});
