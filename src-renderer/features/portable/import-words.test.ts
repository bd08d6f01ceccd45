import { expect, test } from 'vitest';
import type { ImportEntry } from '../../../src-shared/model/target-import.ts';
import { consequences, originWords } from './import-words.ts';

const entry: ImportEntry = {
  id: '1',
  profile: null,
  name: 'Main channel',
  platform: 'twitch',
  url: 'rtmp://live.twitch.tv/app',
  streamKey: '••••abcd',
  match: 'new',
  matches: null,
  differs: [],
  notes: [],
};

test('where it comes from is said with the masked key', () => {
  expect(originWords(entry, 'Twitch')).toBe('Twitch, key ••••abcd');
  expect(originWords({ ...entry, profile: 'Stream' }, 'Twitch')).toBe(
    'OBS profile “Stream” → Twitch, key ••••abcd',
  );
  expect(originWords({ ...entry, profile: 'Stream', streamKey: '' }, 'Twitch')).toBe(
    'OBS profile “Stream” → Twitch',
  );
});

test('a new one with its key needs no words; a second one and a missing key do', () => {
  expect(consequences(entry)).toEqual([]);
  expect(consequences({ ...entry, match: 'same', matches: 'A' }).join()).toContain('same as “A”');
  const differing = consequences({
    ...entry,
    match: 'differs',
    matches: 'A',
    differs: ['stream-key', 'delay'],
  });
  expect(differing.join()).toContain('but for: stream key, delay.');
  expect(consequences({ ...entry, streamKey: '' }).join()).toContain('without its stream key');
  expect(consequences({ ...entry, streamKey: '', platform: 'rehearsal' })).toEqual([]);
  const unusable: ImportEntry = { ...entry, streamKey: '', match: 'unusable', notes: ['No.'] };
  expect(consequences(unusable)).toEqual(['No.']);
});
