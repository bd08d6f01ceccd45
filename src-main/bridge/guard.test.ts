import { expect, test } from 'vitest';
import { hostAllowed, originAllowed, sameToken, tokenOf, type Listening } from './guard.ts';

const local: Listening = { httpHost: '127.0.0.1', port: 8935, extraOrigins: ['app://relaydeck'] };

test.each([
  ['127.0.0.1:8935', true],
  ['LOCALHOST:8935', true],
  ['[::1]:8935', true],
  ['localhost', false],
  ['localhost:8936', false],
  ['127.0.0.1.evil.example:8935', false],
  ['evil.example:8935', false],
  ['192.168.1.7:8935', false],
  ['localhost:8935:8935', false],
  ['user@localhost:8935', false],
  ['', false],
  [undefined, false],
])('host %s: %s', (host, allowed) => {
  expect(hostAllowed(host, local)).toBe(allowed);
});

test.each([
  ['studio.lan', 'studio.lan:8935', true],
  ['studio.lan', 'other.lan:8935', false],
  ['192.168.1.7', '192.168.1.7:8935', true],
  ['fe80::1', '[fe80::1]:8935', true],
  ['0.0.0.0', '10.0.0.7:8935', true],
  ['::', '[fe80::1]:8935', true],
  ['::', 'evil.example:8935', false],
])('started with %s, host %s: %s', (httpHost, host, allowed) => {
  expect(hostAllowed(host, { ...local, httpHost })).toBe(allowed);
});

test('on port 80 the port is left out', () => {
  expect(hostAllowed('localhost', { ...local, port: 80 })).toBe(true);
});

test.each([
  [undefined, true],
  ['http://127.0.0.1:8935', true],
  ['http://localhost:8935', true],
  ['app://relaydeck', true],
  ['https://127.0.0.1:8935', false],
  ['http://127.0.0.1:3000', false],
  ['http://evil.example', false],
  ['null', false],
  ['', false],
])('origin %s: %s', (origin, allowed) => {
  expect(originAllowed(origin, local)).toBe(allowed);
});

test.each([
  ['Bearer abc', {}, 'abc'],
  ['bearer abc ', {}, 'abc'],
  ['Basic abc', {}, undefined],
  [undefined, { token: 'q' }, 'q'],
  ['Bearer abc', { token: 'q' }, 'abc'],
  [undefined, { token: ['a', 'b'] }, undefined],
  [undefined, undefined, undefined],
])('token of %s and %o: %s', (authorization, query, token) => {
  expect(tokenOf({ authorization, query })).toBe(token);
});

test('tokens are the same only when they are', () => {
  expect([sameToken('abc', 'abc'), sameToken('abd', 'abc'), sameToken('', 'abc')]).toEqual([
    true,
    false,
    false,
  ]);
});
