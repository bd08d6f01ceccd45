import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AmfValue } from '../../amf/amf-value.ts';
import { joinBytes } from '../../bytes/join.ts';
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { seededRandom } from '../../platform/testing/seeded-random.ts';
import { writeJoinedChunks } from '../chunk/chunk-writer.ts';
import { commandOn, RawPeer } from '../testing/raw-peer.ts';
import { ClientSession, type ClientOptions } from './client-session.ts';
import type { ClientOutput } from './session-output.ts';

type Ends = { readonly session: ClientSession; readonly server: RawPeer<ClientOutput> };

const OPTIONS: ClientOptions = {
  role: 'publish',
  app: 'live?srv=1',
  tcUrl: 'rtmp://host/live?srv=1',
  flashVer: undefined,
  streamName: 'key?a=b',
};

function shaken(options: Partial<ClientOptions> = {}): Ends {
  const session = new ClientSession({ ...OPTIONS, ...options }, seededRandom(2).bytes);
  session.start();
  const server = new RawPeer(session);
  server.shake();
  return { session, server };
}

const success = (server: RawPeer<ClientOutput>): void =>
  server.command(0, '_result', 1, {}, { level: 'status', code: 'NetConnection.Connect.Success' });

/** As far as the createStream command; its transaction ID is given. */
function letIn(options: Partial<ClientOptions> = {}): Ends & { readonly createStream: number } {
  const ends = shaken(options);
  success(ends.server);
  const createStream = ends.server.takeCommands().find((command) => command.name === 'createStream');
  return { ...ends, createStream: createStream?.transactionId ?? -1 };
}

function asked(options: Partial<ClientOptions> = {}): Ends {
  const ends = letIn(options);
  ends.server.command(0, '_result', ends.createStream, null, 5);
  return ends;
}

function live(options: Partial<ClientOptions> = {}): Ends {
  const ends = asked(options);
  const code = options.role === 'play' ? 'NetStream.Play.Start' : 'NetStream.Publish.Start';
  ends.server.command(5, 'onStatus', 0, null, { level: 'status', code });
  ends.server.takeCommands();
  ends.server.events.length = 0;
  return ends;
}

const status = (level: string, code: string): AmfValue => ({ level, code, description: 'why' });
const throwing = (code: string): Error =>
  expect.objectContaining({ code, constructor: ProtocolError }) as Error;

test('points 12, 13: the way to live, command by command', () => {
  const { session, server } = shaken();
  expect(session.step).toBe('connect');
  expect(server.takeCommands()).toMatchObject([
    {
      name: 'connect',
      transactionId: 1,
      values: [{ app: 'live?srv=1', tcUrl: 'rtmp://host/live?srv=1', type: 'nonprivate' }],
    },
  ]);
  success(server);
  const commands = server.takeCommands();
  expect(commands).toMatchObject([
    { name: 'releaseStream', values: [null, 'key?a=b'] },
    { name: 'FCPublish', values: [null, 'key?a=b'] },
    { name: 'createStream', values: [null] },
  ]);
  expect(new Set(commands.map((command) => command.transactionId)).size).toBe(3);
  // Answers that nobody waits for, and events of the server.
  server.command(
    0,
    '_error',
    commands[0]?.transactionId ?? 0,
    null,
    status('error', 'NetConnection.Call.Failed'),
  );
  server.command(0, 'onFCPublish', 0, null, { code: 'NetStream.Publish.Start' });
  server.command(0, 'onBWDone', 0, null, 8192);
  server.command(0, '_result', commands[2]?.transactionId ?? 0, null, 5);
  expect(session.streamId).toBe(5);
  expect(server.messages).toMatchObject([{ typeId: 20, streamId: 5 }]);
  expect(server.takeCommands()).toMatchObject([{ name: 'publish', values: [null, 'key?a=b', 'live'] }]);
  server.command(5, 'onStatus', 0, null, status('status', 'NetStream.Publish.Start'));
  expect(server.events).toEqual([
    { type: 'step', step: 'handshake' },
    { type: 'step', step: 'connect' },
    { type: 'step', step: 'create-stream' },
    { type: 'step', step: 'publish' },
    { type: 'step', step: 'live' },
    { type: 'started', streamId: 5 },
  ]);
});

test('point 1: nothing is sent behind C1 before S2, and Set Chunk Size 60000 goes once let in', () => {
  const { server } = letIn();
  const sent = Buffer.from(joinBytes(server.sent));
  expect(server.sent[0]).toHaveLength(1537);
  expect(server.sent[1]).toHaveLength(1536);
  expect(sent.includes(Buffer.from('020000000000040100000000' + '0000ea60', 'hex'))).toBe(true);
});

test('point 9: a player asks to play, live, and says how much it keeps', () => {
  const { server } = asked({ role: 'play' });
  expect(server.messages.at(-1)).toMatchObject({
    typeId: 4,
    payload: Uint8Array.of(0, 3, 0, 0, 0, 5, 0, 0, 0x03, 0xe8),
  });
  expect(server.takeCommands()).toMatchObject([{ name: 'play', values: [null, 'key?a=b', -2000] }]);
});

test('point 10: a player gets media; a publisher does not', () => {
  const message = { typeId: 9, timestamp: 5, streamId: 5, payload: Uint8Array.of(0x17) };
  const player = live({ role: 'play' });
  player.server.message(message);
  player.server.message({ ...message, typeId: 15, payload: Uint8Array.of(0, 5) });
  player.server.message({ ...message, typeId: 22, payload: new Uint8Array(11).fill(8, 0, 1) });
  expect(player.server.events).toEqual([
    { type: 'message', message },
    { type: 'message', message: { ...message, typeId: 18, payload: Uint8Array.of(5) } },
    { type: 'message', message: { ...message, typeId: 8, payload: new Uint8Array(0) } },
  ]);
  const publisher = live();
  publisher.server.message(message);
  expect(publisher.server.events).toEqual([]);
});

test.each(['_error', '_result'])('connect refused in %s, told once', (name) => {
  const { server } = shaken();
  const info = status('error', 'NetConnection.Connect.Rejected');
  server.command(0, name, 1, null, info);
  server.command(0, 'close', 0, null);
  server.command(0, 'onStatus', 0, null, status('error', 'x'));
  expect(server.events.slice(2)).toEqual([{ type: 'refused', step: 'connect', status: info }]);
});

test('connect refused with nothing said', () => {
  const { server } = shaken();
  server.command(0, '_error', 1, null);
  expect(server.events.at(-1)).toEqual({
    type: 'refused',
    step: 'connect',
    status: { level: 'error', code: '', description: '' },
  });
});

test('createStream refused', () => {
  const { server, createStream } = letIn();
  server.command(0, '_error', createStream, null, status('error', 'NetConnection.Call.Failed'));
  expect(server.events.at(-1)).toMatchObject({ type: 'refused', step: 'create-stream' });
});

test.each([Number.NaN, 0, -1, 1.5, 2 ** 32, Number.POSITIVE_INFINITY, '1', null])(
  'createStream answered with %s ends the connection',
  (streamId) => {
    const { server, createStream } = letIn();
    expect(() => server.command(0, '_result', createStream, null, streamId)).toThrow(
      throwing('bad-stream-id'),
    );
  },
);

test('an answer to a transaction that was never begun, or was answered, is not heard', () => {
  const { server, createStream } = letIn();
  server.command(0, '_result', 99, null, 7);
  server.command(0, '_result', createStream, null, 5);
  server.command(0, '_result', createStream, null, 6);
  expect(server.takeCommands().map((command) => command.name)).toEqual(['publish']);
});

test.each([
  ['error', 'NetStream.Publish.BadName'],
  ['error', 'Some.Code.Of.Theirs'],
  ['status', 'NetStream.Publish.Denied'],
  ['status', 'NetConnection.Connect.Closed'],
])('level %s, %s before the start is a refusal', (level, code) => {
  const { server } = asked();
  server.command(5, 'onStatus', 0, null, status(level, code));
  expect(server.events.at(-1)).toMatchObject({ type: 'refused', step: 'publish', status: { code } });
});

test('other words before the start are waited through', () => {
  const { server } = asked({ role: 'play' });
  server.command(5, 'onStatus', 0, null, status('status', 'NetStream.Play.Reset'));
  server.command(5, 'onStatus', 0, null, status('warning', 'NetStream.Play.InsufficientBW'));
  server.command(5, 'onStatus', 0, null, status('status', 'NetStream.Play.Start'));
  expect(server.events.at(-1)).toEqual({ type: 'started', streamId: 5 });
});

test('once live, a status is handed on, and close is a refusal', () => {
  const { server } = live();
  server.command(5, 'onStatus', 0, null, status('error', 'NetStream.Publish.BadName'));
  server.command(0, 'close', 0, null);
  expect(server.events).toMatchObject([
    { type: 'status', status: { level: 'error', code: 'NetStream.Publish.BadName', description: 'why' } },
    { type: 'refused', step: 'live' },
  ]);
});

test('a call of the server that wants an answer gets _error', () => {
  const { server } = live();
  server.command(0, 'whoAreYou', 12, null);
  expect(server.takeCommands()).toMatchObject([{ name: '_error', transactionId: 12 }]);
});

const RECONNECT = 'NetConnection.Connect.ReconnectRequest';

test.each([
  ['let in', letIn],
  ['asked to publish', asked],
  ['live', live],
] as const)('point 28: a request to reconnect, once %s, on either stream; all goes on', (_, open) => {
  const { session, server } = open();
  const { step } = session;
  server.events.length = 0;
  server.command(0, 'onStatus', 0, null, { level: 'status', code: RECONNECT, tcUrl: '/b' });
  server.command(5, 'onStatus', 0, null, { code: RECONNECT, description: 'Update.' });
  expect(server.events).toEqual([
    { type: 'reconnect-requested', tcUrl: '/b', description: '' },
    { type: 'reconnect-requested', tcUrl: undefined, description: 'Update.' },
  ]);
  expect(session.step).toBe(step);
});

test('point 28: a request to reconnect before we are let in means nothing', () => {
  const { session, server } = shaken();
  server.command(0, 'onStatus', 0, null, { level: 'error', code: RECONNECT });
  expect(server.events.slice(2)).toEqual([]);
  expect(session.step).toBe('connect');
});

test('point 26: Reconnect is offered if it will be obeyed', () => {
  const offers = [{}, { canReconnect: false }, { canReconnect: true }].map((options) => {
    const { server } = shaken(options);
    return server.takeCommands()[0]?.values[0];
  });
  expect(offers).toMatchObject([{ capsEx: 14 }, { capsEx: 14 }, { capsEx: 15 }]);
});

test.each(['_error', '_result'])('connect refused with a redirect in %s', (name) => {
  const { server } = shaken();
  const description = '[ AccessManager.Reject ] : [ code=302 ] : ';
  server.command(0, name, 1, null, {
    level: 'error',
    code: 'NetConnection.Connect.Rejected',
    description,
    ex: { code: 302, redirect: 'rtmp://b.example/live' },
  });
  expect(server.events.at(-1)).toEqual({
    type: 'refused',
    step: 'connect',
    status: {
      level: 'error',
      code: 'NetConnection.Connect.Rejected',
      description,
      redirect: 'rtmp://b.example/live',
    },
  });
});

test('connect refused with a number for a code: redirect and words are kept', () => {
  const { server } = shaken();
  server.command(0, '_error', 1, null, {
    level: 'error',
    code: 302,
    redirect: 'rtmp://b/live',
    description: 'x',
  });
  expect(server.events.at(-1)).toEqual({
    type: 'refused',
    step: 'connect',
    status: { level: 'error', code: '', description: 'x', redirect: 'rtmp://b/live' },
  });
});

test('the digest handshake without an HMAC is our own fault', () => {
  expect(() => shaken({ handshake: 'digest' })).toThrow('needs an hmac');
});

test('acknowledgements of the server are handed on', () => {
  const { server } = live();
  server.control(3, Uint8Array.of(0, 0, 0x10, 0));
  expect(server.events).toEqual([{ type: 'acknowledged', bytes: 4096 }]);
});

test('point 12: goodbye: FCUnpublish, deleteStream, once; a player only deletes; before a stream there is none to say', () => {
  const publisher = live();
  publisher.session.sayGoodbye();
  publisher.session.sayGoodbye();
  publisher.server.pull();
  expect(publisher.server.takeCommands()).toMatchObject([
    { name: 'FCUnpublish', values: [null, 'key?a=b'] },
    { name: 'deleteStream', values: [null, 5] },
  ]);
  const player = live({ role: 'play' });
  player.session.sayGoodbye();
  player.server.pull();
  expect(player.server.takeCommands().map((command) => command.name)).toEqual(['deleteStream']);
  const early = letIn();
  early.session.sayGoodbye();
  expect(early.session.takeOutputs()).toEqual([]);
});

test('any bytes after the handshake give outputs or ProtocolError', () => {
  const command = fc
    .tuple(
      fc.constantFrom('_result', '_error', 'onStatus', 'close', 'x'),
      fc.integer({ min: 0, max: 6 }),
      fc.constantFrom<AmfValue>(
        5,
        null,
        'x',
        {},
        status('status', 'NetStream.Publish.Start'),
        status('error', 'x'),
      ),
    )
    .map(([name, id, value]) => writeJoinedChunks(commandOn(0, name, id, null, value), 3, 128));
  fc.assert(
    fc.property(
      fc.array(fc.oneof(command, fc.uint8Array({ maxLength: 20 })), { maxLength: 20 }),
      (pieces) => {
        const { server } = shaken();
        try {
          for (const piece of pieces) server.bytes(piece);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      },
    ),
    { numRuns: 500 },
  );
});

/** Pings among what the session has sent: their values, as they came. */
const pings = (server: RawPeer<ClientOutput>): Uint8Array[] =>
  server.messages
    .filter(({ typeId, payload }) => typeId === 4 && payload[1] === 6)
    .map(({ payload }) => payload);

function tickTo(ends: Ends, until: number): void {
  for (; ends.server.now < until; ends.server.now += 1_000) {
    ends.session.tick(ends.server.now);
    ends.server.pull();
  }
}

test('a ping every five seconds while live, and not before; its answer is the round trip', () => {
  const early = asked();
  tickTo(early, 20_000);
  expect(pings(early.server)).toEqual([]);
  const ends = live();
  tickTo(ends, 6_000);
  const [ping] = pings(ends.server);
  ends.server.now = 6_040;
  ends.server.control(4, Uint8Array.from(ping ?? []).fill(7, 1, 2));
  expect(ends.server.events).toEqual([{ type: 'round-trip', ms: 1_040 }]);
  tickTo(ends, 21_000);
  expect(pings(ends.server)).toHaveLength(2);
  ends.session.sayGoodbye();
  tickTo(ends, 200_000);
  expect(pings(ends.server)).toHaveLength(2);
});

test('a server that answers no ping is asked three times and no more', () => {
  const ends = live();
  tickTo(ends, 600_000);
  expect([pings(ends.server).length, ends.session.answersPings, ends.session.step]).toEqual([
    3,
    false,
    'live',
  ]);
  const answered = live();
  tickTo(answered, 40_000);
  answered.server.control(4, Uint8Array.from(pings(answered.server).at(-1) ?? []).fill(7, 1, 2));
  tickTo(answered, 41_000);
  expect(answered.session.answersPings).toBe(true);
  tickTo(answered, 600_000);
  expect(pings(answered.server)).toHaveLength(5);
});
