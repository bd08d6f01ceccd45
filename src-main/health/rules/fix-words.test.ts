import { expect, test } from 'vitest';
import { fixWords, type Fix } from './fix-words.ts';

const ALL: Fix = { obs: 'a', vmix: 'b', larix: 'c', ffmpeg: 'd' };
const EVERYBODY = 'OBS, Streamlabs: a. vMix: b. Larix: c. FFmpeg: d.';

test.each([
  ['obs-output module (libobs version 31.0.0)', 'OBS, Streamlabs: a.'],
  ['Streamlabs Desktop', 'OBS, Streamlabs: a.'],
  ['vMix 27', 'vMix: b.'],
  ['Larix/1.2.3', 'Larix: c.'],
  // vMix sends by FFmpeg, and is then not to be told from it.
  ['Lavf60.16.100', 'FFmpeg: d. vMix: b.'],
  // What OBS and many others say in connect.
  ['FMLE/3.0 (compatible; FMSc/1.0)', EVERYBODY],
  ['', EVERYBODY],
  [undefined, EVERYBODY],
])('%s', (software, words) => {
  expect(fixWords(ALL, software)).toBe(words);
});

test('a program without such a setting is told of the others', () => {
  expect(fixWords({ ffmpeg: 'd' }, 'Larix/1.2.3')).toBe('FFmpeg: d.');
  expect(fixWords({ any: 'Do it.', larix: 'c' }, 'Larix')).toBe('Do it. Larix: c.');
  expect(fixWords({ any: 'Do it.' }, undefined)).toBe('Do it.');
});
