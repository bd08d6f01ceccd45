import { expect, it } from 'vitest';
import { sampleTarget } from '../../state/testing/samples.ts';
import { behindOf } from './behind-words.ts';

it.each([
  [{}, null],
  [{ delaySeconds: 30 }, '30 s delay'],
  [{ delaySeconds: 30, state: 'live' as const }, 'Delay fills'],
  [{ delaySeconds: 30, delayedBySeconds: 30, state: 'live' as const }, '30 s behind'],
  // The delay of the whole show is its delay too.
  [{ delayedBySeconds: 150, state: 'live' as const }, '2 min 30 s behind'],
])('%o: %s', (change, words) => {
  expect(behindOf(sampleTarget(change))?.words.replaceAll('\u202f', ' ') ?? null).toBe(words);
});
