import { expect, test } from 'vitest';
import type { NetworkReport, StudioSettings } from '../../../src-shared/model/studio-state.ts';
import {
  isGuardedPort,
  networkArgs,
  noPortRefusal,
  nowWords,
  startNetwork,
  waitsForStart,
} from './network-values.ts';

const NETWORK: NetworkReport = {
  rtmpHost: '127.0.0.1',
  rtmpPort: 1935,
  rtmpsPort: null,
  httpPort: 8935,
  byFlag: [],
  urls: ['rtmp://127.0.0.1:1935/live'],
};
const SETTINGS: StudioSettings = {
  rtmpHost: '127.0.0.1',
  rtmpPort: 1935,
  rtmpsPort: null,
  httpPort: 8935,
  network: NETWORK,
  keysKeptBy: 'file',
  uplinkBudgetKbps: null,
  ffmpegPath: '',
  historyDays: 90,
  ffmpeg: null,
};
const FIRST = startNetwork(SETTINGS);

test('only what was changed is sent; RTMPS that is switched off is null', () => {
  expect(networkArgs(SETTINGS, FIRST)).toEqual({});
  expect(networkArgs(SETTINGS, { ...FIRST, rtmpHost: '0.0.0.0', rtmpPort: '1940', rtmps: true })).toEqual({
    rtmpHost: '0.0.0.0',
    rtmpPort: 1940,
    rtmpsPort: 1936,
  });
  const secure = { ...SETTINGS, rtmpsPort: 1936 };
  expect(networkArgs(secure, { ...startNetwork(secure), rtmps: false })).toEqual({ rtmpsPort: null });
});

test.each(['', ' ', '0', '65536', '19.5', 'x', '-1'])('"%s" is no port, and the field is named', (text) => {
  expect(noPortRefusal({ ...FIRST, httpPort: text })).toMatchObject({
    field: 'httpPort',
    message: 'Give a whole number from 1 to 65535.',
  });
  expect(noPortRefusal({ ...FIRST, rtmps: true, rtmpsPort: text })?.field).toBe('rtmpsPort');
  expect(noPortRefusal({ ...FIRST, rtmpsPort: text })).toBeNull();
});

test('ports that most systems guard are told', () => {
  expect(['1', '1023', '1024', '0', ''].map(isGuardedPort)).toEqual([true, true, false, false, false]);
});

test('says what holds now, and which flag has set it', () => {
  expect(nowWords(SETTINGS, 'rtmpPort')).toBe('Now 1935.');
  expect(nowWords(SETTINGS, 'rtmpsPort')).toBe('Now off.');
  const flagged = { ...SETTINGS, network: { ...NETWORK, rtmpPort: 4000, byFlag: ['rtmpPort' as const] } };
  expect(nowWords(flagged, 'rtmpPort')).toBe('Now 4000, set by --rtmp-port for this start.');
});

test('what was saved waits for the next start, unless a flag has set it for this one', () => {
  const saved = { ...SETTINGS, rtmpPort: 1940 };
  const byFlag = { ...saved, network: { ...NETWORK, byFlag: ['rtmpPort' as const] } };
  expect([SETTINGS, saved, byFlag].map(waitsForStart)).toEqual([false, true, false]);
});
