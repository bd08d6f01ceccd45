import { expect, test } from 'vitest';
import { Stream } from '../hub/stream.ts';
import { aacHeader, audio, avcHeader, inter, keyframe, metadata } from '../hub/testing/stream-messages.ts';
import { MemoryDial, type DialOutcome } from '../net/testing/memory-dial.ts';
import { ScriptedServer, type ServerScript } from '../net/testing/scripted-server.ts';
import { TransportError } from '../net/transport.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { seededRandom } from '../platform/testing/seeded-random.ts';
import { writeControlNumber } from '../rtmp/message/protocol-control.ts';
import { judge, type RunEnd } from './run-end.ts';
import { STALL_TIMEOUT_MS } from './stall-watch.ts';
import { DIAL_TIMEOUT_MS, STEP_TIMEOUT_MS, TargetRun } from './target-run.ts';

const KEY = 'live_42_MARKERKEY';
const ADDRESS = { tls: true, host: 'host', port: 443, app: 'app', tcUrl: 'rtmps://host:443/app' };

function play(stream: Stream): void {
  stream.begin();
  stream.publish(18, 0, metadata(), 0);
  stream.publish(9, 0, avcHeader(), 0);
  stream.publish(8, 0, aacHeader(), 0);
  stream.publish(9, 0, keyframe(), 0);
  stream.publish(8, 10, audio(), 0);
}

function runWith(script: ServerScript | DialOutcome = {}, streamName = KEY) {
  const clock = new ManualClock();
  const servers: ScriptedServer[] = [];
  const outcome: DialOutcome =
    typeof script === 'string' || 'type' in script
      ? script
      : { type: 'line', serve: (line) => servers.push(new ScriptedServer(line, script)) };
  const dialled = new MemoryDial(clock, () => outcome);
  const stream = new Stream();
  const ends: RunEnd[] = [];
  let lives = 0;
  const run = new TargetRun({
    address: ADDRESS,
    streamName,
    stream,
    afterMs: undefined,
    dial: dialled.dial,
    clock,
    random: seededRandom(1),
    onLive: () => {
      lives++;
    },
    onEnd: (end) => ends.push(end),
  });
  play(stream);
  run.start();
  return {
    clock,
    dialled,
    stream,
    run,
    ends,
    lives: () => lives,
    server: () => only(servers),
    line: () => only(dialled.lines),
  };
}

function only<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('there is none yet');
  return item;
}

test('goes live and sends metadata, headers and the GOP, as the platform expects them', async () => {
  const { dialled, server, lives, run, stream } = runWith();
  await dialled.settle();
  expect(dialled.calls[0]).toMatchObject({ host: 'host', port: 443, tls: true, timeoutMs: DIAL_TIMEOUT_MS });
  expect(server().publishedName).toBe(KEY);
  expect(server().events.find(({ type }) => type === 'connect-requested')).toMatchObject({
    request: { app: 'app', tcUrl: 'rtmps://host:443/app' },
  });
  expect(lives()).toBe(1);
  const sent = (): string[] => server().messages.map(({ typeId, timestamp }) => `${typeId}@${timestamp}`);
  expect(sent()).toEqual(['18@0', '9@0', '8@0', '9@0', '8@10']);
  stream.publish(9, 33, inter(), 33);
  await dialled.settle();
  expect(sent().at(-1)).toBe('9@33');
  expect(run.counts).toMatchObject({ videoMessages: 3, lastMs: 33, droppedFrames: 0, queueMs: 0 });
  expect(run.counts.bytesSent).toBe(only(dialled.lines).near.bytesSent());
});

test('stop is a goodbye: FCUnpublish and deleteStream reach the server, then the line is closed', async () => {
  const { clock, dialled, run, ends, server } = runWith();
  await dialled.settle();
  run.stop();
  run.stop();
  await dialled.settle();
  expect([server().goodbyes, server().isGone, ends]).toEqual([1, true, [{ kind: 'stopped' }]]);
  const names = server().events.map(({ type }) => type);
  expect(names.at(-1)).toBe('unpublished');
  clock.advance(60_000);
  expect([clock.pending, ends.length]).toEqual([0, 1]);
});

test.each(['dns-failed', 'refused', 'tls-certificate', 'timeout'] as const)(
  'dialling fails: %s',
  async (code) => {
    const { clock, dialled, ends } = runWith(code);
    await dialled.settle();
    expect(ends).toMatchObject([{ kind: 'dial-failed', code }]);
    expect(clock.pending).toBe(0);
  },
);

test('a server that hangs up at once is told in one way (root cause: on a busy computer the reset ends the dialling)', async () => {
  const { clock, dialled, ends } = runWith('reset');
  await dialled.settle();
  expect(ends).toMatchObject([{ kind: 'closed', step: 'handshake' }]);
  expect(clock.pending).toBe(0);
});

test('dialling takes for ever: given up in time', async () => {
  const { clock, dialled, ends } = runWith('never');
  await dialled.settle();
  clock.advance(DIAL_TIMEOUT_MS);
  await dialled.settle();
  expect(ends).toMatchObject([{ kind: 'dial-failed', code: 'timeout' }]);
});

test('stopped while it dials: the call is given up and nothing else is told', async () => {
  const { dialled, ends, run } = runWith('never');
  run.stop();
  await dialled.settle();
  expect(ends).toEqual([{ kind: 'stopped' }]);
  expect(dialled.calls[0]?.signal.aborted).toBe(true);
});

test('stopped while the line is just there: it is closed at once', async () => {
  const { dialled, ends, run, line, lives } = runWith();
  run.stop();
  await dialled.settle();
  expect([ends, lives()]).toEqual([[{ kind: 'stopped' }], 0]);
  expect([line().near.isOpen, line().near.written]).toEqual([false, []]);
});

const STEPS = ['handshake', 'connect', 'create-stream', 'publish'] as const;

test.each(STEPS)('the server never answers at %s', async (step) => {
  const { clock, dialled, ends, server } = runWith({ [step]: 'silent' });
  await dialled.settle();
  clock.advance(STEP_TIMEOUT_MS - 1);
  expect(ends).toEqual([]);
  clock.advance(1);
  await dialled.settle();
  expect(ends).toEqual([{ kind: 'no-answer', step }]);
  clock.advance(5_000);
  await dialled.settle();
  expect([server().isGone, clock.pending]).toEqual([true, 0]);
});

test.each(STEPS)('the server closes at %s', async (step) => {
  const { dialled, ends } = runWith({ [step]: 'close' });
  await dialled.settle();
  expect(ends).toEqual([{ kind: 'closed', step, detail: 'closed by the server' }]);
});

test.each(STEPS)('the server talks nonsense at %s', async (step) => {
  const { dialled, ends } = runWith({ [step]: 'garbage' });
  await dialled.settle();
  expect(ends).toMatchObject([
    {
      kind: 'protocol-error',
      code: step === 'handshake' ? 'not-an-rtmp-server' : 'chunk-stream-not-started',
    },
  ]);
});

test.each(['connect', 'create-stream', 'publish'] as const)('the server refuses at %s', async (step) => {
  const { dialled, ends, lives } = runWith({ [step]: { code: 'Net.No', description: 'No, thank you.' } });
  await dialled.settle();
  expect(ends).toEqual([{ kind: 'refused', step, code: 'Net.No', description: 'No, thank you.' }]);
  expect(lives()).toBe(0);
});

test.each([
  ['whole', KEY, KEY],
  ['in a sentence', KEY, `Stream app/${KEY} denied`],
  // Root cause: only the whole publish name was looked for, and servers cut the query off.
  ['without its query', `${KEY}?bandwidthtest=true&token=QUERYMARKER`, `${KEY} is not known`],
  ['as a part', `${KEY}?a=QUERYMARKER`, 'token QUERYMARKER has expired'],
  ['percent-encoded', 'MARKERKEY/&=%?x', `no ${encodeURIComponent('MARKERKEY/&=%?x')}`],
  ['with slashes, in parts', 'first-part/MARKERKEY', 'no MARKERKEY here'],
])('a key that the server repeats %s is in no word of ours', async (_, streamName, said) => {
  const script = { publish: { code: `Denied.${said}`, description: said } };
  const { dialled, ends } = runWith(script, streamName);
  await dialled.settle();
  expect(ends[0]?.kind).toBe('refused');
  expect(JSON.stringify(ends)).not.toMatch(/MARKER/);
  const live = runWith({}, streamName);
  await live.dialled.settle();
  live.server().status({ level: 'error', code: said, description: '' });
  await live.dialled.settle();
  const [end] = live.ends;
  expect(end?.kind).toBe('ended-by-server');
  if (end === undefined || end.kind === 'stopped') return;
  const verdict = judge(end, {
    platformName: 'P',
    host: 'h',
    port: 1,
    tls: false,
    keyPlace: null,
    wasLive: false,
    refusedInARow: 1,
    closedAtPublish: 0,
  });
  expect(JSON.stringify([live.ends, verdict])).not.toMatch(/MARKER/);
});

test.each(['\ud800 half a character', 'a%zz key with a % sign'])(
  'the key %j stops nothing',
  async (streamName) => {
    const { dialled, ends } = runWith({ publish: { code: 'No', description: 'no' } }, streamName);
    await dialled.settle();
    expect(ends).toMatchObject([{ kind: 'refused', description: 'no' }]);
  },
);

test('the line is lost while live', async () => {
  const { dialled, ends, line, stream, run } = runWith();
  await dialled.settle();
  line().near.cut(new TransportError('reset', 'read ECONNRESET'));
  expect(ends).toEqual([{ kind: 'closed', step: 'live', detail: 'read ECONNRESET' }]);
  expect(stream.readerCount).toBe(0);
  expect(run.counts.lastMs).toBe(10);
});

test.each([
  ['unpublished by the server', 'status', 'NetStream.Unpublish.Success'],
  ['an error on the stream', 'error', 'NetStream.Publish.Whatever'],
] as const)('%s ends it', async (_, level, code) => {
  const { dialled, ends, server } = runWith();
  await dialled.settle();
  server().status({ level, code, description: 'over' });
  await dialled.settle();
  expect(ends).toEqual([{ kind: 'ended-by-server', code, description: 'over' }]);
});

test('a status that is none of these does not', async () => {
  const { dialled, ends, server } = runWith();
  await dialled.settle();
  server().status({ level: 'status', code: 'NetStream.Data.Start', description: '' });
  await dialled.settle();
  expect(ends).toEqual([]);
});

test('acknowledgements are read and counted', async () => {
  const { dialled, run, server } = runWith();
  await dialled.settle();
  server().sendMessage({ typeId: 3, timestamp: 0, streamId: 0, payload: writeControlNumber(12_345) }, 2);
  await dialled.settle();
  expect(run.counts.bytesAcknowledged).toBe(12_345);
});

/** A line that takes nothing, and a picture of 100 kB a second. */
async function standstill() {
  const made = runWith();
  const { clock, dialled, stream, server, line } = made;
  await dialled.settle();
  let acknowledged = 0;
  const acknowledge = async (): Promise<void> => {
    acknowledged += 1_000;
    const payload = writeControlNumber(acknowledged);
    server().sendMessage({ typeId: 3, timestamp: 0, streamId: 0, payload }, 2);
    await dialled.settle();
  };
  await acknowledge();
  line().near.stalled = true;
  let now = 0;
  const second = (): void => {
    now += 1_000;
    stream.publish(9, now, keyframe(100_000), now);
    clock.advance(1_000);
  };
  return { ...made, acknowledge, second };
}

test('a server that takes nothing while data wait is stalled; one that takes a little is not', async () => {
  const { clock, ends, line, second } = await standstill();
  for (let n = 0; n < 15; n++) second();
  line().near.stalled = false;
  line().near.take(1_000);
  line().near.stalled = true;
  for (let n = 0; n < 15; n++) second();
  expect(ends).toEqual([]);
  for (let n = 0; n < 8; n++) second();
  expect(ends).toMatchObject([{ kind: 'stalled', stillMs: 21_000 }]);
  const waitingBytes = ends[0]?.kind === 'stalled' ? ends[0].waitingBytes : 0;
  // The line's share, and of the queue what has come since it last dropped what was late.
  expect(waitingBytes).toBeGreaterThan(300_000);
  expect(line().near.isOpen).toBe(false);
  expect(clock.now()).toBeGreaterThan(STALL_TIMEOUT_MS);
});

test('a slow line that moves is no stall (root cause: the system tells of it every half a minute only): acknowledgements say so', async () => {
  const { ends, second, acknowledge, line } = await standstill();
  for (let n = 0; n < 120; n++) {
    second();
    if (n % 15 !== 0) continue;
    line().near.stalled = false;
    await acknowledge();
    line().near.stalled = true;
  }
  expect(ends).toEqual([]);
});

test('a server that never acknowledges is given a minute', async () => {
  const { clock, dialled, ends, line, stream } = runWith();
  await dialled.settle();
  line().near.stalled = true;
  for (let now = 1_000; now <= 59_000; now += 1_000) {
    stream.publish(9, now, keyframe(100_000), now);
    clock.advance(1_000);
  }
  expect(ends).toEqual([]);
  clock.advance(1_000);
  clock.advance(1_000);
  clock.advance(1_000);
  expect(ends).toMatchObject([{ kind: 'stalled' }]);
});

test('an idle stream is no stall: nothing waits', async () => {
  const { clock, dialled, ends } = runWith();
  await dialled.settle();
  for (let ms = 0; ms < 10 * STALL_TIMEOUT_MS; ms += 1_000) {
    clock.advance(1_000);
    await dialled.settle();
  }
  expect(ends).toEqual([]);
});

test('pings measure the way to the server and back; what waits in the socket is told', async () => {
  const { clock, dialled, run, server, line } = runWith();
  await dialled.settle();
  expect([run.counts.roundTripMs, run.counts.backlogBytes]).toEqual([null, 0]);
  clock.advance(6_000);
  expect(run.counts.backlogBytes).toBeGreaterThan(0);
  clock.advance(80);
  await dialled.settle();
  expect([run.counts.roundTripMs, run.counts.backlogBytes]).toEqual([80, 0]);
  line().near.pretendedBacklogBytes = 5_000;
  expect([run.counts.backlogBytes, server().goodbyes]).toEqual([5_000, 0]);
});
