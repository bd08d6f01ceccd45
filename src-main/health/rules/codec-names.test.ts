import { expect, test } from 'vitest';
import { listsCodec, shownCodec, shownCodecs } from './codec-names.ts';

test.each([
  ['H.264', ['h264'], true],
  ['AVC', ['h264'], true],
  ['HEVC', ['h265'], true],
  ['HEVC', ['h264'], false],
  ['AC-3', ['ac-3'], true],
  ['E-AC-3', ['ac-3'], false],
  ['mp3-8k', ['mp3'], true],
  ['g711-u', ['g711'], true],
  ['pcm-le', ['lpcm'], true],
  ['unknown:12', ['h264', 'hevc'], false],
  ['H.264', [], false],
])('%s in %j: %s', (name, list, isThere) => {
  expect(listsCodec(list, name)).toBe(isThere);
});

test('as people write them', () => {
  expect(shownCodec('h265')).toBe('HEVC');
  expect(shownCodec('speex')).toBe('speex');
  expect(shownCodecs([])).toBe('');
  expect(shownCodecs(['h264'])).toBe('H.264');
  expect(shownCodecs(['h264', 'hevc'])).toBe('H.264 or HEVC');
  expect(shownCodecs(['aac', 'mp3', 'opus'])).toBe('AAC, MP3 or Opus');
});
