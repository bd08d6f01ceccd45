import { describe, expect, it } from 'vitest';
import { sampleEvent } from '../../state/testing/samples.ts';
import { codeWords, eventKinds, targetsMuted, withMuted } from './muted-codes.ts';

describe('eventKinds', () => {
  const events = [
    sampleEvent({ seq: 1, code: 'target-lost', level: 'warning', message: 'old' }),
    sampleEvent({ seq: 2, code: 'target-refused', level: 'error' }),
    sampleEvent({ seq: 3, code: 'target-live', level: 'info' }),
    sampleEvent({ seq: 4, code: 'target-lost', level: 'warning', message: 'new' }),
  ];

  it('offers each kind once, newest first, and nothing that only informs', () => {
    const kinds = eventKinds(events, []);
    expect(kinds.map(({ code }) => code)).toEqual(['target-lost', 'target-refused']);
    expect(kinds[0]?.newest?.message).toBe('new');
  });

  it('keeps muted kinds in sight, whether or not they happened lately', () => {
    const kinds = eventKinds(events, ['long-ago', 'target-live']);
    expect(kinds.map(({ code, muted }) => [code, muted])).toEqual([
      ['long-ago', true],
      ['target-live', true],
      ['target-lost', false],
      ['target-refused', false],
    ]);
    expect(kinds[0]?.newest).toBeNull();
  });
});

it('mutes once and unmutes', () => {
  expect(withMuted(['a'], 'b', true)).toEqual(['a', 'b']);
  expect(withMuted(['a'], 'a', true)).toEqual(['a']);
  expect(withMuted(['a', 'b'], 'a', false)).toEqual(['b']);
  expect(codeWords('encoder-left-early')).toBe('encoder left early');
});

it('mutes one target, and forgets those that are gone', () => {
  const targets = [{ id: 'a' }, { id: 'b' }];
  expect(targetsMuted(targets, ['gone'], { id: 'b', muted: true })).toEqual(['b']);
  expect(targetsMuted(targets, ['b'], { id: 'a', muted: true })).toEqual(['a', 'b']);
  expect(targetsMuted(targets, ['a', 'b'], { id: 'b', muted: false })).toEqual(['a']);
});
