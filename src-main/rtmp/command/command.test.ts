import { expect, test } from 'vitest';
import { readAmf0All } from '../../amf/amf0-read.ts';
import { ecmaArray, type AmfValue } from '../../amf/amf-value.ts';
import { usesOf } from './capabilities.ts';
import { readCommand, writeCommand } from './command-message.ts';
import { readConnectRequest, writeConnect, writeConnectSuccess } from './connect.ts';
import { readReconnectRequest, writeReconnectRequest } from './reconnect-request.ts';
import { readStatus, writeStatus } from './status.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
// createStream, transaction 4, null
const CREATE_STREAM = '02 000c 63726561746553747265616d 00 4010000000000000 05';

test('a command on the wire, read and written', () => {
  expect(writeCommand('createStream', 4, null)).toEqual(bytesOf(CREATE_STREAM));
  expect(readCommand(bytesOf(CREATE_STREAM), false)).toEqual({
    name: 'createStream',
    transactionId: 4,
    values: [null],
  });
});

test('point 11: type 17: a format byte of 0, then AMF0; some leave it out', () => {
  const expected = { name: 'createStream', transactionId: 4, values: [null] };
  expect(readCommand(bytesOf(`00 ${CREATE_STREAM}`), true)).toEqual(expected);
  expect(readCommand(bytesOf(CREATE_STREAM), true)).toEqual(expected);
});

test.each(['', '05', '00 4010000000000000'])('"%s" is a command without a name', (hex) => {
  expect(() => readCommand(bytesOf(hex), false)).toThrow(expect.objectContaining({ code: 'bad-command' }));
});

test.each([
  ['live', 'live'],
  ['/live/', 'live'],
  ['live/one//', 'live/one'],
  ['live/?token=ab/', 'live?token=ab/'],
  ['live?sig=YWJj//', 'live?sig=YWJj//'],
  ['?token=a', '?token=a'],
  ['', ''],
  ['/'.repeat(60_000), ''],
])('app %j is %j', (app, expected) => {
  expect(readConnectRequest({ app }).app).toBe(expected);
});

test('a connect that says nothing, or nothing that fits', () => {
  const nothing = {
    app: '',
    tcUrl: '',
    flashVer: undefined,
    capsEx: 0,
    fourCcs: { video: new Map(), audio: new Map() },
  };
  expect(readConnectRequest(undefined)).toEqual(nothing);
  expect(
    readConnectRequest({
      app: 1,
      tcUrl: null,
      flashVer: true,
      capsEx: '15',
      fourCcList: 'av01',
      videoFourCcInfoMap: ['av01'],
      audioFourCcInfoMap: { Opus: 'yes', 'ac-3': null },
    }),
  ).toEqual(nothing);
});

test('points 12, 26: connect, as it goes out: E-RTMP capabilities with it', () => {
  const [name, transactionId, object] = readAmf0All(
    writeConnect(1, { app: 'live?a=b', tcUrl: 'rtmp://host/live?a=b', flashVer: undefined }),
  );
  expect([name, transactionId]).toEqual(['connect', 1]);
  // Multitrack 2, ModEx 4, TimestampNanoOffset 8; Forward 4.
  expect(object).toEqual({
    app: 'live?a=b',
    type: 'nonprivate',
    flashVer: 'FMLE/3.0 (compatible; Relaydeck)',
    tcUrl: 'rtmp://host/live?a=b',
    fourCcList: ['*'],
    videoFourCcInfoMap: { '*': 4 },
    audioFourCcInfoMap: { '*': 4 },
    capsEx: 14,
  });
});

test('point 26: Reconnect 1 is offered by a client that will obey', () => {
  const target = { app: 'live', tcUrl: 'rtmp://host/live', flashVer: undefined };
  const offers = (options: { canReconnect?: boolean }): AmfValue =>
    readAmf0All(writeConnect(1, target, options))[2];
  expect(offers({ canReconnect: true })).toMatchObject({ capsEx: 15 });
  expect(offers({ canReconnect: false })).toMatchObject({ capsEx: 14 });
});

test('points 26, 27: capsEx, maps and the older list are read from connect', () => {
  const { capsEx: caps, fourCcs } = readConnectRequest({
    capsEx: 0x0b,
    fourCcList: ['av01', 'hvc1', 5, null],
    videoFourCcInfoMap: ecmaArray({ hvc1: 1, avc1: 0x17, vp09: '3' }),
    audioFourCcInfoMap: { '*': 4, Opus: 3 },
  });
  expect(caps).toBe(0x0b);
  // The map outweighs the list; bits that mean nothing go.
  expect([...fourCcs.video]).toEqual([
    ['hvc1', 1],
    ['avc1', 7],
    ['av01', 7],
  ]);
  expect([...fourCcs.audio]).toEqual([
    ['*', 4],
    ['Opus', 3],
  ]);
  expect(usesOf(fourCcs.audio, 'Opus')).toBe(7);
  expect(usesOf(fourCcs.audio, 'fLaC')).toBe(4);
  expect(usesOf(fourCcs.video, 'vvc1')).toBe(0);
});

test('point 26: "*" in the older list stands for every codec', () => {
  const { fourCcs } = readConnectRequest({ fourCcList: ['*'] });
  expect(usesOf(fourCcs.video, 'av01')).toBe(7);
});

test('64 codecs are remembered, however many are named', () => {
  const names = Array.from({ length: 500 }, (_, n) => `c${n}`);
  const map = Object.fromEntries(names.map((name) => [name, 1]));
  const { fourCcs } = readConnectRequest({
    fourCcList: names.map((name) => `l${name}`),
    videoFourCcInfoMap: map,
    audioFourCcInfoMap: map,
  });
  expect([fourCcs.video.size, fourCcs.audio.size]).toEqual([64, 64]);
});

test('point 27: the answer to connect: our own capabilities among the properties', () => {
  const [name, transactionId, properties, info] = readAmf0All(writeConnectSuccess(1));
  expect([name, transactionId]).toEqual(['_result', 1]);
  expect(properties).toMatchObject({
    fmsVer: 'FMS/3,5,7,7009',
    capabilities: 31,
    fourCcList: ['*'],
    videoFourCcInfoMap: { '*': 4 },
    audioFourCcInfoMap: { '*': 4 },
    capsEx: 15,
  });
  expect(info).toMatchObject({ level: 'status', code: 'NetConnection.Connect.Success', objectEncoding: 0 });
});

test('onStatus, written and read', () => {
  const status = { level: 'error', code: 'NetStream.Publish.BadName', description: 'No.' } as const;
  const [name, transactionId, nothing, info] = readAmf0All(writeStatus(status));
  expect([name, transactionId, nothing]).toEqual(['onStatus', 0, null]);
  expect(readStatus(info)).toEqual(status);
});

test.each([
  [undefined, { level: 'status', code: '', description: '' }],
  [
    { level: 'odd', code: 5, details: 'x' },
    { level: 'status', code: '', description: 'x' },
  ],
  [
    { level: 'warning', code: 'a' },
    { level: 'warning', code: 'a', description: '' },
  ],
])('a status of %j', (info, expected) => {
  expect(readStatus(info)).toEqual(expected);
});

const MOVED = 'rtmp://b.example/app';
test.each<[string, AmfValue, string | undefined]>([
  ['FMS and SRS', { ex: { code: 302, redirect: MOVED } }, MOVED],
  ['SRS with its stream URL beside', { ex: { code: 302, redirect: MOVED, redirect2: `${MOVED}/k` } }, MOVED],
  ['as an ECMA array', { ex: ecmaArray({ code: 302, redirect: MOVED }) }, MOVED],
  ['without the number', { ex: { redirect: MOVED } }, MOVED],
  ['at the top, as `code` already has another use', { redirect: MOVED }, MOVED],
  ['in words', { description: `[ AccessManager.Reject ] : [ code=302; redirect=${MOVED} ] : ` }, MOVED],
  ['in other words', { description: `moved, redirect: "${MOVED}".` }, MOVED],
  ['another number', { ex: { code: 403, redirect: MOVED } }, undefined],
  ['empty', { ex: { code: 302, redirect: '' } }, undefined],
  ['no text', { ex: { code: 302, redirect: 5 } }, undefined],
  ['no object', { ex: 'rtmp://x' }, undefined],
  ['no RTMP in the words', { description: 'redirect=https://b.example/' }, undefined],
  ['302 alone', { description: '[ AccessManager.Reject ] : [ code=302 ] : ' }, undefined],
])('a refusal with a redirect: %s', (_, info, expected) => {
  const status = readStatus({ level: 'error', code: 'NetConnection.Connect.Rejected', ...(info as object) });
  expect(status.redirect).toBe(expected);
  if (expected === undefined) expect(status).not.toHaveProperty('redirect');
});

test('the description stays whole, and a redirect is written as FMS does', () => {
  const status = {
    level: 'error',
    code: 'NetConnection.Connect.Rejected',
    description: `[ AccessManager.Reject ] : [ authmod=adobe ] : ?reason=needauth&user=u&salt=a+b/c==&opaque=${'x'.repeat(500)}`,
    redirect: MOVED,
  } as const;
  const [, , , info] = readAmf0All(writeStatus(status));
  expect(info).toMatchObject({ description: status.description, ex: { code: 302, redirect: MOVED } });
  expect(readStatus(info)).toEqual(status);
});

test('point 28: ReconnectRequest on the wire: onStatus, transaction 0, null, what is known', () => {
  const [name, transactionId, nothing, info] = readAmf0All(writeReconnectRequest('/other', 'Update.'));
  expect([name, transactionId, nothing]).toEqual(['onStatus', 0, null]);
  expect(Object.fromEntries(Object.entries(info as object))).toEqual({
    level: 'status',
    code: 'NetConnection.Connect.ReconnectRequest',
    tcUrl: '/other',
    description: 'Update.',
  });
  expect(readReconnectRequest(info)).toEqual({ tcUrl: '/other', description: 'Update.' });
  const bare = readAmf0All(writeReconnectRequest(undefined, undefined))[3];
  expect(Object.keys(bare as object)).toEqual(['level', 'code']);
  expect(readReconnectRequest(bare)).toEqual({ tcUrl: undefined, description: '' });
  expect(readReconnectRequest({ tcUrl: '', description: 5 })).toEqual({ tcUrl: undefined, description: '' });
});
