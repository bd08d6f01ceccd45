import { expect, test } from 'vitest';
import { hostInUrl } from '../net/shown-host.ts';
import { readyLine, readyText } from './ready-line.ts';

const READY = {
  rtmpUrl: 'rtmp://127.0.0.1:1935/live',
  httpUrl: 'http://127.0.0.1:8935',
  uiUrl: 'http://127.0.0.1:8935/?token=t',
  token: 't',
  pid: 123,
};

test('the ready line has its fixed form', () => {
  expect(readyLine(READY)).toBe(
    '{"event":"ready","rtmpUrl":"rtmp://127.0.0.1:1935/live","httpUrl":"http://127.0.0.1:8935","uiUrl":"http://127.0.0.1:8935/?token=t","token":"t","pid":123}',
  );
});

test('people get the same addresses', () => {
  expect(readyText(READY)).toContain(READY.uiUrl);
  expect(readyText(READY)).toContain(READY.rtmpUrl);
});

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::1', '[::1]'],
  ['0.0.0.0', '127.0.0.1'],
  ['::', '[::1]'],
  ['studio.lan', 'studio.lan'],
])('%s is written %s', (host, written) => {
  expect(hostInUrl(host)).toBe(written);
});
