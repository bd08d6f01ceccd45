import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closedPort, type DropStep } from '../harness/fault-server.ts';
import { expectRetry, FaultyTargets, type FaultyTarget } from '../harness/faulty-targets.ts';
import { holesIn, isMedia, offsetMsOf } from '../harness/holes.ts';
import { heldKib } from '../harness/memory.ts';
import {
  endShow,
  expectUntouched,
  expectWhole,
  SHOW_KBPS,
  startShow,
  timesThatFall,
  type Show,
} from '../harness/show.ts';
import { Stage } from '../harness/stage.ts';
import { needs } from '../harness/tools.ts';
import { sleep, until } from '../harness/until.ts';

const gate = needs('ffmpeg');
/** The product's own. */
const [STEP_TIMEOUT_MS, STALL_TIMEOUT_MS, QUEUE_MS] = [15_000, 20_000, 5_000];
/** For timers that fire once a second, on a computer that has other things to do. */
const LATE_MS = 2_500;
/**
 * Two queues of 5 s (1.7 MB each), one GOP, and what the heaps of the program and of its history's thread grow by in a
 * minute of JSON and sockets (10 to 18 MB from run to run), KiB.
 */
const MEMORY_KIB = 24 * 1024;
const BAD_NAME = { kind: 'reject', at: 'publish', code: 'NetStream.Publish.BadName' } as const;
const IN_USE = /already live with this stream key.*Stop the other stream; this one tries again by itself/;

const DROPS: readonly (readonly [DropStep, string, RegExp])[] = [
  ['c0c1', 'closed-early', /during set-up \(at the handshake\).*check the server URL/],
  ['handshake', 'closed-early', /during set-up \(after the connection was asked for\).*check the server URL/],
  ['connect', 'closed-early', /during set-up \(while the stream was created\).*check the server URL/],
  ['create-stream', 'closed-early', /during set-up \(while the stream was created\).*check the server URL/],
  ['publish', 'closed-at-publish', /when it got the stream key\. Most often the key is wrong.*copy it again/],
];

describe.skipIf(gate.missing)(`a fault of one target touches no other${gate.words}`, () => {
  let stage: Stage;
  let show: Show;
  let faulty: FaultyTargets;
  let kibBefore = 0;
  let failed = false;
  /** Those that take long go on while the others are tried. */
  let stalled: FaultyTarget;
  let deaf: FaultyTarget;
  let mute: FaultyTarget;
  let muteAtPublish: FaultyTarget;
  let refused: FaultyTarget;
  let slow: FaultyTarget | undefined;

  beforeAll(async () => {
    stage = new Stage('faults');
    show = await startShow(stage, { healthy: 2 });
    kibBefore = await heldKib(show.studio.child);
    faulty = new FaultyTargets(stage, show);
    // No more than two that lag: from half of all on it would be the line's fault, and the others would get less.
    stalled = await faulty.addWith('stalled', { kind: 'stall', afterMs: 1_000 });
    deaf = await faulty.addWith('deaf', { kind: 'half-close', afterMs: 20_000, deafMs: 19_000 });
    mute = await faulty.addWith('mute', { kind: 'silent', at: 'handshake' });
    muteAtPublish = await faulty.addWith('mute at publish', { kind: 'silent', at: 'publish' });
    refused = await faulty.addWith('refused', { ...BAD_NAME, description: 'Invalid stream key.' });
  }, 120_000);

  afterAll(async () => {
    await stage.close({ failed });
  }, 60_000);

  const check = (name: string, act: () => Promise<void>): void => {
    test(
      name,
      async ({ onTestFailed }) => {
        onTestFailed(() => {
          failed = true;
        });
        await act();
      },
      90_000,
    );
  };

  check('nobody listens', async () => {
    const words = /Nothing accepts connections at 127\.0\.0\.1:\d+\. Check host and port of the server URL/;
    await faulty.expectTwoTries(await faulty.add('closed', await closedPort()), 'connection-refused', words);
  });

  check('a reset as soon as it is connected', async () => {
    const words = /closed the connection during set-up \(at the handshake\).*check the server URL/;
    await faulty.expectTwoTries(await faulty.addWith('reset', { kind: 'reset' }), 'closed-early', words);
  });

  check('a no to connect ends the tries, and says what to check', async () => {
    const no = { code: 'NetConnection.Connect.Rejected', description: 'No such application.' };
    const target = await faulty.addWith('wrong app', { kind: 'reject', at: 'connect', ...no });
    const words = /No such application.*Check the server URL; its last part \(the app\)/;
    await faulty.expectGivenUp(target, 'server-refused', words);
    await faulty.remove(target);
  });

  check('a no to the key ends the tries, and says where to copy it anew', async () => {
    const words = /refused the stream key.*Invalid stream key.*Copy it again from/;
    await faulty.expectGivenUp(refused, 'key-refused', words);
  });

  check('a bare BadName may be the key still in use: tried again', async () => {
    const target = await faulty.addWith('bare', { ...BAD_NAME, description: '' });
    await faulty.expectTwoTries(target, 'already-publishing', IN_USE);
  });

  check('“already publishing” is tried again, and goes live once the other has left', async () => {
    const target = await faulty.addWith('in use', { ...BAD_NAME, description: 'Stream already publishing' });
    for (const one of await faulty.watch.failed(target.id, { times: 2 }))
      expectRetry(one, 'already-publishing', IN_USE);
    await faulty.heal(target);
  });

  check('a plain server under rtmps://', async () => {
    const server = await faulty.serve({ kind: 'none' });
    const target = await faulty.add('no TLS', server.url.replace('rtmp:', 'rtmps:'), server);
    const words = /No encrypted connection.*If this port is plain RTMP, use rtmp:\/\/ in the server URL/;
    await faulty.expectTwoTries(target, 'tls-failed', words);
    expect(server.publishes).toEqual([]);
  });

  check('a certificate that signs itself gets no key', async () => {
    const target = await faulty.addWith('self-signed', { kind: 'none' }, { tls: true });
    const words = /certificate that cannot be trusted.*The stream key was not sent/;
    await faulty.expectGivenUp(target, 'tls-certificate', words);
    expect(target.server?.publishes).toEqual([]);
    await faulty.remove(target);
  });

  for (const [at, code, words] of DROPS) {
    check(`hung up at ${at}`, async () => {
      await faulty.expectTwoTries(await faulty.addWith(`drops at ${at}`, { kind: 'drop', at }), code, words);
    });
  }

  // Which frames came there is looked at in the end, for all.
  check('lost every two seconds: live again each time', async () => {
    const fault = { kind: 'drop-live', afterMs: 2_000, how: 'reset' } as const;
    const target = await faulty.addWith('drops live', fault);
    const losses = await faulty.watch.failed(target.id, { times: 3, timeoutMs: 40_000 });
    for (const loss of losses)
      expectRetry(loss, 'connection-lost', /The connection to .* was lost .*Trying again/);
    expect(losses.map(({ reconnects }) => reconnects)).toEqual([0, 1, 2]);
    target.server?.become({ kind: 'none' });
    expect((await show.studio.api.targetIs(target.id, 'live')).reconnects).toBe(3);
    await sleep(3_000);
    await faulty.remove(target);
    expect(target.server?.publishes).toHaveLength(4);
    await expectUntouched(show);
  });

  check('closed one way by a server that goes on reading: lost at once, and back', async () => {
    const afterMs = 1_500;
    const target = await faulty.addWith('half-closed', { kind: 'half-close', afterMs });
    const loss = await faulty.firstRetry(target, { code: 'connection-lost', words: /lost .*Trying again/ });
    const live = faulty.watch.of(target.id).find(({ state }) => state === 'live');
    const heldMs = Date.parse(loss.lastError?.at ?? '') - Date.parse(live?.since ?? '');
    expect(Math.abs(heldMs - afterMs)).toBeLessThan(LATE_MS / 2);
    await faulty.heal(target);
  });

  check('no answer to the handshake, or to publish: given up after the time for a step', async () => {
    const both = [
      [mute, /does not answer \(at the handshake\)/],
      [muteAtPublish, /does not answer \(after the stream key was sent\)/],
    ] as const;
    for (const [target, words] of both) {
      const timeoutMs = STEP_TIMEOUT_MS + 10_000;
      const given = await faulty.firstRetry(target, { code: 'no-answer', words, timeoutMs });
      const calledAt = performance.timeOrigin + (target.server?.connectedAt[0] ?? NaN);
      const waitedMs = Date.parse(given.lastError?.at ?? '') - calledAt;
      expect(Math.abs(waitedMs - STEP_TIMEOUT_MS)).toBeLessThan(LATE_MS);
      await faulty.remove(target);
    }
    await expectUntouched(show);
  });

  check('never read again: given up after the time for a standstill, and connected anew', async () => {
    const words = /has taken no data for (\d+) s, and (\d+) kB wait for it/;
    const given = await faulty.firstRetry(stalled, { code: 'stalled', words, timeoutMs: 60_000 });
    const [, stillS, waitingKB] = words.exec(given.lastError?.message ?? '') ?? [];
    expect(Number(stillS) * 1000).toBeGreaterThanOrEqual(STALL_TIMEOUT_MS);
    expect(Number(stillS) * 1000).toBeLessThanOrEqual(STALL_TIMEOUT_MS + LATE_MS);
    // Its queue and what the socket holds, not twenty seconds of the show.
    expect(Number(waitingKB)).toBeLessThan(((QUEUE_MS / 1000 + 1) * SHOW_KBPS) / 8 + 256);
    expect(given.droppedFrames).toBeGreaterThan(0);
    await faulty.heal(stalled);
    await expectUntouched(show);
  });

  check(
    'closed one way by a server that had stopped reading: given up no later than a standstill',
    async () => {
      const [given] = await faulty.watch.failed(deaf.id, { timeoutMs: 60_000 });
      const code = given?.lastError?.code === 'stalled' ? 'stalled' : 'connection-lost';
      await faulty.firstRetry(deaf, { code, words: /has taken no data|was lost/ });
      await faulty.heal(deaf);
      await expectUntouched(show);
    },
  );

  check('read at a quarter of the rate: frames are dropped and counted, the connection is kept', async () => {
    slow = await faulty.addWith('slow', { kind: 'slow', kbps: SHOW_KBPS / 4 });
    const { id } = slow;
    await until('frames are dropped', async () => (await show.studio.api.target(id)).droppedFrames > 60, {
      timeoutMs: 50_000,
    });
    const target = await show.studio.api.target(id);
    expect(target).toMatchObject({ state: 'live', reconnects: 0, lastError: null });
    expect(target.queueMs).toBeLessThanOrEqual(QUEUE_MS);
    // It gets all that the system has taken for it, and then what is newest.
    slow.server?.become({ kind: 'none' });
    await until('it has caught up', async () => (await show.studio.api.target(id)).queueMs === 0);
    await sleep(2_500);
    await faulty.remove(slow);
    expect(slow.server?.publishes).toHaveLength(1);
    await expectUntouched(show);
  });

  check('in the end: none was called twice at once or after it was removed; memory is bounded', async () => {
    const { servers } = faulty;
    expect(servers.map((server) => server.mostAtOnce())).toEqual(servers.map(() => 1));
    expect(refused.server?.connectedAt).toHaveLength(1);
    expect(await show.studio.api.target(refused.id)).toMatchObject({ state: 'failed', attempt: 1 });
    const calls = servers.map(({ connectedAt }) => connectedAt.length);
    await sleep(1_000);
    expect(servers.map(({ connectedAt }) => connectedAt.length)).toEqual(calls);
    expect((await heldKib(show.studio.child)) - kibBefore).toBeLessThan(MEMORY_KIB);
  });

  check(
    'in the end: the healthy targets got every message, the others whole pieces from keyframes',
    async () => {
      const sent = await endShow(show);
      expectWhole(sent, show);
      const offsetMs = offsetMsOf(sent, show.healthy[0]?.server.publishes[0]?.trail ?? []);
      for (const server of faulty.servers) {
        expect(timesThatFall(server.publishes.flatMap(({ trail }) => trail.filter(isMedia)))).toEqual([]);
        for (const { trail } of server.publishes) {
          const holes = holesIn(sent, trail, offsetMs);
          expect(holes).toMatchObject({ strangers: 0, outOfOrder: 0 });
          expect(holes.behindHoles.map(({ kind }) => kind)).toEqual(holes.behindHoles.map(() => 'keyframe'));
          if (server !== slow?.server) expect(holes).toMatchObject({ missingPictures: 0, soundHolesMs: [] });
        }
      }
    },
  );
});
