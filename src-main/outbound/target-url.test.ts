import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTarget, readTargetUrl } from './target-url.ts';

test.each<[string, string, object]>([
  [
    'Twitch',
    'rtmp://live.twitch.tv/app',
    { tls: false, host: 'live.twitch.tv', port: 1935, app: 'app', tcUrl: 'rtmp://live.twitch.tv/app' },
  ],
  [
    'YouTube, RTMPS with its port',
    'rtmps://a.rtmps.youtube.com:443/live2',
    {
      tls: true,
      host: 'a.rtmps.youtube.com',
      port: 443,
      app: 'live2',
      tcUrl: 'rtmps://a.rtmps.youtube.com:443/live2',
    },
  ],
  [
    'YouTube backup: the query belongs to app and tcUrl',
    'rtmps://b.rtmps.youtube.com:443/live2?backup=1',
    { app: 'live2?backup=1', tcUrl: 'rtmps://b.rtmps.youtube.com:443/live2?backup=1' },
  ],
  [
    'Facebook with slash at the end',
    'rtmps://live-api-s.facebook.com:443/rtmp/',
    { app: 'rtmp', tcUrl: 'rtmps://live-api-s.facebook.com:443/rtmp' },
  ],
  ['Kick', 'rtmps://fa723fc1b171.global-contribute.live-video.net', { field: 'url' }],
  ['Amazon IVS', 'rtmps://fa723fc1b171.global-contribute.live-video.net:443/app/', { port: 443, app: 'app' }],
  ['two parts of a path', 'rtmp://host/live/inst', { app: 'live/inst', tcUrl: 'rtmp://host/live/inst' }],
  ['a slash before the query', 'rtmp://host/live/?vhost=a/b', { app: 'live?vhost=a/b' }],
  ['two question marks', 'rtmp://host/live?a=1?b=2', { app: 'live?a=1?b=2' }],
  ['many slashes', 'rtmp://host///live///', { app: 'live', tcUrl: 'rtmp://host/live' }],
  [
    'IPv6',
    'rtmp://[2001:db8::1]/live',
    { host: '2001:db8::1', port: 1935, tcUrl: 'rtmp://[2001:db8::1]/live' },
  ],
  ['IPv6 with a port', 'rtmps://[::1]:1936/live', { tls: true, host: '::1', port: 1936 }],
  ['IPv4', 'rtmp://192.0.2.7:19350/live', { host: '192.0.2.7', port: 19350 }],
  [
    'capitals in the scheme',
    'RTMPS://Example.org/live',
    { tls: true, port: 443, tcUrl: 'rtmps://Example.org/live' },
  ],
  [
    'user and password are not part of the host',
    'rtmp://me:secret@host/live',
    { host: 'host', tcUrl: 'rtmp://host/live' },
  ],
  ['a port with zeros before it', 'rtmp://host:01935/live', { port: 1935 }],
])('%s', (_, url, expected) => {
  expect(readTargetUrl(url)).toMatchObject(expected);
});

test.each([
  ['no scheme', 'live.twitch.tv/app', /rtmp:\/\/ or rtmps:\/\//],
  ['HTTP', 'https://www.twitch.tv/me', /https:\/\/ cannot be published to/],
  ['SRT', 'srt://host:9000', /srt:\/\/ cannot/],
  ['nothing', '', /must start with/],
  ['scheme alone', 'rtmp://', /no usable host/],
  ['a space', 'rtmp://my host/live', /no usable host/],
  ['a placeholder', 'rtmps://{host}/app', /no usable host/],
  ['a host without app', 'rtmp://host', /no app/],
  ['slashes for an app', 'rtmp://host///', /no app/],
  ['IPv6 without brackets', 'rtmp://2001:db8::1/live', /port "db8::1"/],
  ['port 0', 'rtmp://host:0/live', /port "0"/],
  ['port too large', 'rtmp://host:65536/live', /port "65536"/],
  ['an empty port', 'rtmp://host:/live', /port ""/],
  ['words for a port', 'rtmp://host:abc/live', /port "abc"/],
  // Root cause: the port was read with Number(), which takes more than digits.
  ['a hexadecimal port', 'rtmp://host:0x50/live', /port "0x50"/],
  ['an exponent for a port', 'rtmp://host:1e3/live', /port "1e3"/],
])('%s is refused, naming the field', (_, url, words) => {
  const fault = readTargetUrl(url);
  expect(fault).toMatchObject({ field: 'url' });
  expect('message' in fault ? fault.message : '').toMatch(words);
});

test.each<[string, string, string, string, string]>([
  ['a plain key', 'rtmp://live.twitch.tv/app', 'live_1_abc', 'app', 'live_1_abc'],
  [
    'a test key: its query stays with it',
    'rtmp://live.twitch.tv/app',
    'live_1_abc?bandwidthtest=true',
    'app',
    'live_1_abc?bandwidthtest=true',
  ],
  [
    'YouTube backup',
    'rtmps://b.rtmps.youtube.com/live2?backup=1',
    'abcd-efgh',
    'live2?backup=1',
    'abcd-efgh',
  ],
  [
    'Facebook',
    'rtmps://live-api-s.facebook.com:443/rtmp/',
    'FB-1-0-Ab?s_bl=1&s_ps=1&a=x/y',
    'rtmp',
    'FB-1-0-Ab?s_bl=1&s_ps=1&a=x/y',
  ],
  ['a key with slashes', 'rtmp://host/app', 'a/b/c', 'app', 'a/b/c'],
  ['a key with a slash first', 'rtmp://host/app', '/key', 'app', '/key'],
  ['no key: the last part of the path', 'rtmp://host/live/my-key', '', 'live', 'my-key'],
  ['no key: slash at the end', 'rtmp://host/live/my-key/', '', 'live', 'my-key'],
  ['no key: three parts', 'rtmp://host/a/b/my-key', '', 'a/b', 'my-key'],
])('%s', (_, url, key, app, streamName) => {
  const target = readTarget(url, key);
  expect(target).toMatchObject({ streamName, address: { app } });
  if ('address' in target) expect(target.address.tcUrl.endsWith(`/${app}`)).toBe(true);
});

test.each([
  ['rtmp://host/live', 'streamKey'],
  ['rtmp://host/live2?backup=1', 'streamKey'],
  ['rtmp://host', 'url'],
])('%s without a key names the field', (url, field) => {
  expect(readTarget(url, '')).toMatchObject({ field });
});

test('any text gives an address that can be dialled, or a fault in words; never more', () => {
  const part = fc.constantFrom(
    'rtmp://',
    'rtmps://',
    'host',
    '[::1]',
    ':443',
    ':',
    '/',
    '?',
    '@',
    'live',
    ' ',
    '{',
    '#',
    '%',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(part, { maxLength: 10 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, text, (url, key) => {
      const target = readTarget(url, key);
      if ('field' in target) {
        expect(target.message.length).toBeGreaterThan(20);
        return;
      }
      const { host, port, app } = target.address;
      expect(host).not.toMatch(/[\s/?#[\]]|^$/);
      expect(port >= 1 && port <= 65535 && Number.isInteger(port)).toBe(true);
      expect([app === '', target.streamName === '']).toEqual([false, false]);
      if (key !== '') expect(target.streamName).toBe(key);
    }),
    { numRuns: 1_000 },
  );
});

test('one line as some services hand it out: the query behind the last part belongs to the key', () => {
  expect(readTarget('rtmp://push.example.com/app/stream?auth_key=1-0-0-ab/c', '')).toMatchObject({
    address: { app: 'app', tcUrl: 'rtmp://push.example.com/app' },
    streamName: 'stream?auth_key=1-0-0-ab/c',
  });
  expect(readTarget('rtmps://b.rtmps.youtube.com:443/live2?backup=1', '')).toMatchObject({
    field: 'streamKey',
  });
});
