import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinBytes } from '../../bytes/join.ts';
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { seededRandom } from '../../platform/testing/seeded-random.ts';
import { writeJoinedChunks } from '../chunk/chunk-writer.ts';
import { fourWays } from '../testing/four-ways.ts';
import { commandOn, RawPeer } from '../testing/raw-peer.ts';
import { ServerSession } from './server-session.ts';
import type { ServerOutput } from './session-output.ts';

type Client = { readonly session: ServerSession; readonly client: RawPeer<ServerOutput> };

const newSession = (): ServerSession =>
  new ServerSession(
    seededRandom(1).bytes,
    (key, bytes) => new Uint8Array(createHmac('sha256', key).update(bytes).digest()),
  );

function shaken(): Client {
  const session = newSession();
  const client = new RawPeer(session);
  client.shake();
  return { session, client };
}

function accept({ session, client }: Client): void {
  try {
    session.accept(client.now);
  } finally {
    client.pull();
  }
}

function connected(): Client {
  const ends = shaken();
  ends.client.command(0, 'connect', 1, { app: 'live', tcUrl: 'rtmp://127.0.0.1/live' });
  accept(ends);
  ends.client.takeCommands();
  ends.client.events.length = 0;
  return ends;
}

function started(kind: 'publish' | 'play'): Client {
  const ends = connected();
  ends.client.command(0, 'createStream', 2, null);
  ends.client.command(1, kind, 3, null, 'key');
  accept(ends);
  ends.client.takeCommands();
  ends.client.events.length = 0;
  return ends;
}

const publishing = (): Client => started('publish');

const media = (typeId: number, streamId = 1, payload = Uint8Array.of(0xaf, 1, 2)) => ({
  typeId,
  timestamp: 40,
  streamId,
  payload,
});
const typesOf = ({ client }: Client): string[] => client.events.map((event) => event.type);
const throwing = (code: string): Error =>
  expect.objectContaining({ code, constructor: ProtocolError }) as Error;

test('points 8, 12: connect is asked, and answered after window, bandwidth and chunk size', () => {
  const ends = shaken();
  ends.client.command(0, 'connect', 1, { app: '/live/', tcUrl: 'rtmp://h/live', flashVer: 'X 1' });
  expect(ends.client.events).toEqual([
    { type: 'handshake-done', scheme: 'simple' },
    {
      type: 'connect-requested',
      request: {
        app: 'live',
        tcUrl: 'rtmp://h/live',
        flashVer: 'X 1',
        capsEx: 0,
        fourCcs: { video: new Map(), audio: new Map() },
      },
    },
  ]);
  expect(ends.client.messages).toEqual([]);
  accept(ends);
  expect(ends.client.messages.map((message) => message.typeId)).toEqual([5, 6, 20]);
  expect(ends.client.takeCommands()[0]).toMatchObject({
    name: '_result',
    transactionId: 1,
    values: [
      { fmsVer: 'FMS/3,5,7,7009', capsEx: 15 },
      { code: 'NetConnection.Connect.Success', level: 'status' },
    ],
  });
});

test('points 12, 13: the whole way to live, as an encoder goes it', () => {
  const ends = connected();
  const { client } = ends;
  client.command(0, 'releaseStream', 2, null, 'key');
  client.command(0, 'FCPublish', 3, null, 'key');
  client.command(0, 'createStream', 4, null);
  expect(client.takeCommands()).toMatchObject([
    { name: '_result', transactionId: 2 },
    { name: '_result', transactionId: 3 },
    { name: 'onFCPublish', values: [null, { code: 'NetStream.Publish.Start', description: 'key' }] },
    { name: '_result', transactionId: 4, values: [null, 1] },
  ]);
  client.command(1, 'publish', 5, null, 'key?a=b', 'live');
  expect(client.events).toEqual([{ type: 'publish-requested', streamId: 1, streamName: 'key?a=b' }]);
  expect(client.messages).toEqual([]);
  accept(ends);
  const [begin, status] = client.messages;
  expect(begin).toMatchObject({ typeId: 4, streamId: 0, payload: Uint8Array.of(0, 0, 0, 0, 0, 1) });
  expect(status).toMatchObject({ typeId: 20, streamId: 1 });
  expect(client.takeCommands()).toMatchObject([
    {
      name: 'onStatus',
      transactionId: 0,
      values: [null, { level: 'status', code: 'NetStream.Publish.Start' }],
    },
  ]);
  client.message(media(8));
  client.message(media(9));
  client.message(media(18));
  expect(client.events.slice(1)).toEqual(
    [8, 9, 18].map((typeId) => ({ type: 'message', message: media(typeId) })),
  );
});

test('the stream key is in no answer but the echo of FCPublish', () => {
  const ends = connected();
  ends.client.command(0, 'createStream', 2, null);
  ends.client.command(1, 'publish', 3, null, 'secret-key');
  accept(ends);
  expect(Buffer.from(joinBytes(ends.client.sent)).includes('secret')).toBe(false);
});

test.each([8, 9, 22])('point 12: type %d before publish ends the connection', (typeId) => {
  expect(() => shaken().client.message(media(typeId, 0))).toThrow(throwing('media-before-publish'));
  const ends = connected();
  ends.client.command(0, 'createStream', 2, null);
  expect(() => ends.client.message(media(typeId))).toThrow(throwing('media-before-publish'));
  expect(() => connected().client.message(media(typeId, 1))).toThrow(throwing('media-before-publish'));
  expect(() => started('publish').client.message(media(typeId, 2))).toThrow(throwing('media-before-publish'));
  expect(() => started('play').client.message(media(typeId))).toThrow(throwing('media-before-publish'));
});

test('data before publish is dropped', () => {
  const ends = connected();
  ends.client.message(media(18, 0));
  expect(ends.client.events).toEqual([]);
});

test('media right behind the publish command is held until accept', () => {
  const behind = joinBytes([
    writeJoinedChunks(commandOn(1, 'publish', 3, null, 'key'), 3, 128),
    writeJoinedChunks(media(9), 6, 128),
    writeJoinedChunks(media(8), 4, 128),
  ]);
  for (const way of fourWays([behind])) {
    const ends = connected();
    ends.client.command(0, 'createStream', 2, null);
    for (const piece of way.pieces) ends.client.bytes(piece);
    expect(typesOf(ends), way.name).toEqual(['publish-requested']);
    accept(ends);
    expect(typesOf(ends), way.name).toEqual(['publish-requested', 'message', 'message']);
  }
});

test('a peer that floods while publish is not answered is thrown out at 1 MiB', () => {
  const ends = connected();
  ends.client.command(0, 'createStream', 2, null);
  ends.client.command(1, 'publish', 3, null, 'key');
  const piece = new Uint8Array(64 * 1024);
  expect(() => {
    for (let n = 0; n < 17; n++) ends.client.bytes(piece);
  }).toThrow(throwing('too-many-held-bytes'));
});

test('what is wrong in held bytes comes out of accept', () => {
  const ends = connected();
  ends.client.command(0, 'createStream', 2, null);
  ends.client.bytes(
    joinBytes([writeJoinedChunks(commandOn(1, 'publish', 3, null, 'key'), 3, 128), Uint8Array.of(0xc7)]),
  );
  expect(() => accept(ends)).toThrow(throwing('chunk-stream-not-started'));
});

test('connect rejected: _error, and nothing more is read', () => {
  const ends = shaken();
  ends.client.command(0, 'connect', 1, { app: 'x' });
  ends.client.bytes(writeJoinedChunks(commandOn(0, 'createStream', 2, null), 3, 128));
  ends.session.reject('NetConnection.Connect.InvalidApp', 'No such app.');
  ends.client.pull();
  ends.client.command(0, 'createStream', 3, null);
  expect(ends.client.takeCommands()).toEqual([
    {
      name: '_error',
      transactionId: 1,
      values: [
        null,
        { level: 'error', code: 'NetConnection.Connect.InvalidApp', description: 'No such app.' },
      ],
    },
  ]);
});

test('publish rejected: onStatus on its stream, and media that was on its way makes no second error', () => {
  const ends = connected();
  ends.client.command(0, 'createStream', 2, null);
  ends.client.command(1, 'publish', 3, null, 'key');
  ends.client.takeCommands();
  ends.client.message(media(9));
  ends.session.reject('NetStream.Publish.BadName', 'Taken.');
  ends.client.pull();
  ends.client.message(media(9));
  expect(ends.client.messages[0]?.streamId).toBe(1);
  expect(ends.client.takeCommands()).toMatchObject([
    { name: 'onStatus', values: [null, { level: 'error', code: 'NetStream.Publish.BadName' }] },
  ]);
  expect(typesOf(ends)).toEqual(['publish-requested']);
});

test('messages before publish end at 64 KiB, after it at 8 MiB', () => {
  const header = (length: string): Uint8Array =>
    Uint8Array.from(Buffer.from(`06000000${length}0901000000`, 'hex'));
  expect(() => connected().client.bytes(header('010001'))).toThrow(throwing('message-too-long'));
  const ends = started('publish');
  ends.client.bytes(header('800000'));
  expect(() => started('publish').client.bytes(header('800001'))).toThrow(throwing('message-too-long'));
});

test('an unknown command is answered with _error, unless it asks for no answer', () => {
  const ends = connected();
  ends.client.command(0, 'FCMakeCoffee', 9, null);
  ends.client.command(0, 'FCMakeCoffee', 0, null);
  expect(ends.client.takeCommands()).toMatchObject([
    {
      name: '_error',
      transactionId: 9,
      values: [null, { level: 'error', code: 'NetConnection.Call.Failed' }],
    },
  ]);
});

test('8 message streams and no more, until one is deleted', () => {
  const ends = connected();
  for (let n = 1; n <= 9; n++) ends.client.command(0, 'createStream', n, null);
  const answers = ends.client.takeCommands();
  expect(answers.slice(0, 8).map((answer) => answer.values[1])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(answers[8]).toMatchObject({ name: '_error', transactionId: 9 });
  ends.client.command(0, 'deleteStream', 10, null, 3);
  ends.client.command(0, 'createStream', 11, null);
  expect(ends.client.takeCommands()).toMatchObject([
    { name: '_result', transactionId: 11, values: [null, 9] },
  ]);
});

test.each([
  ['FCUnpublish', 0, ['key']],
  ['deleteStream', 0, [1]],
  ['deleteStream', 1, []],
  ['closeStream', 1, []],
  ['publish', 1, [false]],
] as const)('%s on %d ends publishing, once', (name, streamId, values) => {
  const ends = started('publish');
  ends.client.command(streamId, name, 0, null, ...values);
  expect(ends.client.events).toEqual([{ type: 'unpublished', streamId: 1 }]);
  expect(ends.client.takeCommands()).toMatchObject([
    { name: 'onStatus', values: [null, { code: 'NetStream.Unpublish.Success' }] },
  ]);
  // The rest of a goodbye, and media that crossed it.
  ends.client.message(media(9));
  ends.client.message(media(22));
  ends.client.command(0, 'FCUnpublish', 0, null, 'key');
  ends.client.command(1, 'closeStream', 0, null);
  ends.client.command(0, 'deleteStream', 0, null, 1);
  ends.client.message(media(8));
  expect(typesOf(ends)).toEqual(['unpublished']);
});

test('a stream that was unpublished may be published again', () => {
  const ends = started('publish');
  ends.client.command(1, 'closeStream', 0, null);
  ends.client.command(1, 'publish', 4, null, 'key');
  accept(ends);
  ends.client.message(media(9));
  expect(typesOf(ends)).toEqual(['unpublished', 'publish-requested', 'message']);
});

test('play: begin, reset and start; then the end', () => {
  const ends = connected();
  ends.client.command(0, 'createStream', 2, null);
  ends.client.command(1, 'play', 3, null, 'key', -2000);
  expect(ends.client.events).toEqual([{ type: 'play-requested', streamId: 1, streamName: 'key' }]);
  ends.client.takeCommands();
  accept(ends);
  expect(ends.client.messages.map((m) => [m.typeId, m.streamId])).toEqual([
    [4, 0],
    [20, 1],
    [20, 1],
  ]);
  expect(ends.client.takeCommands()).toMatchObject([
    { values: [null, { code: 'NetStream.Play.Reset' }] },
    { values: [null, { code: 'NetStream.Play.Start' }] },
  ]);
  ends.session.endPlay(1);
  ends.session.endPlay(1);
  ends.client.pull();
  expect(ends.client.messages[0]?.payload).toEqual(Uint8Array.of(0, 1, 0, 0, 0, 1));
  expect(ends.client.takeCommands()).toMatchObject([
    { values: [null, { code: 'NetStream.Play.UnpublishNotify' }] },
    { values: [null, { code: 'NetStream.Play.Stop' }] },
  ]);
});

test('a player pauses, plays on and stops', () => {
  const ends = started('play');
  ends.client.command(1, 'pause', 0, null, true, 0);
  ends.client.command(1, 'pauseRaw', 0, null, false, 0);
  ends.client.command(1, 'closeStream', 0, null);
  ends.client.command(1, 'pause', 0, null, true, 0);
  expect(ends.client.events).toEqual([
    { type: 'pause-changed', streamId: 1, paused: true },
    { type: 'pause-changed', streamId: 1, paused: false },
    { type: 'play-stopped', streamId: 1 },
  ]);
  expect(ends.client.takeCommands()).toMatchObject([
    { values: [null, { code: 'NetStream.Pause.Notify' }] },
    { values: [null, { code: 'NetStream.Unpause.Notify' }] },
  ]);
});

test('a player may ask for the length, to seek, and to subscribe', () => {
  const ends = started('play');
  ends.client.command(0, 'getStreamLength', 5, null, 'key');
  ends.client.command(1, 'seek', 0, null, 1000);
  ends.client.command(0, 'FCSubscribe', 0, null, 'key');
  ends.client.command(1, 'receiveAudio', 0, null, true);
  expect(ends.client.takeCommands()).toMatchObject([
    { name: '_result', transactionId: 5, values: [null, 0] },
    { name: 'onStatus', values: [null, { level: 'error', code: 'NetStream.Seek.Failed' }] },
    { name: 'onFCSubscribe', values: [null, { description: 'key' }] },
  ]);
});

test('points 10, 11: aggregates come apart, data of type 15 comes as 18', () => {
  const ends = started('publish');
  const parts = '080000010000640000000001' + '0000000c' + '090000010000780000000002' + '0000000c';
  ends.client.message({ ...media(22), payload: Uint8Array.from(Buffer.from(parts, 'hex')) });
  ends.client.message(media(15, 1, Uint8Array.of(0, 2, 0, 1, 0x61)));
  expect(ends.client.events).toEqual([
    { type: 'message', message: { typeId: 8, timestamp: 40, streamId: 1, payload: Uint8Array.of(1) } },
    { type: 'message', message: { typeId: 9, timestamp: 60, streamId: 1, payload: Uint8Array.of(2) } },
    {
      type: 'message',
      message: { typeId: 18, timestamp: 40, streamId: 1, payload: Uint8Array.of(2, 0, 1, 0x61) },
    },
  ]);
});

test('point 9: a ping is answered when librtmp sends it first on chunk stream 2, as type 1', () => {
  const ends = connected();
  ends.client.bytes(Uint8Array.from(Buffer.from('42000000000006' + '04' + '0006' + '01020304', 'hex')));
  expect(ends.client.messages).toMatchObject([{ typeId: 4, payload: Uint8Array.of(0, 7, 1, 2, 3, 4) }]);
});

test('pings begin with publish; their answers measure the round trip', () => {
  const ends = started('publish');
  expect(ends.session.deadline).toBe(5000);
  ends.session.tick(5000);
  ends.client.pull();
  expect(ends.client.messages).toMatchObject([{ typeId: 4, payload: Uint8Array.of(0, 6, 0, 0, 0x13, 0x88) }]);
  ends.client.now = 5033;
  ends.client.control(4, Uint8Array.of(0, 7, 0, 0, 0x13, 0x88));
  expect(ends.client.events).toEqual([{ type: 'round-trip', ms: 33 }]);
});

test('point 8: acknowledgements count the handshake too', () => {
  const ends = connected();
  ends.client.control(5, Uint8Array.of(0, 0, 0, 1));
  ends.client.messages.length = 0;
  const before = 3073 + 12 + joinedConnectBytes() + 16;
  ends.client.control(99, new Uint8Array(0));
  const [acknowledgement] = ends.client.messages;
  expect(acknowledgement).toMatchObject({ typeId: 3, streamId: 0 });
  expect(Buffer.from(acknowledgement?.payload ?? []).readUInt32BE()).toBe(before + 12);
});

function joinedConnectBytes(): number {
  const connect = commandOn(0, 'connect', 1, { app: 'live', tcUrl: 'rtmp://127.0.0.1/live' });
  return connect.payload.length;
}

test('point 10: shared objects and types unknown are dropped, and break nothing', () => {
  const { client } = publishing();
  for (const typeId of [0, 7, 10, 16, 19, 21, 23, 255]) client.message(media(typeId));
  expect(client.events).toEqual([]);
  client.message(media(8));
  expect(client.events).toEqual([{ type: 'message', message: media(8) }]);
});

test('point 8: a publisher is read on and acknowledged, however little it hears', () => {
  const { client } = publishing();
  client.control(5, Uint8Array.of(0, 0, 0x10, 0));
  client.messages.length = 0;
  for (let n = 0; n < 10; n++) client.message(media(9, 1, new Uint8Array(4_000).fill(0x27)));
  const totals = client.messages.filter((message) => message.typeId === 3);
  // 4,043 bytes each on the wire: every second one fills the window of 4,096.
  expect(totals).toHaveLength(5);
  expect(client.messages.every((message) => message.typeId === 3)).toBe(true);
});

test('point 1: the server says nothing between S2 and connect, whatever cut C2 has', () => {
  const session = newSession();
  const client = new RawPeer(session);
  client.bytes(new Uint8Array(1537).fill(3, 0, 1));
  expect(joinBytes(client.sent)).toHaveLength(3073);
  for (let n = 0; n < 1536; n++) client.bytes(Uint8Array.of(n & 0xff));
  expect(joinBytes(client.sent)).toHaveLength(3073);
  expect(client.events).toEqual([{ type: 'handshake-done', scheme: 'simple' }]);
});

test('point 11: connect in type 17, a value in AMF3 behind its marker, AMF0 again behind that', () => {
  const ends = shaken();
  const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  // Format byte 0; "connect"; 1; an ECMA array: app in AMF0, tcUrl as an AMF3 string behind 0x11, capsEx in AMF0.
  const payload = bytes(
    '00 02 0007 636f6e6e656374 00 3ff0000000000000' +
      ' 08 00000003 0003 617070 02 0004 6c697665 0005 746355726c 11 06 0f 72746d703a2f2f' +
      ' 0006 636170734578 00 402e000000000000 000009',
  );
  ends.client.message({ typeId: 17, timestamp: 0, streamId: 0, payload });
  expect(ends.client.events.at(-1)).toMatchObject({ request: { app: 'live', tcUrl: 'rtmp://', capsEx: 15 } });
});

test('point 11: commands in AMF3 messages are read', () => {
  const ends = connected();
  const { payload } = commandOn(0, 'createStream', 2, null);
  ends.client.message({
    typeId: 17,
    timestamp: 0,
    streamId: 0,
    payload: joinBytes([Uint8Array.of(0), payload]),
  });
  expect(ends.client.takeCommands()).toMatchObject([{ name: '_result', values: [null, 1] }]);
});

test.each([
  { what: 'createStream before connect', open: shaken, name: 'createStream', code: 'command-before-connect' },
  { what: 'a second connect', open: connected, name: 'connect', code: 'connected-twice' },
  { what: 'publish without a name', open: connected, name: 'publish', value: 5, code: 'no-stream-name' },
  {
    what: 'publish on the connection itself',
    open: connected,
    name: 'publish',
    value: 'key',
    code: 'no-such-stream',
  },
  {
    what: 'play on a stream never created',
    open: connected,
    on: 5,
    name: 'play',
    value: 'key',
    code: 'no-such-stream',
  },
  { what: 'publish twice', open: publishing, on: 1, name: 'publish', value: 'key', code: 'stream-in-use' },
  {
    what: 'play where it publishes',
    open: publishing,
    on: 1,
    name: 'play',
    value: 'key',
    code: 'stream-in-use',
  },
])('$what ends the connection', ({ open, on = 0, name, value = null, code }) => {
  expect(() => open().client.command(on, name, 7, null, value)).toThrow(throwing(code));
});

test('a second connect behind the first waits for its answer, and then ends the connection', () => {
  const ends = shaken();
  const connect = writeJoinedChunks(commandOn(0, 'connect', 1, { app: 'live' }), 3, 128);
  ends.client.bytes(joinBytes([connect, connect]));
  expect(typesOf(ends)).toEqual(['handshake-done', 'connect-requested']);
  expect(() => accept(ends)).toThrow(throwing('connected-twice'));
});

test('200 commands at once, then 50 a second, for ever', () => {
  const { client } = connected();
  const command = (): void => client.command(0, 'receiveAudio', 0, null, true);
  for (let n = 2; n <= 200; n++) command();
  for (let second = 0; second < 100; second++) {
    client.now += 1_000;
    for (let n = 0; n < 50; n++) command();
  }
  expect(command).toThrow(throwing('too-many-commands'));
});

test('10,000 createStream in one piece end at the 201st command, held ones too', () => {
  const createStream = writeJoinedChunks(commandOn(0, 'createStream', 2, null), 3, 128);
  const flood = joinBytes(Array.from({ length: 10_000 }, () => createStream));
  const { client } = connected();
  expect(() => client.bytes(flood)).toThrow(throwing('too-many-commands'));
  expect(client.messages).toHaveLength(199);
  const held = shaken();
  held.client.command(0, 'connect', 1, { app: 'live' });
  held.client.bytes(flood);
  expect(() => accept(held)).toThrow(throwing('too-many-commands'));
});

test('commands that cannot be read count too', () => {
  const { client } = connected();
  for (let n = 2; n <= 200; n++) client.command(0, 'x', 0, null);
  expect(() => client.message({ typeId: 17, timestamp: 0, streamId: 0, payload: Uint8Array.of(99) })).toThrow(
    throwing('too-many-commands'),
  );
});

test('point 28: a request to reconnect goes to a client that can, on the connection', () => {
  const ends = shaken();
  ends.client.command(0, 'connect', 1, { app: 'live', capsEx: 1 });
  expect(ends.session.requestReconnect('/other', 'Update.')).toBe(false);
  accept(ends);
  ends.client.takeCommands();
  expect(ends.session.requestReconnect('//b.example/live', 'Update.')).toBe(true);
  ends.client.pull();
  expect(ends.client.messages).toMatchObject([{ typeId: 20, streamId: 0 }]);
  expect(ends.client.takeCommands()).toMatchObject([
    {
      name: 'onStatus',
      transactionId: 0,
      values: [
        null,
        {
          level: 'status',
          code: 'NetConnection.Connect.ReconnectRequest',
          tcUrl: '//b.example/live',
          description: 'Update.',
        },
      ],
    },
  ]);
});

test.each([0, 14, undefined, 'x'])('point 28: and to none with capsEx %s', (caps) => {
  const ends = shaken();
  ends.client.command(0, 'connect', 1, { app: 'live', capsEx: caps });
  accept(ends);
  ends.client.takeCommands();
  expect(ends.session.requestReconnect()).toBe(false);
  expect(ends.session.takeOutputs()).toEqual([]);
});

test('point 27: our answer says what we can, whatever the client says', () => {
  for (const said of [{}, { capsEx: 0, videoFourCcInfoMap: { av01: 1 } }, { capsEx: 3, fourCcList: ['*'] }]) {
    const ends = shaken();
    ends.client.command(0, 'connect', 1, { app: 'live', ...said });
    accept(ends);
    expect(ends.client.takeCommands()[0]?.values[0]).toMatchObject({
      capsEx: 15,
      videoFourCcInfoMap: { '*': 4 },
      audioFourCcInfoMap: { '*': 4 },
    });
  }
});

test('outputs once taken do not change', () => {
  const { session, client } = connected();
  const taken = session.takeOutputs();
  session.receive(writeJoinedChunks(commandOn(0, 'createStream', 2, null), 3, 128), 0);
  expect(taken).toEqual([]);
  expect(session.takeOutputs()).toHaveLength(1);
  client.pull();
});

test('answering what was not asked is our own fault', () => {
  const { session } = connected();
  expect(() => session.accept(0)).toThrow('not asked');
  expect(() => session.reject('a', 'b')).toThrow('not asked');
});

test('any bytes after the handshake give outputs or ProtocolError', () => {
  const command = fc
    .tuple(
      fc.constantFrom(
        'connect',
        'createStream',
        'publish',
        'play',
        'pause',
        'deleteStream',
        'FCUnpublish',
        'x',
      ),
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom('key', 1, null, false),
    )
    .map(([name, streamId, value]) => writeJoinedChunks(commandOn(streamId, name, 1, null, value), 3, 128));
  const frame = fc
    .tuple(fc.constantFrom(1, 2, 3, 4, 5, 6, 8, 9, 15, 17, 18, 20, 22), fc.uint8Array({ maxLength: 30 }))
    .map(([typeId, payload]) => writeJoinedChunks(media(typeId, 1, payload), 4, 128));
  fc.assert(
    fc.property(
      fc.array(fc.oneof(command, frame, fc.uint8Array({ maxLength: 20 })), { maxLength: 25 }),
      (pieces) => {
        const session = newSession();
        const client = new RawPeer(session);
        client.shake();
        try {
          for (const piece of pieces) {
            client.bytes(piece);
            while (client.events.at(-1)?.type.endsWith('-requested') === true) {
              client.events.length = 0;
              session.accept(0);
              client.pull();
            }
          }
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      },
    ),
    { numRuns: 500 },
  );
});
