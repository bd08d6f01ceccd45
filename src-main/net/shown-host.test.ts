import { isIPv4 } from 'node:net';
import { expect, test } from 'vitest';
import { bracketed, dialableHost, shownHost } from './shown-host.ts';

test('all interfaces are dialled as this computer', () => {
  expect(['0.0.0.0', '::', '192.0.2.1', 'localhost'].map(dialableHost)).toEqual([
    '127.0.0.1',
    '::1',
    '192.0.2.1',
    'localhost',
  ]);
});

test('IPv6 stands in brackets', () => {
  expect([bracketed('::1'), bracketed('127.0.0.1'), shownHost('2001:db8::1')]).toEqual([
    '[::1]',
    '127.0.0.1',
    '[2001:db8::1]',
  ]);
});

test('all interfaces are shown as an address that can be typed', () => {
  for (const host of ['0.0.0.0', '::']) expect(isIPv4(shownHost(host))).toBe(true);
});
