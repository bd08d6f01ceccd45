import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { RtmpMessage } from '../message/message-type.ts';
import { acceptAll, SessionPair, type Answer } from '../testing/session-pair.ts';

const WAYS = [{ byteByByte: false }, { byteByByte: true }] as const;

const frame = (n: number): RtmpMessage => ({
  typeId: n % 3 === 0 ? 9 : n % 3 === 1 ? 8 : 18,
  timestamp: (0xff_fff0 + n * 40) >>> 0,
  streamId: 1,
  payload: Uint8Array.from({ length: (n * 997) % 3000 }, (_, at) => (at * 31 + n) & 0xff),
});

/** Yes to connect, and no to what comes then. */
const rejectStream =
  (code: string): Answer =>
  (event, server, now) => {
    if (event.type === 'connect-requested') server.accept(now);
    else if (event.type.endsWith('-requested')) server.reject(code, 'No.');
  };

test.each(WAYS)('publish accepted, media byte for byte, goodbye (%o)', ({ byteByByte }) => {
  const pair = new SessionPair({}, { byteByByte }).start();
  expect(pair.client.step).toBe('live');
  expect(pair.clientEvents.at(-1)).toEqual({ type: 'started', streamId: 1 });
  pair.serverEvents.length = 0;

  const frames = Array.from({ length: 20 }, (_, n) => frame(n));
  frames.push({ typeId: 9, timestamp: 0xffff_ffff, streamId: 1, payload: new Uint8Array(130_000).fill(7) });
  for (const message of frames) pair.sendMedia(message);
  expect(pair.serverEvents).toEqual(frames.map((message) => ({ type: 'message', message })));

  pair.serverEvents.length = 0;
  pair.client.sayGoodbye();
  pair.pump();
  expect(pair.serverEvents).toEqual([{ type: 'unpublished', streamId: 1 }]);
});

test.each(WAYS)('point 2: with the digest handshake (%o)', ({ byteByByte }) => {
  const hmac = (key: Uint8Array, bytes: Uint8Array): Uint8Array =>
    new Uint8Array(createHmac('sha256', key).update(bytes).digest());
  const pair = new SessionPair({ handshake: 'digest' }, { byteByByte, hmac }).start();
  expect(pair.serverEvents[0]).toEqual({ type: 'handshake-done', scheme: 'digest-1' });
  expect(pair.client.step).toBe('live');
});

test.each(WAYS)('point 28: make before break, as far as one connection goes (%o)', ({ byteByByte }) => {
  const pair = new SessionPair({ canReconnect: true }, { byteByByte }).start();
  pair.clientEvents.length = 0;
  pair.serverEvents.length = 0;
  expect(pair.server.requestReconnect('/other')).toBe(true);
  pair.pump();
  expect(pair.clientEvents).toEqual([{ type: 'reconnect-requested', tcUrl: '/other', description: '' }]);
  // The old server keeps taking data until the client leaves.
  pair.sendMedia(frame(0));
  expect(pair.serverEvents).toEqual([{ type: 'message', message: frame(0) }]);
  const cannot = new SessionPair({}, { byteByByte }).start();
  expect(cannot.server.requestReconnect('/other')).toBe(false);
});

test.each(WAYS)('publish rejected: the client is refused at publish, once (%o)', ({ byteByByte }) => {
  const pair = new SessionPair({}, { byteByByte, answer: rejectStream('NetStream.Publish.BadName') }).start();
  expect(pair.clientEvents.filter((event) => event.type === 'refused')).toEqual([
    {
      type: 'refused',
      step: 'publish',
      status: { level: 'error', code: 'NetStream.Publish.BadName', description: 'No.' },
    },
  ]);
});

test.each(WAYS)('connect rejected (%o)', ({ byteByByte }) => {
  const answer: Answer = (event, server) => {
    if (event.type === 'connect-requested') server.reject('NetConnection.Connect.InvalidApp', 'No such app.');
  };
  const pair = new SessionPair({}, { byteByByte, answer }).start();
  expect(pair.clientEvents.at(-1)).toEqual({
    type: 'refused',
    step: 'connect',
    status: { level: 'error', code: 'NetConnection.Connect.InvalidApp', description: 'No such app.' },
  });
  expect(pair.serverEvents.map((event) => event.type)).toEqual(['handshake-done', 'connect-requested']);
});

test.each(WAYS)('play accepted, then ended by the server (%o)', ({ byteByByte }) => {
  const pair = new SessionPair({ role: 'play' }, { byteByByte }).start();
  expect(pair.serverEvents.at(-1)).toEqual({ type: 'play-requested', streamId: 1, streamName: 'key' });
  expect(pair.clientEvents.find((event) => event.type === 'started')).toEqual({
    type: 'started',
    streamId: 1,
  });
  pair.clientEvents.length = 0;
  pair.server.endPlay(1);
  pair.pump();
  expect(pair.clientEvents).toMatchObject([
    { type: 'status', status: { code: 'NetStream.Play.UnpublishNotify' } },
    { type: 'status', status: { code: 'NetStream.Play.Stop' } },
  ]);
});

test('play rejected', () => {
  const pair = new SessionPair(
    { role: 'play' },
    { answer: rejectStream('NetStream.Play.StreamNotFound') },
  ).start();
  expect(pair.clientEvents.at(-1)).toMatchObject({ type: 'refused', step: 'play' });
});

test('a player that leaves is told of', () => {
  const pair = new SessionPair({ role: 'play' }).start();
  pair.client.sayGoodbye();
  pair.pump();
  expect(pair.serverEvents.at(-1)).toEqual({ type: 'play-stopped', streamId: 1 });
});

test('an answer may come later: nothing is read until then', () => {
  const later: Answer = (event, server, now) => {
    if (event.type === 'connect-requested') acceptAll(event, server, now);
  };
  const pair = new SessionPair({}, { answer: later }).start();
  pair.sendMedia(frame(0));
  expect(pair.serverEvents.at(-1)?.type).toBe('publish-requested');
  pair.server.accept(0);
  pair.pump();
  expect(pair.serverEvents.at(-1)).toEqual({ type: 'message', message: frame(0) });
  expect(pair.client.step).toBe('live');
});

test('the round trip is measured from end to end', () => {
  const pair = new SessionPair().start();
  expect(pair.server.deadline).toBe(5000);
  pair.now = 5000;
  pair.server.tick(pair.now);
  pair.now = 5025;
  pair.pump();
  expect(pair.serverEvents.at(-1)).toEqual({ type: 'round-trip', ms: 25 });
});

test('the client asks to be told often what has arrived, and is', () => {
  const pair = new SessionPair().start();
  const payload = new Uint8Array(600_000);
  for (let n = 0; n < 10; n++) pair.sendMedia({ typeId: 9, timestamp: n, streamId: 1, payload });
  const acknowledged = pair.clientEvents.flatMap((event) =>
    event.type === 'acknowledged' ? [event.bytes] : [],
  );
  expect(acknowledged).toHaveLength(10);
  expect(acknowledged.at(-1)).toBeGreaterThan(6_000_000);
  expect(acknowledged.at(-1)).toBeLessThan(6_010_000);
});
