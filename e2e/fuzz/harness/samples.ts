/**
 * Bytes to start from: recordings of real software, what our own sessions write, and bodies of every kind.
 * @module
 */
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { ecmaArray } from '../../../src-main/amf/amf-value.ts';
import { encodeAmf0 } from '../../../src-main/amf/amf0-write.ts';
import { joinBytes } from '../../../src-main/bytes/join.ts';
import { seededRandom } from '../../../src-main/platform/testing/seeded-random.ts';
import { writeJoinedChunks } from '../../../src-main/rtmp/chunk/chunk-writer.ts';
import type { RtmpMessage } from '../../../src-main/rtmp/message/message-type.ts';
import { writeControlNumber } from '../../../src-main/rtmp/message/protocol-control.ts';
import { writeUserControl } from '../../../src-main/rtmp/message/user-control.ts';
import { ClientSession, type ClientOptions } from '../../../src-main/rtmp/session/client-session.ts';
import { ServerSession } from '../../../src-main/rtmp/session/server-session.ts';
import { commandOn } from '../../../src-main/rtmp/testing/raw-peer.ts';
import { bytesOf } from './fuzz-reader.ts';

const FIXTURES = new URL('../../../src-main/rtmp/testing/fixtures/', import.meta.url);
/** Version byte and two blocks. */
export const HANDSHAKE_BYTES = 1 + 2 * 1536;

/** HMAC-SHA256. */
export const hmac = (key: Uint8Array, bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHmac('sha256', key).update(bytes).digest());

/** A server session as every test here makes it. */
export const newServer = (): ServerSession => new ServerSession(seededRandom(1).bytes, hmac);

/** What real encoders and players sent, from the first byte on. */
export const recordings: readonly Uint8Array[] = readdirSync(FIXTURES)
  .filter((name) => name.endsWith('.bin'))
  .map((name) => new Uint8Array(readFileSync(new URL(name, FIXTURES))));

/** The messages of the recordings' publishers. */
export const recordedMessages: readonly RtmpMessage[] = recordings.flatMap((bytes) => {
  const server = newServer();
  server.receive(bytes, 0);
  const messages: RtmpMessage[] = [];
  for (let outputs = server.takeOutputs(); outputs.length > 0; outputs = server.takeOutputs()) {
    for (const output of outputs) {
      if (output.type === 'message') messages.push(output.message);
      if (output.type.endsWith('-requested')) server.accept(0);
    }
  }
  return messages;
});

/** Bodies of the recorded messages of one type, few of them and short ones first. */
export function recordedBodies(typeId: number): Uint8Array[] {
  const bodies = recordedMessages.filter((message) => message.typeId === typeId).map((m) => m.payload);
  return bodies.sort((a, b) => a.length - b.length).slice(0, 30);
}

/** One chunk stream per kind, as encoders do. */
const message = (typeId: number, payload: Uint8Array, at: { streamId?: number; timestamp?: number } = {}) =>
  writeJoinedChunks({ typeId, timestamp: 0, streamId: 1, ...at, payload }, typeId < 7 ? 2 : 4, 128);

const connect = { app: 'live', tcUrl: 'rtmp://h/live', capsEx: 15, videoFourCcInfoMap: { '*': 4 } };
const blank = new Uint8Array(HANDSHAKE_BYTES).fill(3, 0, 1);
const say = (...commands: readonly RtmpMessage[]): Uint8Array =>
  joinBytes(commands.map((command) => writeJoinedChunks(command, 3, 128)));

/** What clients may say to a server behind the handshake: the whole way, then the rare things. */
export const clientTalk: readonly Uint8Array[] = [
  say(commandOn(0, 'connect', 1, connect)),
  say(
    commandOn(0, 'connect', 1, connect),
    commandOn(0, 'releaseStream', 2, null, 'key'),
    commandOn(0, 'FCPublish', 3, null, 'key'),
    commandOn(0, 'createStream', 4, null),
    commandOn(1, 'publish', 5, null, 'key', 'live'),
  ),
  say(
    commandOn(0, 'connect', 1, connect),
    commandOn(0, 'createStream', 2, null),
    commandOn(1, 'play', 3, null, 'key', -2000),
    commandOn(1, 'pause', 4, null, true, 0),
    commandOn(1, 'seek', 5, null, 1000),
    commandOn(1, 'closeStream', 0, null),
    commandOn(0, 'deleteStream', 0, null, 1),
  ),
];

const PARTS = bytesOf(
  '08 000003 000010 00 000000 af0121 0000000e 09 000007 000020 00 000000 17010000000102 00000012',
);
/** Messages behind publish: every type, aggregates, controls that steer the reader. */
export const publishedTalk: readonly Uint8Array[] = [
  message(8, bytesOf('af001190')),
  message(9, bytesOf('1700000000014d402a')),
  message(9, new Uint8Array(700).fill(0x27), { timestamp: 0xff_ffff }),
  message(18, encodeAmf0('@setDataFrame', 'onMetaData', ecmaArray({ width: 1920, videocodecid: 7 }))),
  message(15, joinBytes([Uint8Array.of(0), encodeAmf0('onTextData', { text: 'x' })])),
  message(22, PARTS, { timestamp: 0x0100_0000 }),
  message(17, joinBytes([Uint8Array.of(0), encodeAmf0('createStream', 9, null)]), { streamId: 0 }),
  message(1, writeControlNumber(1), { streamId: 0 }),
  message(1, writeControlNumber(0x7fff_ffff), { streamId: 0 }),
  message(2, writeControlNumber(4), { streamId: 0 }),
  message(5, writeControlNumber(1), { streamId: 0 }),
  message(6, bytesOf('0000100002'), { streamId: 0 }),
  message(4, writeUserControl(6, 77), { streamId: 0 }),
  say(commandOn(0, 'FCUnpublish', 6, null, 'key'), commandOn(0, 'deleteStream', 7, null, 1)),
];

/** Whole lives of clients: handshake, then what they say. */
export const clientLives: readonly Uint8Array[] = [
  ...recordings,
  ...clientTalk.map((talk) => joinBytes([blank, talk])),
  ...publishedTalk.map((talk) => joinBytes([blank, clientTalk[1] ?? talk, talk])),
  joinBytes([blank, clientTalk[1] ?? blank, ...publishedTalk]),
];

/** An aggregate's body. */
export const aggregateBodies: readonly Uint8Array[] = [PARTS, joinBytes([PARTS, PARTS]), PARTS.slice(0, 18)];

/** What our server sends to a client, byte for byte: yes, no, moved, reconnect, media, end. */
export function serverLives(options: Partial<ClientOptions>): Uint8Array[] {
  const yes = serverLife(options, () => true);
  const no = (type: string): Uint8Array => serverLife(options, (asked) => asked !== type);
  const moved = { code: 'NetConnection.Connect.Rejected', ex: { code: 302, redirect: 'rtmp://b/live' } };
  const reconnect = { code: 'NetConnection.Connect.ReconnectRequest', tcUrl: '/b' };
  const behind = [
    say(commandOn(0, 'onStatus', 0, null, reconnect)),
    say(commandOn(1, 'onStatus', 0, null, { level: 'error', code: 'NetStream.Publish.BadName' })),
    say(commandOn(0, 'close', 0, null), commandOn(0, 'ask', 12, null)),
    ...publishedTalk,
  ];
  return [
    yes,
    no('connect-requested'),
    no('publish-requested'),
    no('play-requested'),
    joinBytes([blank, say(commandOn(0, '_error', 1, null, moved))]),
    ...behind.map((talk) => joinBytes([yes, talk])),
  ];
}

function serverLife(options: Partial<ClientOptions>, accepts: (asked: string) => boolean): Uint8Array {
  const client = newClient(options);
  const server = newServer();
  const sent: Uint8Array[] = [];
  client.start();
  for (let quiet = false; !quiet;) {
    quiet = true;
    for (const output of client.takeOutputs()) if (output.type === 'send') server.receive(output.bytes, 0);
    for (const output of server.takeOutputs()) {
      quiet = false;
      if (output.type === 'send') {
        sent.push(output.bytes);
        client.receive(output.bytes, 0);
      } else if (output.type.endsWith('-requested')) {
        if (accepts(output.type)) server.accept(0);
        else server.reject('NetConnection.Connect.Rejected', 'No.');
      }
    }
  }
  return joinBytes(sent);
}

/** A client session as every test here makes it. */
export function newClient(options: Partial<ClientOptions>): ClientSession {
  const target = { app: 'live', tcUrl: 'rtmp://h/live', flashVer: undefined, streamName: 'key' } as const;
  return new ClientSession({ role: 'publish', ...target, ...options }, seededRandom(2).bytes, hmac);
}
