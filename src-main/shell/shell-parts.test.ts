import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appPage, fileOfAddress } from './app-page.ts';
import { hostsIn, mayOpenOutside } from './links.ts';
import { shellArgs } from './shell-args.ts';

test.each([
  ['app://relaydeck/', 'index.html'],
  ['app://relaydeck/index.html?x=1#y', 'index.html'],
  ['app://relaydeck/assets/index-abc.js', 'assets/index-abc.js'],
  ['app://relaydeck/../secret', 'secret'],
  ['app://relaydeck/%2e%2e/secret', 'secret'],
  ['app://relaydeck/..%2fsecret', undefined],
  ['app://relaydeck/a%5c..%5csecret', undefined],
  ['app://relaydeck/C:/secret', undefined],
  ['app://relaydeck/.env', undefined],
  ['app://relaydeck/%zz', undefined],
  ['app://other/index.html', undefined],
  ['file:///etc/passwd', undefined],
  ['nonsense', undefined],
])('the file of %s is %s', (address, file) => {
  expect(fileOfAddress(address)).toBe(file);
});

test('the page is served under a strict policy, and nothing else is', async () => {
  const files = new Map([[join('/app', 'index.html'), '<p>window</p>']]);
  const answer = appPage({
    windowDir: '/app',
    connectTo: ['http://127.0.0.1:8935'],
    read: (path) => Promise.resolve(files.has(path) ? Buffer.from(files.get(path) ?? '') : undefined),
  });
  const page = await answer({ url: 'app://relaydeck/' });
  expect([page.status, await page.text(), page.headers.get('content-type')]).toEqual([
    200,
    '<p>window</p>',
    'text/html; charset=utf-8',
  ]);
  const policy = page.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'; script-src 'self';");
  expect(policy).toContain("connect-src 'self' ws: wss: http://127.0.0.1:8935;");
  expect((await answer({ url: 'app://relaydeck/nothing.js' })).status).toBe(404);
  expect((await answer({ url: 'app://other/index.html' })).status).toBe(404);
});

const hosts = hostsIn([
  'https://dashboard.twitch.tv/settings/stream',
  null,
  'see (https://studio.youtube.com/x).',
]);

test.each([
  ['https://dashboard.twitch.tv/other', true],
  ['https://studio.youtube.com', true],
  ['https://twitch.tv.evil.example', false],
  ['http://dashboard.twitch.tv', false],
  ['https://user:pw@dashboard.twitch.tv', false],
  ['https://dashboard.twitch.tv:8443', false],
  ['file:///etc/passwd', false],
  ['ms-msdt:/id', false],
  ['nonsense', false],
  ['http://127.0.0.1:8935/api/v1/history/a1b2/report.html?token=x', true],
  ['http://127.0.0.1:8935/api/v1/history/a1b2/report.csv?token=x', true],
  ['http://127.0.0.1:8935/api/v1/state?token=x', false],
  ['http://127.0.0.1:8936/api/v1/history/a1b2/report.html', false],
])('%s may be opened outside: %s', (address, may) => {
  expect(mayOpenOutside(address, hosts, 'http://127.0.0.1:8935')).toBe(may);
});

test('only our flags are read from the line', () => {
  expect(
    shellArgs([
      '--no-sandbox',
      '--rtmp-port',
      '1940',
      '--remote-debugging-port=0',
      '--json',
      '--data-dir=/x',
      'word',
    ]),
  ).toEqual(['--rtmp-port', '1940', '--json', '--data-dir=/x']);
});
