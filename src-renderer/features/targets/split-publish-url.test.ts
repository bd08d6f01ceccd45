import { expect, test } from 'vitest';
import { splitPublishUrl } from './split-publish-url.ts';

const KNOWN = [
  'rtmp://live.twitch.tv/app',
  'rtmp://liveorigin.dlive.nicovideo.jp/live/input',
  'rtmps://x:443/rtmp/',
];

test.each([
  ['rtmp://host/app/key', 'rtmp://host/app', 'key'],
  ['  rtmps://host:1936/app/key\n', 'rtmps://host:1936/app', 'key'],
  ['rtmp://[::1]:1935/live/key?backup=1', 'rtmp://[::1]:1935/live', 'key?backup=1'],
  ['rtmp://host/app/instance/key', 'rtmp://host/app/instance', 'key'],
  ['rtmp://host/app/key/', 'rtmp://host/app', 'key'],
  ['rtmp://live.twitch.tv/app/live_1_a', 'rtmp://live.twitch.tv/app', 'live_1_a'],
  [
    'rtmp://liveorigin.dlive.nicovideo.jp/live/input/k',
    'rtmp://liveorigin.dlive.nicovideo.jp/live/input',
    'k',
  ],
  ['rtmps://x:443/rtmp/FB-1?s_bl=1', 'rtmps://x:443/rtmp', 'FB-1?s_bl=1'],
])('%j is server and key', (pasted, url, streamKey) => {
  expect(splitPublishUrl(pasted, KNOWN)).toEqual({ url, streamKey });
});

test.each([
  'rtmp://host/app',
  'rtmp://host/app/',
  'rtmp://host',
  'rtmp://live.twitch.tv/app/',
  'rtmp://liveorigin.dlive.nicovideo.jp/live/input',
  'https://host/app/key',
  'live_1234_abcd',
  'rtmp://host/app/two words',
  '',
])('%j is not', (pasted) => {
  expect(splitPublishUrl(pasted, KNOWN)).toBeNull();
});
