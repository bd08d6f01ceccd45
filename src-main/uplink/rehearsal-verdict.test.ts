import { expect, test } from 'vitest';
import type { RehearsalRow } from '../../src-shared/model/rehearsal.ts';
import { rehearsalVerdict } from './rehearsal-verdict.ts';

function row(name: string, parts: Partial<RehearsalRow> = {}): RehearsalRow {
  return {
    targetId: name,
    name,
    way: 'platform',
    state: 'done',
    connectMs: 300,
    bytesSent: 22_000_000,
    kbps: 6_000,
    offeredKbps: 0,
    worstKbps: 5_500,
    worstQueueMs: 80,
    droppedFrames: 0,
    message: '',
    ...parts,
  };
}

const NOT_SENT = { state: 'failed', bytesSent: 0, kbps: 0 } as const;

test('every platform got all of it, evenly: good', () => {
  expect(rehearsalVerdict([row('Twitch', { kbps: 5_880 }), row('YouTube')], 6_000)).toEqual({
    word: 'good',
    message:
      'Your line carried 2 targets at 6.0 Mbit/s each, 11.9 in sum, without a pause. Leave the rest of the line free while you are live.',
  });
});

test.each([
  ['a little less than all', { kbps: 5_879 }],
  ['a queue of a second', { worstQueueMs: 1_000 }],
  ['a dropped frame', { droppedFrames: 1 }],
  ['nine tenths', { kbps: 5_400 }],
])('%s: tight', (_, parts) => {
  expect(rehearsalVerdict([row('Twitch'), row('Kick', parts)], 6_000).word).toBe('tight');
});

test('tight says by which signs, and which video bitrate leaves a reserve', () => {
  const rows = [row('Twitch'), row('Kick', { kbps: 5_500, worstQueueMs: 2_340, droppedFrames: 12 })];
  // 11 500 * 0.8 / 2 - 160 = 4440
  expect(rehearsalVerdict(rows, 6_000).message).toBe(
    'It just fits: Kick got 5.5 of 6.0 Mbit/s, up to 2.3 s of the stream waited and 12 frames were dropped. For 2 targets with a reserve of 20 %, set the video bitrate in the encoder to 4400 kbit/s, or switch off a target.',
  );
});

test('below nine tenths: too slow, with how many targets it carries and which bitrate fits all', () => {
  const rows = ['Twitch', 'YouTube', 'Kick'].map((name) => row(name, { kbps: 3_000, worstQueueMs: 5_000 }));
  // 9 000 * 0.8 = 7 200: one at 6 000; each 2 400 - 160 = 2 240
  expect(rehearsalVerdict(rows, 6_000)).toEqual({
    word: 'too-slow',
    message:
      '3 targets at 6.0 Mbit/s each need 18.0 Mbit/s; 9.0 got through. With a reserve of 20 % that is enough for 1 target at this bitrate. For 3 targets with a reserve of 20 %, set the video bitrate in the encoder to 2200 kbit/s, or switch off a target.',
  });
  expect(rehearsalVerdict(rows, 6_000, 320).message).toContain('to 2000 kbit/s');
});

test('too slow for even one, and for any picture', () => {
  const { word, message } = rehearsalVerdict([row('Twitch', { kbps: 400 })], 6_000);
  expect(word).toBe('too-slow');
  expect(message).toContain('not enough for even one target');
  expect(message).toContain('No video bitrate fits 1 target');
});

test('rows on this computer do not count', () => {
  const local = row('Kick', { way: 'local', kbps: 100, worstQueueMs: 9_000, droppedFrames: 99 });
  expect(rehearsalVerdict([row('Twitch'), local], 6_000).word).toBe('good');
  const only = rehearsalVerdict([local], 6_000);
  expect(only.word).toBe('unknown');
  expect(only.message).toContain('All targets were rehearsed on this computer');
});

test('a platform that took nothing leaves the word open, and is named', () => {
  const { word, message } = rehearsalVerdict([row('Twitch'), row('Kick', NOT_SENT)], 6_000);
  expect(word).toBe('unknown');
  expect(message).toContain('Kick took no stream and is not part of this');
  const slow = rehearsalVerdict([row('Twitch', { kbps: 3_000 }), row('Kick', NOT_SENT)], 6_000);
  expect(slow.word).toBe('too-slow');
  // Both are to be live in the show: 3 000 * 0.8 / 2 - 160 = 1 040
  expect(slow.message).toContain(
    'For 2 targets with a reserve of 20 %, set the video bitrate in the encoder to 1000',
  );
});

test('nothing was measured: unknown, and why', () => {
  expect(rehearsalVerdict([], 6_000)).toEqual({ word: 'unknown', message: 'No target was rehearsed.' });
  expect(rehearsalVerdict([row('Twitch', NOT_SENT)], 6_000)).toMatchObject({
    word: 'unknown',
    message: expect.stringContaining('Nothing got through to Twitch') as string,
  });
  expect(rehearsalVerdict([row('Twitch')], 0)).toMatchObject({
    word: 'unknown',
    message: expect.stringContaining('bitrate is not known') as string,
  });
});
