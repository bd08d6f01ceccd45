import { expect, test } from 'vitest';
import type { IncomingConnection } from '../../src-shared/model/ingest.ts';
import { Stream } from '../hub/stream.ts';
import { aacHeader, audio, avcHeader, inter, keyframe } from '../hub/testing/stream-messages.ts';
import { ClientPeer } from '../net/testing/client-peer.ts';
import { MemoryLine } from '../net/testing/memory-transport.ts';
import { TransportError } from '../net/transport.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { MemoryLog } from '../platform/testing/memory-log.ts';
import { seededRandom } from '../platform/testing/seeded-random.ts';
import { writeJoinedChunks } from '../rtmp/chunk/chunk-writer.ts';
import { writeCommand } from '../rtmp/command/command-message.ts';
import type { RtmpMessage } from '../rtmp/message/message-type.ts';
import { SET_UP_TIMEOUT_MS } from '../rtmp/limits.ts';
import type { ClientOptions } from '../rtmp/session/client-session.ts';
import { ConnectionRecord } from './connection-record.ts';
import { IngestConnection } from './ingest-connection.ts';
import type { Caller, IngestDesk, Refusal } from './ingest-desk.ts';

const refusal = (code: string, statusCode: string): Refusal => ({
  ok: false,
  statusCode,
  code,
  message: `No: ${code}.`,
  ingestId: null,
});

/** A desk that knows app `live`, publish keys that begin with `key`, and the play key `play`; and keeps what comes. */
class Desk implements IngestDesk {
  readonly stream = new Stream();
  readonly callers: Caller[] = [];
  readonly received: (RtmpMessage & { readonly name: string })[] = [];
  readonly left: string[] = [];
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  readonly connect: IngestDesk['connect'] = ({ app }) =>
    app === 'live' || app === 'rehearsal'
      ? { ok: true }
      : refusal('unknown-app', 'NetConnection.Connect.InvalidApp');

  readonly publish: IngestDesk['publish'] = (caller) => {
    this.callers.push(caller);
    const name = caller.streamName;
    if (!name.startsWith('key')) return refusal('unknown-stream-key', 'NetStream.Publish.Denied');
    return {
      ok: true,
      ingestId: 'main',
      message: (message) => {
        this.received.push({ ...message, name });
        this.stream.publish(message.typeId, message.timestamp, message.payload, this.#clock.now());
      },
      left: (orderly) => this.left.push(`${name} ${orderly ? 'in order' : 'lost'}`),
    };
  };

  readonly play: IngestDesk['play'] = (caller) =>
    caller.streamName === 'play'
      ? { ok: true, ingestId: 'main', stream: this.stream, left: () => this.left.push('player') }
      : refusal('unknown-play-key', 'NetStream.Play.StreamNotFound');
}

class Stage {
  readonly clock = new ManualClock();
  readonly log = new MemoryLog();
  readonly desk = new Desk(this.clock);
  closed = 0;

  open() {
    const line = new MemoryLine({ clock: this.clock, nearAddress: '192.0.2.1:4000' });
    const records: IncomingConnection[] = [];
    const record = new ConnectionRecord(
      { id: 'c1', address: line.far.remoteAddress, startedAt: '2026-01-01T00:00:00.000Z' },
      (value) => records.push(value),
    );
    const connection = new IngestConnection({
      parts: {
        desk: this.desk,
        clock: this.clock,
        random: seededRandom(1),
        hmacSha256: () => new Uint8Array(32),
        log: this.log,
      },
      transport: line.far,
      record,
      onClosed: () => {
        this.closed++;
      },
    });
    return { line, record, records, connection };
  }

  client(options: Partial<ClientOptions> = {}) {
    const opened = this.open();
    return { ...opened, peer: new ClientPeer(opened.line, options).start() };
  }

  pass(ms: number, ...lines: readonly MemoryLine[]): void {
    for (let at = 0; at < ms; at += 1_000) {
      this.clock.advance(Math.min(1_000, ms - at));
      for (const line of lines) line.flush();
    }
  }
}

const shownStages = (records: readonly IncomingConnection[]): string[] =>
  records.map(({ stage, outcome, role }) => `${stage} ${outcome} ${role}`);

test('publish: let in, media handed on byte for byte, goodbye in order', () => {
  const stage = new Stage();
  const { peer, record, records, line } = stage.client({ streamName: 'key-1' });
  expect(peer.session.step).toBe('live');
  expect(shownStages(records)).toEqual([
    'connection in-progress unknown',
    'connection in-progress unknown',
    'stream in-progress unknown',
    'stream in-progress encoder',
    'stream ok encoder',
  ]);
  expect(record.value).toMatchObject({
    software: 'FMLE/3.0 (compatible; TestEncoder)',
    ingestId: 'main',
    address: '192.0.2.1:4000',
  });
  expect(stage.desk.callers[0]).toMatchObject({
    app: 'live',
    streamName: 'key-1',
    address: '192.0.2.1:4000',
  });
  peer.media(9, 0, keyframe(100_000));
  peer.media(8, 7, new Uint8Array(0));
  expect(
    stage.desk.received.map(({ typeId, timestamp, payload }) => [typeId, timestamp, payload.length]),
  ).toEqual([
    [9, 0, 100_000],
    [8, 7, 0],
  ]);
  expect(stage.desk.callers[0]?.bytesReceived()).toBeGreaterThan(100_000);
  peer.goodbye();
  expect(stage.desk.left).toEqual(['key-1 in order']);
  line.near.end(0);
  line.flush();
  expect([record.value.outcome, stage.closed, stage.clock.pending]).toEqual(['closed', 1, 0]);
});

test('the line of a publisher is lost: its place is told', () => {
  const stage = new Stage();
  const { line, record } = stage.client();
  line.far.cut(new TransportError('reset', 'read ECONNRESET'));
  expect([stage.desk.left, record.value.outcome, stage.closed]).toEqual([['key lost'], 'closed', 1]);
});

test.each<[string, Partial<ClientOptions>, string, string]>([
  ['a wrong app', { app: 'wrong' }, 'unknown-app', 'connect'],
  ['a wrong key', { streamName: 'wrong' }, 'unknown-stream-key', 'publish'],
  ['a wrong play key', { role: 'play', streamName: 'wrong' }, 'unknown-play-key', 'play'],
])('%s: refused in words, and closed', (_, options, code, step) => {
  const stage = new Stage();
  const { peer, record, line } = stage.client(options);
  expect(peer.events.find(({ type }) => type === 'refused')).toMatchObject({
    step,
    status: { level: 'error', description: `No: ${code}.` },
  });
  expect(record.value).toMatchObject({ outcome: 'refused', reason: { code, message: `No: ${code}.` } });
  line.flush();
  expect([peer.isGone, stage.closed, stage.clock.pending]).toEqual([true, 1, 0]);
  expect(record.value.outcome).toBe('refused');
});

test('the echo of the handshake tells how long the way to the encoder is', () => {
  const stage = new Stage();
  const { line } = stage.open();
  new ClientPeer({ near: line.near, flush: () => undefined }).start();
  line.near.take(Number.POSITIVE_INFINITY);
  stage.clock.advance(35);
  line.far.take(Number.POSITIVE_INFINITY);
  line.flush();
  expect(stage.desk.callers[0]?.roundTripMs()).toBe(35);
});

test('two streams on one connection: each goes to its own place, and both are left', () => {
  const stage = new Stage();
  const { peer, line } = stage.client({ streamName: 'key-1' });
  peer.command(0, 'createStream', null);
  peer.command(2, 'publish', null, 'key-2', 'live');
  peer.message({ typeId: 9, timestamp: 1, streamId: 1, payload: inter() }, 6);
  peer.message({ typeId: 9, timestamp: 2, streamId: 2, payload: inter() }, 7);
  expect(stage.desk.received.map(({ name, timestamp }) => `${name}@${timestamp}`)).toEqual([
    'key-1@1',
    'key-2@2',
  ]);
  peer.command(0, 'deleteStream', null, 1);
  expect(stage.desk.left).toEqual(['key-1 in order']);
  line.far.cut(undefined);
  expect(stage.desk.left).toEqual(['key-1 in order', 'key-2 lost']);
});

test.each([
  ['HTTP', 'GET / HTTP/1.1\r\n\r\n', 'http-on-rtmp-port'],
  ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001', 'tls-on-plain-port'],
  ['anything', 'hello', 'not-rtmp'],
])('%s on the port: failed in words, closed at once', (_, text, code) => {
  const stage = new Stage();
  const { line, record } = stage.open();
  line.near.write([Uint8Array.from(text, (char) => char.charCodeAt(0))]);
  line.flush();
  expect(record.value).toMatchObject({ outcome: 'failed', reason: { code }, stage: 'handshake' });
  expect(record.value.reason?.message).not.toMatch(/broke the RTMP protocol/);
  expect(line.far.isOpen).toBe(false);
});

test('garbage after the handshake, from a publisher: its place is left, others go on', () => {
  const stage = new Stage();
  const good = stage.client({ streamName: 'key-good' });
  const bad = stage.client({ streamName: 'key-bad' });
  bad.line.near.write([new Uint8Array(100).fill(0xff)]);
  bad.line.flush();
  expect(bad.record.value).toMatchObject({ outcome: 'failed', role: 'encoder' });
  expect(stage.desk.left).toEqual(['key-bad lost']);
  good.peer.media(9, 5, inter());
  expect(stage.desk.received.map(({ name }) => name)).toEqual(['key-good']);
});

test('media before publish: out, and none of it is taken', () => {
  const stage = new Stage();
  const { line, record } = stage.open();
  const hello = new Uint8Array(1 + 2 * 1536);
  hello[0] = 3;
  line.near.write([hello]);
  const say = (typeId: number, streamId: number, payload: Uint8Array): void => {
    line.near.write([writeJoinedChunks({ typeId, timestamp: 0, streamId, payload }, 3, 128)]);
  };
  say(20, 0, writeCommand('connect', 1, { app: 'live' }));
  say(20, 0, writeCommand('createStream', 2, null));
  say(9, 1, keyframe());
  line.flush();
  expect(record.value).toMatchObject({ outcome: 'failed', reason: { code: 'media-before-publish' } });
  expect([stage.desk.received, stage.desk.callers]).toEqual([[], []]);
});

test('never set up: thrown out after its time, and not a moment before', () => {
  const stage = new Stage();
  const silent = stage.open();
  const halfway = stage.open();
  halfway.line.near.write([new Uint8Array(700).fill(3)]);
  halfway.line.flush();
  stage.clock.advance(SET_UP_TIMEOUT_MS - 1);
  expect([silent.record.value.outcome, halfway.record.value.outcome]).toEqual(['in-progress', 'in-progress']);
  stage.clock.advance(1);
  expect([silent.record.value.reason?.code, halfway.record.value.reason?.code]).toEqual([
    'set-up-timeout',
    'set-up-timeout',
  ]);
  silent.line.flush();
  halfway.line.flush();
  expect([stage.closed, stage.clock.pending]).toEqual([2, 0]);
});

test('gone before it published: said so', () => {
  const stage = new Stage();
  const { line, record } = stage.open();
  line.near.end(0);
  line.flush();
  expect(record.value).toMatchObject({ outcome: 'failed', reason: { code: 'closed-early' } });
});

test('a publisher that falls silent is thrown out; one that only answers pings is not', () => {
  const stage = new Stage();
  const silent = stage.client({ streamName: 'key-silent' });
  const alive = stage.client({ streamName: 'key-alive' });
  silent.line.near.stalled = true;
  stage.pass(30_000, alive.line);
  expect(silent.record.value.outcome).toBe('ok');
  stage.pass(2_000, alive.line);
  expect(silent.record.value).toMatchObject({ outcome: 'failed', reason: { code: 'publisher-silent' } });
  expect([alive.record.value.outcome, stage.desk.left]).toEqual(['ok', ['key-silent lost']]);
});

test('a publisher that sends is not pinged (root cause: a ping unread at its close turned that into a reset, and its last frames were lost)', () => {
  const stage = new Stage();
  const { peer, line } = stage.client({ streamName: 'key' });
  const before = line.far.bytesSent();
  for (let second = 0; second < 20; second++) {
    peer.media(9, second * 1_000, inter(20));
    stage.pass(1_000, line);
  }
  expect(line.far.bytesSent()).toBe(before);
  stage.pass(10_000, line);
  expect(line.far.bytesSent()).toBeGreaterThan(before);
});

function startShow(stage: Stage): void {
  stage.desk.stream.begin();
  stage.desk.stream.publish(9, 0, avcHeader(), 0);
  stage.desk.stream.publish(8, 0, aacHeader(), 0);
  stage.desk.stream.publish(9, 0, keyframe(), 0);
  stage.desk.stream.publish(8, 10, audio(), 0);
}

test('play: the answer first, then the stream; told when the show ends', () => {
  const stage = new Stage();
  startShow(stage);
  const { peer, record, line } = stage.client({ role: 'play', streamName: 'play' });
  expect(peer.session.step).toBe('live');
  const kinds = peer.events.map(({ type }) => type);
  expect(kinds.indexOf('started')).toBeLessThan(kinds.indexOf('message'));
  expect(peer.messages.map(({ typeId }) => typeId)).toEqual([9, 8, 9, 8]);
  expect(record.value).toMatchObject({ outcome: 'ok', role: 'player', ingestId: 'main' });
  stage.desk.stream.publish(9, 33, inter(), 33);
  line.flush();
  expect(peer.messages.at(-1)?.timestamp).toBe(33);
  stage.desk.stream.end();
  line.flush();
  expect(peer.events.at(-1)).toMatchObject({ type: 'status', status: { code: 'NetStream.Play.Stop' } });
  expect([stage.desk.left, stage.desk.stream.readerCount]).toEqual([['player'], 0]);
});

test('pause and play on', () => {
  const stage = new Stage();
  startShow(stage);
  const { peer, line } = stage.client({ role: 'play', streamName: 'play' });
  const before = peer.messages.length;
  peer.command(1, 'pause', null, true, 0);
  stage.desk.stream.publish(9, 33, inter(), 33);
  line.flush();
  expect(peer.messages).toHaveLength(before);
  peer.command(1, 'pause', null, false, 0);
  expect(peer.messages.length).toBeGreaterThan(before);
});

test('a player that takes nothing is thrown out; the publisher and other players do not notice', () => {
  const stage = new Stage();
  const encoder = stage.client();
  encoder.peer.media(9, 0, avcHeader());
  encoder.peer.media(9, 0, keyframe());
  const stuck = stage.client({ role: 'play', streamName: 'play' });
  const fine = stage.client({ role: 'play', streamName: 'play' });
  stuck.line.far.stalled = true;
  for (let second = 1; second <= 33; second++) {
    encoder.peer.media(9, second * 1_000, keyframe(100_000));
    stage.pass(1_000, encoder.line, fine.line, stuck.line);
  }
  expect(stuck.record.value).toMatchObject({ outcome: 'failed', reason: { code: 'player-stuck' } });
  expect([fine.record.value.outcome, encoder.record.value.outcome, stage.desk.left]).toEqual([
    'ok',
    'ok',
    ['player'],
  ]);
  expect(fine.peer.messages.at(-1)?.timestamp).toBe(33_000);
});

test('a slow player is not a stuck one (root cause: only an empty line counted as taking, and a slow one never is empty)', () => {
  const stage = new Stage();
  const encoder = stage.client();
  encoder.peer.media(9, 0, avcHeader());
  encoder.peer.media(9, 0, keyframe());
  const slow = stage.client({ role: 'play', streamName: 'play' });
  slow.line.far.stalled = true;
  for (let second = 1; second <= 100; second++) {
    encoder.peer.media(9, second * 1_000, keyframe(100_000));
    slow.line.far.stalled = false;
    slow.line.far.take(30_000);
    slow.line.far.stalled = true;
    stage.pass(1_000, encoder.line, slow.line);
  }
  expect(slow.record.value.outcome).toBe('ok');
});

test('used, and not any more, and still open: closed after a while (root cause: it kept its place for ever)', () => {
  const stage = new Stage();
  const { peer, line, record } = stage.client();
  stage.pass(90_000, line);
  expect(record.value.outcome).toBe('ok');
  peer.goodbye();
  stage.pass(59_000, line);
  expect(record.value.outcome).toBe('ok');
  stage.pass(4_000, line);
  expect(record.value).toMatchObject({ outcome: 'closed', reason: { code: 'idle' } });
  expect([peer.isGone, stage.clock.pending]).toEqual([true, 0]);
});

test('close by us: a player is told, a publisher is left, the line ends', () => {
  const stage = new Stage();
  startShow(stage);
  const player = stage.client({ role: 'play', streamName: 'play' });
  const encoder = stage.client();
  for (const { connection, line } of [player, encoder]) {
    connection.close('studio-stopped', 'Stopped.');
    connection.close('again', 'Again.');
    line.flush();
  }
  expect(player.peer.events.at(-1)).toMatchObject({
    type: 'status',
    status: { code: 'NetStream.Play.Stop' },
  });
  expect([player.peer.isGone, encoder.peer.isGone, stage.closed]).toEqual([true, true, 2]);
  expect(encoder.record.value).toMatchObject({ outcome: 'closed', reason: { code: 'studio-stopped' } });
  expect([...stage.desk.left].sort()).toEqual(['key lost', 'player']);
});

test('a refused peer that does not read is cut off after its grace', () => {
  const stage = new Stage();
  const { line, connection } = stage.client();
  line.far.stalled = true;
  connection.close('x', 'x');
  stage.desk.stream.publish(9, 0, inter(), 0);
  stage.pass(3_000, line);
  expect([stage.closed, line.far.isClosed]).toEqual([1, true]);
});

test('software with a name of kilobytes is cut', () => {
  const stage = new Stage();
  const { record } = stage.client({ flashVer: 'F'.repeat(10_000) });
  expect(record.value.software).toBe('F'.repeat(80));
});
