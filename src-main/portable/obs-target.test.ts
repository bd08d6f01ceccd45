import { expect, test } from 'vitest';
import { NO_PLATFORM_LIMITS, type PlatformPreset } from '../../src-shared/model/platform-preset.ts';
import type { ObsService } from './obs-profiles.ts';
import { obsTarget } from './obs-target.ts';

const preset = (id: string, name: string, urls: readonly string[]): PlatformPreset => ({
  id,
  name,
  category: 'platform',
  servers: urls.map((url) => ({ label: url, url, unconfirmed: false })),
  serverUrlIsPerUser: false,
  backupUrl: null,
  bandwidthTest: null,
  keyHint: null,
  keyUrl: null,
  limits: NO_PLATFORM_LIMITS,
  notes: '',
  unconfirmed: false,
});

const options = {
  presets: [
    preset('twitch', 'Twitch', ['rtmp://live.twitch.tv/app', 'rtmp://live-fra.twitch.tv/app']),
    preset('youtube', 'YouTube Live', ['rtmps://a.rtmps.youtube.com:443/live2']),
    preset('facebook', 'Facebook Live', ['rtmps://rtmp-api.facebook.com:443/rtmp/']),
    preset('restream', 'Restream.io', ['rtmp://live.restream.io/live']),
    preset('x', 'X (Twitter / Periscope ingest)', ['rtmp://va.pscp.tv:80/x']),
  ],
  custom: 'custom',
  isOwnRelay: (url: string) => url.startsWith('rtmp://127.0.0.1:1935/'),
};

function take(settings: Partial<ObsService>) {
  const service = {
    type: 'rtmp_common',
    service: '',
    server: '',
    key: 'k',
    use_auth: false,
    username: '',
    password: '',
  };
  return obsTarget({ name: 'Stream', service: { ...service, ...settings } }, options);
}

test.each([
  ['Twitch', 'auto', 'twitch', 'rtmp://live.twitch.tv/app'],
  ['Twitch', 'rtmp://live-fra.twitch.tv/app', 'twitch', 'rtmp://live-fra.twitch.tv/app'],
  [
    'YouTube - RTMPS',
    'rtmps://a.rtmps.youtube.com:443/live2',
    'youtube',
    'rtmps://a.rtmps.youtube.com:443/live2',
  ],
  [
    'Facebook Live',
    'rtmps://live-api-s.facebook.com:443/rtmp/',
    'facebook',
    'rtmps://live-api-s.facebook.com:443/rtmp/',
  ],
  ['Restream.io', 'rtmp://berlin.restream.io/live', 'restream', 'rtmp://berlin.restream.io/live'],
  ['Twitter', 'rtmp://fa.pscp.tv:80/x', 'x', 'rtmp://fa.pscp.tv:80/x'],
  ['Some Service', 'rtmp://some.service/live', 'custom', 'rtmp://some.service/live'],
])('the service %s at %s is %s', (service, server, platform, url) => {
  expect(take({ service, server })).toMatchObject({
    target: { platform, url },
    secrets: { streamKey: 'k' },
    problem: undefined,
  });
});

test('a server of one’s own, with its sign-in only where OBS uses it', () => {
  const own = { type: 'rtmp_custom', server: 'rtmp://my.host/live', username: 'me', password: 'pw' };
  expect(take({ ...own, use_auth: true })).toEqual({
    target: { name: 'Stream', platform: 'custom', url: 'rtmp://my.host/live', user: 'me' },
    secrets: { streamKey: 'k', backupKey: '', password: 'pw', proxy: '' },
    problem: undefined,
  });
  expect(take(own)).toMatchObject({ target: { user: '' }, secrets: { password: '' } });
});

test('a custom address of a platform is that platform', () => {
  expect(take({ type: 'rtmp_custom', server: 'rtmp://live.twitch.tv/app' }).target.platform).toBe('twitch');
});

test.each([
  [{ type: 'rtmp_custom', server: 'rtmp://127.0.0.1:1935/live' }, /to this Relaydeck.*loop/],
  [
    { service: 'YouTube - HLS', server: 'https://a.upload.youtube.com/http_upload_hls' },
    /over https:.*RTMP only/,
  ],
  [{ type: 'rtmp_custom', server: 'srt://host:9000' }, /over srt:/],
  [{ type: 'whip_custom', server: 'https://host/whip' }, /WHIP.*RTMP only/],
  [{ service: 'Nobody Knows', server: 'auto' }, /chooses the server of “Nobody Knows”/],
  [{ type: 'rtmp_custom' }, /No server is set/],
])('%j is told as what cannot be a target', (settings, words) => {
  expect(take(settings).problem).toMatch(words);
});
