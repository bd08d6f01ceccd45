import { expect, test } from 'vitest';
import { FIRST_SETTINGS } from '../settings/settings.ts';
import { parseFlags } from './flags.ts';
import { whereToListen } from './where-to-listen.ts';

const SAVED = {
  ...FIRST_SETTINGS,
  rtmpHost: '0.0.0.0',
  rtmpPort: 1940,
  rtmpsPort: 1941,
  httpPort: 9000,
} as const;

function where(args: readonly string[], settings: Parameters<typeof whereToListen>[1] = FIRST_SETTINGS) {
  const asked = parseFlags(args);
  if (asked.type !== 'run') throw new Error(`not flags to run with: ${args.join(' ')}`);
  return whereToListen(asked.flags, settings);
}

test('a first start without flags listens where the documents say', () => {
  expect(where([])).toEqual({
    rtmpHost: '127.0.0.1',
    rtmpPort: 1935,
    rtmps: undefined,
    httpHost: '127.0.0.1',
    httpPort: 8935,
    byFlag: [],
  });
});

test('what was saved is used', () => {
  expect(where([], SAVED)).toEqual({
    rtmpHost: '0.0.0.0',
    rtmpPort: 1940,
    rtmps: { port: 1941, own: undefined },
    httpHost: '127.0.0.1',
    httpPort: 9000,
    byFlag: [],
  });
});

test('a flag comes before what was saved, and is named; the others stay', () => {
  const args = ['--rtmp-port', '0', '--rtmps-port', '2000', '--rtmp-host', '127.0.0.1'];
  expect(where(args, SAVED)).toMatchObject({
    rtmpHost: '127.0.0.1',
    rtmpPort: 0,
    rtmps: { port: 2000 },
    httpPort: 9000,
    byFlag: ['rtmpHost', 'rtmpPort', 'rtmpsPort'],
  });
});
