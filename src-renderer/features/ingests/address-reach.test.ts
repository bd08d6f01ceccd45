import { expect, it } from 'vitest';
import { isOnThisComputerOnly } from './address-reach.ts';

it.each([
  ['rtmp://127.0.0.1:1935/live', true],
  ['rtmp://localhost/live', true],
  ['rtmp://[::1]:1935/live', true],
  ['rtmp://192.168.1.20:1935/live', false],
  ['rtmps://studio.example/live', false],
])('%s: %s', (url, expected) => {
  expect(isOnThisComputerOnly(url)).toBe(expected);
});
