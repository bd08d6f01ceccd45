import { expect, it } from 'vitest';
import { sampleIngest } from '../../state/testing/samples.ts';
import { playersWords, playUrl } from './watch-words.ts';

it('puts the play key on the server address', () => {
  expect(playUrl(sampleIngest())).toBe('rtmp://127.0.0.1:1935/live/play');
});

it.each([
  [0, null],
  [1, '1 player'],
  [2, '2 players'],
])('%d: %s', (players, words) => {
  expect(playersWords(sampleIngest({ players }))).toBe(words);
});
