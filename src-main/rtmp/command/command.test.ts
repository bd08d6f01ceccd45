import { expect, test } from 'vitest';
import { readAmf0All } from '../../amf/amf0-read.ts';
import { readCommand, writeCommand } from './command-message.ts';
import { readConnectRequest, writeConnect, writeConnectSuccess } from './connect.ts';
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

test('type 17: a format byte of 0, then AMF0; some leave it out', () => {
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
  expect(readConnectRequest(undefined)).toEqual({ app: '', tcUrl: '', flashVer: undefined });
  expect(readConnectRequest({ app: 1, tcUrl: null, flashVer: true })).toEqual({
    app: '',
    tcUrl: '',
    flashVer: undefined,
  });
});

test('connect, as it goes out: E-RTMP capabilities with it', () => {
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

test('the answer to connect: E-RTMP capabilities among the properties', () => {
  const [name, transactionId, properties, info] = readAmf0All(writeConnectSuccess(1));
  expect([name, transactionId]).toEqual(['_result', 1]);
  expect(properties).toMatchObject({
    fmsVer: 'FMS/3,5,7,7009',
    capabilities: 31,
    videoFourCcInfoMap: { '*': 4 },
    audioFourCcInfoMap: { '*': 4 },
    capsEx: 14,
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
