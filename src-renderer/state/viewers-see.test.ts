import { describe, expect, it } from 'vitest';
import { agoWords, onAirWords } from './viewers-see.ts';
import { sampleIngest } from './testing/samples.ts';

describe('onAirWords', () => {
  it.each([
    [{ onAir: null }, null],
    [{ onAir: 'main' as const }, 'the main encoder'],
    [{ onAir: 'main' as const, testSignal: true }, 'the test signal'],
    [{ onAir: 'backup' as const, testSignal: true }, 'the backup encoder'],
    [{ onAir: 'freeze' as const }, 'the last picture, standing still'],
    [{ onAir: 'slate' as const }, 'the “Back in a moment” picture'],
    [{ onAir: 'slate' as const, holdPictureFile: '/home/me/break.png' }, 'your own picture'],
  ])('%o: %s', (change, words) => {
    expect(onAirWords(sampleIngest(change))).toBe(words);
  });
});

it('says how old the picture is only once the delay is active', () => {
  const delay = { state: 'ready', seconds: 30, heldSeconds: 30, memoryBytes: 0, diskBytes: 0 } as const;
  expect(agoWords({ delay })).toBe('');
  expect(agoWords({ delay: { ...delay, state: 'active' } })).toBe(', 30 s ago');
});
