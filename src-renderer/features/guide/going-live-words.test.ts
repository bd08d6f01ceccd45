import { describe, expect, it } from 'vitest';
import { sampleTarget } from '../../state/testing/samples.ts';
import { goingLiveWords } from './going-live-words.ts';

const target = (name: string, enabled = true) => sampleTarget({ id: name, name, enabled });
const NOTHING = 'Nothing goes public before you press “Go live”.';

describe('goingLiveWords', () => {
  it('promises that nothing goes public while that holds', () => {
    expect(goingLiveWords([], 'main')).toBe(NOTHING);
    expect(goingLiveWords([target('A', false)], 'main')).toBe(NOTHING);
    expect(goingLiveWords([target('A')], 'other')).toBe(NOTHING);
  });

  it('names who goes live without being asked', () => {
    expect(goingLiveWords([target('A')], 'main')).toBe(
      '“A” goes live by itself as soon as the encoder connects or the test signal starts.',
    );
    expect(goingLiveWords([target('A'), target('B'), target('C', false)], 'main')).toBe(
      '“A” and “B” go live by themselves as soon as the encoder connects or the test signal starts. The others wait for “Go live”.',
    );
  });

  it('counts those that would make the line too long', () => {
    expect(
      goingLiveWords(
        ['A', 'B', 'C', 'D', 'E'].map((name) => target(name)),
        'main',
      ),
    ).toMatch(/^“A”, “B”, “C” and 2 more go live by themselves/);
  });

  it('knows that a rehearsal is not public', () => {
    const rehearsal = sampleTarget({ name: 'Rehearsal', platform: 'rehearsal' });
    expect(goingLiveWords([rehearsal, target('A', false)], 'main')).toBe(
      '“Rehearsal” starts by itself, on this computer only: nothing goes public before you press “Go live”.',
    );
    expect(goingLiveWords([rehearsal, target('A')], 'main')).toMatch(
      /^“Rehearsal” and “A” go live by themselves/,
    );
  });
});
