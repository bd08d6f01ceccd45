import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aacHeader, audio } from '../hub/testing/stream-messages.ts';
import type { ScriptedServer } from '../net/testing/scripted-server.ts';
import { ALREADY_PUBLISHING } from '../net/testing/scripted-server.ts';
import { LEAVE_WITHIN_MS } from './target-runs.ts';
import { live, Stage, type Next } from './testing/stage.ts';

/** A target whose servers, by host, act by these scripts. */
function staged(scripts: Readonly<Record<string, Next>> = {}, url = 'rtmp://host/app'): Stage {
  const stage = new Stage();
  stage.place = { ...stage.place, url };
  stage.next = ({ host }) => scripts[host] ?? {};
  return stage;
}

function nth(stage: Stage, call: number): ScriptedServer {
  const server = stage.servers[call];
  if (server === undefined) throw new Error(`nobody has made call ${call}`);
  return server;
}

/** Times of what a server got, without headers: `k` a keyframe, `v` another frame, `a` sound. */
function media(server: ScriptedServer): string[] {
  return server.messages
    .filter(({ payload }) => payload[1] === 1)
    .map(
      ({ typeId, timestamp, payload }) =>
        `${typeId === 8 ? 'a' : payload[0] === 0x17 ? 'k' : 'v'}${timestamp}`,
    );
}

const hosts = (stage: Stage): string[] => stage.dialled.calls.map(({ host, port }) => `${host}:${port}`);

async function frames(stage: Stage, ...kinds: readonly ('key' | 'inter')[]): Promise<void> {
  for (const kind of kinds) {
    stage.frame(kind === 'key');
    await stage.settle();
  }
}

/** The server asks, and the new connection is dialled but not served yet. */
function ask(stage: Stage, tcUrl: string | undefined, call = 0): boolean {
  const wasAsked = nth(stage, call).requestReconnect(tcUrl);
  stage.dialled.lines[call]?.flush();
  return wasAsked;
}

async function quiet(stage: Stage): Promise<void> {
  await stage.settle();
  await stage.pass(60_000);
  expect([stage.dialled.openLines, stage.clock.pending, stage.stream.readerCount]).toEqual([0, 0, 0]);
}

test('make before break: the old one sends until the next keyframe, the new one from it on', async () => {
  const stage = await live(staged());
  await frames(stage, 'inter');
  expect(ask(stage, 'rtmp://other/app')).toBe(true);
  await stage.settle();
  expect([hosts(stage), stage.dialled.openLines]).toEqual([['host:1935', 'other:1935'], 2]);
  await frames(stage, 'inter', 'inter');
  expect([media(nth(stage, 1)), stage.told.includes('moved to other')]).toEqual([[], false]);
  await frames(stage, 'key', 'inter');
  expect(media(nth(stage, 0))).toEqual(['k0', 'a5', 'v40', 'a45', 'v80', 'a85', 'v120', 'a125']);
  expect(media(nth(stage, 1))).toEqual(['k160', 'a165', 'v200', 'a205']);
  // Headers come before the keyframe, at a time that is not behind it.
  expect(
    nth(stage, 1)
      .messages.slice(0, 3)
      .map(({ typeId, payload }) => `${typeId}:${payload[1] ?? ''}`),
  ).toEqual(['9:0', '8:0', '9:1']);
  expect([nth(stage, 0).goodbyes, nth(stage, 0).isGone, nth(stage, 1).publishedName]).toEqual([
    1,
    true,
    'key-1234',
  ]);
  expect([stage.dialled.openLines, stage.mostLines, stage.target.state, stage.target.reconnects]).toEqual([
    1,
    2,
    'live',
    0,
  ]);
  expect([stage.told.at(-1), stage.losses, stage.target.attempt]).toEqual(['moved to other', [], 1]);
  expect(stage.target.counts.bytesSent).toBeGreaterThan(2 * 3_000);
  const closed = stage.target.close();
  await stage.settle();
  // The timer for a move that takes too long is gone with it: it would keep the program waiting at its end.
  expect(stage.clock.pending).toBe(0);
  await quiet(stage);
  await closed;
});

test.each([
  ['absolute', 'rtmp://other:1940/app2?x=1', 'other:1940', 'app2?x=1'],
  ['to another path', '/app2', 'host:1935', 'app2'],
  ['without a scheme', '//other/app', 'other:1935', 'app'],
  ['beside the app', 'app3', 'host:1935', 'app3'],
  ['absent', undefined, 'host:1935', 'app'],
])('the new address may be %s', async (_, tcUrl, to, app) => {
  const stage = await live(staged());
  ask(stage, tcUrl);
  await stage.settle();
  await frames(stage, 'key');
  expect(hosts(stage)).toEqual(['host:1935', to]);
  const request = stage.server.events.find(({ type }) => type === 'connect-requested');
  expect(request).toMatchObject({ request: { app, capsEx: expect.any(Number) as number } });
  expect([stage.dialled.openLines, media(stage.server)]).toEqual([1, ['k40', 'a45']]);
});

test.each([['rtmp://other/app'], ['http://other/app'], ['rtmps://'], ['//']])(
  'from rtmps no move to %s',
  async (tcUrl) => {
    const stage = await live(staged({}, 'rtmps://host/app'));
    ask(stage, tcUrl);
    await frames(stage, 'key');
    expect([stage.dialled.calls.length, stage.target.state, media(nth(stage, 0)).length]).toEqual([
      1,
      'live',
      4,
    ]);
  },
);

test.each<[string, Next]>([
  ['refuses the app', { connect: { code: 'No', description: 'no' } }],
  ['refuses the key', { publish: ALREADY_PUBLISHING }],
  ['closes', { connect: 'close' }],
  ['closes at either handshake', { handshake: 'close' }],
  ['talks nonsense', { connect: 'garbage' }],
  ['is not there', 'refused'],
  ['is silent', 'never'],
  ['is silent at publish', { publish: 'silent' }],
  ['sends us round and round', { connect: { code: 'No', description: '', redirect: 'rtmp://other/app' } }],
])('a new server that %s changes nothing', async (_, other) => {
  const stage = await live(staged({ other }));
  ask(stage, 'rtmp://other/app');
  await stage.settle();
  await frames(stage, 'inter', 'key');
  await stage.pass(40_000);
  await frames(stage, 'key');
  expect([stage.target.state, stage.losses, stage.dialled.openLines, stage.mostLines]).toEqual([
    'live',
    [],
    1,
    2,
  ]);
  expect(media(nth(stage, 0))).toHaveLength(8);
  expect(stage.told).not.toContain('moved to other');
  // Asked again, it goes.
  stage.next = {};
  ask(stage, 'rtmp://other/app');
  await stage.settle();
  await frames(stage, 'key');
  expect(stage.told.at(-1)).toBe('moved to other');
});

test('the old one is lost while the new one is set up: that one becomes the only one', async () => {
  const stage = await live(staged());
  await frames(stage, 'inter');
  ask(stage, 'rtmp://other/app');
  stage.dialled.lines[0]?.near.cut(undefined);
  expect([stage.target.state, stage.target.nextRetryAt]).toEqual(['connecting', undefined]);
  // Published while nobody sends: the GOP that the old server has not had whole comes no more, the next one does.
  stage.frame(true);
  stage.frame(false);
  await stage.settle();
  expect([stage.target.state, stage.target.reconnects, stage.dialled.openLines]).toEqual(['live', 1, 1]);
  expect(hosts(stage)).toEqual(['host:1935', 'other:1935']);
  expect(media(stage.server)).toEqual(['k80', 'a85', 'v120', 'a125']);
});

test('the old one is lost, and then the new one too: tried again, the new address first, then by turns', async () => {
  const stage = await live(staged({ other: 'refused' }));
  ask(stage, 'rtmp://other/app');
  stage.dialled.lines[0]?.near.cut(undefined);
  await stage.settle();
  expect([stage.target.state, stage.losses.length]).toEqual(['retrying', 1]);
  expect(stage.target.attempt).toBeGreaterThan(0);
  await stage.retry();
  expect([stage.target.state, hosts(stage).at(-1)]).toEqual(['live', 'host:1935']);
});

test('after a move a loss leads back to the new server, then to the first, by turns', async () => {
  const scripts: Record<string, Next> = {};
  const stage = await live(staged(scripts));
  ask(stage, 'rtmp://other/app');
  await stage.settle();
  await frames(stage, 'key');
  scripts.other = 'refused';
  scripts.host = 'timeout';
  await stage.cut();
  for (let n = 0; n < 4; n++) await stage.retry();
  expect(hosts(stage).slice(2)).toEqual(['other:1935', 'host:1935', 'other:1935', 'host:1935']);
  scripts.other = {};
  await stage.retry();
  expect([stage.target.state, stage.server.publishedName]).toEqual(['live', 'key-1234']);
});

test('the new one is lost before it has sent: the old one, which still does, stays', async () => {
  const stage = await live(staged());
  ask(stage, 'rtmp://other/app');
  await stage.settle();
  await frames(stage, 'inter');
  await stage.cut();
  await frames(stage, 'inter', 'key', 'inter');
  expect([stage.target.state, stage.losses, stage.dialled.openLines]).toEqual(['live', [], 1]);
  expect(media(nth(stage, 0)).filter((what) => !what.startsWith('a'))).toEqual([
    'k0',
    'v40',
    'v80',
    'k120',
    'v160',
  ]);
  await stage.pass(LEAVE_WITHIN_MS + 1_000);
  expect([stage.target.state, nth(stage, 0).isGone, stage.told.includes('moved to other')]).toEqual([
    'live',
    false,
    false,
  ]);
});

type Stop = (stage: Stage) => unknown;
const STOPS: readonly (readonly [string, Stop])[] = [
  [
    'stopped',
    (stage) => {
      stage.target.setEnabled(false);
    },
  ],
  ['deleted', (stage) => void stage.target.close()],
  ['the show ends', (stage) => stage.end()],
];
const WHEN: readonly (readonly [string, (stage: Stage) => unknown])[] = [
  ['while the new one is dialled', () => undefined],
  ['once the new one stands', (stage) => stage.settle()],
  [
    'right after the move',
    async (stage) => {
      await stage.settle();
      stage.frame(true);
    },
  ],
];

test.each(STOPS.flatMap(([stop, act]) => WHEN.map(([when, wait]) => [stop, when, act, wait] as const)))(
  '%s %s: no connection is left, and nothing more is told',
  async (_, __, act, wait) => {
    const stage = await live(staged());
    ask(stage, 'rtmp://other/app');
    await wait(stage);
    const told = stage.told.filter((word) => word.startsWith('moved'));
    await act(stage);
    await quiet(stage);
    expect([stage.losses, stage.told.filter((word) => word.startsWith('moved'))]).toEqual([[], told]);
    expect(nth(stage, 0).goodbyes).toBe(1);
    expect(['off', 'waiting', 'live']).toContain(stage.target.state);
  },
);

test('edited in mid-move: both go, one comes', async () => {
  const stage = await live(staged());
  ask(stage, 'rtmp://other/app');
  await stage.settle();
  stage.place = { ...stage.place, url: 'rtmp://third/app' };
  stage.target.placeChanged();
  await stage.settle();
  expect([stage.dialled.openLines, hosts(stage).at(-1), stage.target.state]).toEqual([
    1,
    'third:1935',
    'live',
  ]);
  expect(stage.servers.map(({ goodbyes }) => goodbyes)).toEqual([1, 1, 0]);
});

test('no keyframe comes: the old one leaves in time all the same', async () => {
  const stage = await live(staged());
  ask(stage, 'rtmp://other/app');
  await stage.settle();
  for (let ms = 0; ms < LEAVE_WITHIN_MS; ms += 1_000) {
    expect([nth(stage, 0).goodbyes, stage.dialled.openLines]).toEqual([0, 2]);
    await stage.pass(1_000);
    await frames(stage, 'inter');
  }
  expect([nth(stage, 0).goodbyes, stage.dialled.openLines, stage.told.at(-1)]).toEqual([
    1,
    1,
    'moved to other',
  ]);
});

test('sound alone: cut at the next sound, none goes to both (root cause: there is no keyframe to wait for)', async () => {
  const stage = staged();
  stage.target.setEnabled(true);
  stage.stream.begin();
  stage.target.setStreamLive(true);
  stage.stream.publish(8, 0, aacHeader(), 0);
  const sound = async (ms: number): Promise<void> => {
    stage.stream.publish(8, ms, audio(), ms);
    await stage.settle();
  };
  await stage.settle();
  for (let ms = 0; ms <= 3_000; ms += 500) await sound(ms);
  ask(stage, 'rtmp://other/app');
  await stage.settle();
  await sound(3_500);
  await sound(4_000);
  expect([media(nth(stage, 0)), media(nth(stage, 1))]).toEqual([
    ['a2500', 'a3000'],
    ['a3500', 'a4000'],
  ]);
  expect([stage.dialled.openLines, nth(stage, 0).goodbyes]).toEqual([1, 1]);
});

test('a keyframe that waits in a slow line’s queue is not where it is cut (root cause: it was, and all up to the next went to nobody)', async () => {
  const stage = await live(staged());
  const near = stage.dialled.lines[0]?.near;
  if (near === undefined) throw new Error('no line');
  near.stalled = true;
  near.pretendedBacklogBytes = 300_000;
  for (const isKey of [false, true, false]) stage.frame(isKey);
  ask(stage, 'rtmp://other/app');
  await stage.settle();
  stage.frame(false);
  near.stalled = false;
  near.pretendedBacklogBytes = 0;
  near.write([]);
  stage.frame(false);
  await frames(stage, 'inter', 'key', 'inter');
  expect(media(nth(stage, 0)).filter((what) => !what.startsWith('a'))).toEqual([
    'k0',
    'v40',
    'k80',
    'v120',
    'v160',
    'v200',
    'v240',
  ]);
  expect(media(nth(stage, 1))).toEqual(['k280', 'a285', 'v320', 'a325']);
  expect(stage.dialled.openLines).toBe(1);
});

test('a keyframe comes while the old line is slow: it sends what it had, then says goodbye', async () => {
  const stage = await live(staged());
  const near = stage.dialled.lines[0]?.near;
  if (near === undefined) throw new Error('no line');
  ask(stage, 'rtmp://other/app');
  await stage.settle();
  near.stalled = true;
  await frames(stage, 'inter');
  near.pretendedBacklogBytes = 300_000;
  await frames(stage, 'inter', 'key', 'inter');
  expect([stage.dialled.openLines, media(nth(stage, 1))]).toEqual([2, ['k120', 'a125', 'v160', 'a165']]);
  near.stalled = false;
  near.pretendedBacklogBytes = 0;
  await stage.settle();
  expect(media(nth(stage, 0))).toEqual(['k0', 'a5', 'v40', 'a45', 'v80', 'a85']);
  expect([stage.dialled.openLines, nth(stage, 0).goodbyes, stage.told.at(-1)]).toEqual([
    1,
    1,
    'moved to other',
  ]);
});

test('the new server asks to move on while the old one is still there: never three (root cause: the third was set up at once)', async () => {
  const stage = await live(staged());
  ask(stage, 'rtmp://other/app');
  await stage.settle();
  ask(stage, 'rtmp://third/app', 1);
  // The one that has been left has no say any more; asking twice is asking once.
  ask(stage, 'rtmp://fourth/app', 0);
  ask(stage, 'rtmp://third/app', 1);
  await stage.settle();
  expect([hosts(stage), stage.dialled.openLines]).toEqual([['host:1935', 'other:1935'], 2]);
  await frames(stage, 'key');
  expect([hosts(stage).at(-1), stage.dialled.openLines]).toEqual(['third:1935', 2]);
  await frames(stage, 'inter', 'key');
  expect([media(nth(stage, 1)), media(nth(stage, 2))]).toEqual([
    ['k40', 'a45', 'v80', 'a85'],
    ['k120', 'a125'],
  ]);
  expect([stage.mostLines, stage.dialled.openLines]).toEqual([2, 1]);
});

test('asked before it is live: done once it is (root cause: it was not heard)', async () => {
  const stage = await live(staged({ host: { reconnectAtPublish: 'rtmp://other/app' } }));
  expect([hosts(stage), stage.target.state]).toEqual([['host:1935', 'other:1935'], 'live']);
  await frames(stage, 'key');
  expect([stage.told.at(-1), media(stage.server)]).toEqual(['moved to other', ['k40', 'a45']]);
});

test('the new server may redirect, and want a digest', async () => {
  const stage = await live(
    staged({
      other: { connect: { code: 'No', description: '', redirect: 'rtmp://third/app' } },
      third: { handshake: 'digest-only' },
    }),
  );
  ask(stage, 'rtmp://other/app');
  await stage.settle();
  await frames(stage, 'key');
  expect(hosts(stage)).toEqual(['host:1935', 'other:1935', 'third:1935', 'third:1935']);
  expect([stage.told.at(-1), stage.mostLines, stage.losses]).toEqual(['moved to third', 2, []]);
});

test('a target that has signed in signs in anew when it is moved (root cause: the old answer was given, which no server takes)', async () => {
  const stage = staged();
  stage.place = { ...stage.place, user: 'caster', password: 's3cret' };
  let challenges = 0;
  const connect = ({ app }: { app: string }) => {
    const no = (inside: string, after = '') => ({ code: 'No', description: `[ ${inside} ] : ${after}` });
    if (!app.includes('user=')) return no('code=403 need auth; authmod=adobe');
    if (app.includes(`opaque=o${challenges}&`) || app.endsWith(`opaque=o${challenges}`)) {
      challenges++;
      return undefined;
    }
    return no('authmod=adobe', `?reason=needauth&salt=s&challenge=c&opaque=o${challenges}`);
  };
  stage.next = { connect };
  await live(stage);
  ask(stage, undefined, 2);
  await stage.settle();
  await frames(stage, 'key');
  expect([stage.told.at(-1), stage.dialled.calls.length, challenges]).toEqual(['moved to host', 6, 2]);
});

test('another encoder comes in mid-move: cut at its first keyframe', async () => {
  const stage = await live(staged());
  ask(stage, 'rtmp://other/app');
  await stage.settle();
  await stage.pass(1_000);
  await stage.begin();
  expect([stage.dialled.openLines, stage.told.at(-1)]).toEqual([1, 'moved to other']);
  expect(media(nth(stage, 1))[0]).toMatch(/^k/);
});

type Act =
  | { readonly kind: 'enable' | 'disable' | 'start' | 'edit' | 'begin' | 'end' | 'encoder' | 'key' | 'frame' }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'server'; readonly next: Next }
  /** Servers and lines by how long ago they came; `half`: before the new connection has been served. */
  | { readonly kind: 'move' | 'cut'; readonly ago: number; readonly half: boolean };

const REDIRECTS: Next = { connect: { code: 'No', description: '', redirect: '/elsewhere' } };
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'enable',
        'enable',
        'disable',
        'start',
        'edit',
        'begin',
        'begin',
        'end',
        'encoder',
        'key',
        'key',
        'frame',
        'frame',
        'frame',
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(0, 300, 1_000, 20_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('server' as const),
      next: fc.constantFrom<Next>(
        {},
        {},
        {},
        'refused',
        'never',
        { publish: ALREADY_PUBLISHING },
        { handshake: 'digest-only' },
        REDIRECTS,
        { reconnectAtPublish: '/on' },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('move' as const), ago: fc.nat(2), half: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('cut' as const), ago: fc.nat(2), half: fc.boolean() }),
  },
);

test('whatever happens in whatever order: one line, two in a move, never three; each frame to one server, time never back', async () => {
  let moves = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 10, maxLength: 60 }), fc.nat(), async (acts, seed) => {
      const stage = new Stage(seed);
      stage.target.setEnabled(true);
      let enabled = true;
      let streamLive = true;
      let shows: number[] = [0];
      await stage.begin();
      for (const act of acts) {
        if (act.kind === 'enable' || act.kind === 'disable') {
          enabled = act.kind === 'enable';
          stage.target.setEnabled(enabled);
        }
        if (act.kind === 'start') {
          enabled = true;
          stage.target.startNow();
        }
        if (act.kind === 'edit') stage.target.placeChanged();
        if (act.kind === 'begin' && !streamLive) {
          shows = [...shows, stage.servers.length];
          streamLive = true;
          await stage.begin();
        }
        if (act.kind === 'end' && streamLive) {
          streamLive = false;
          await stage.end();
        }
        if (act.kind === 'encoder' && streamLive) await stage.begin();
        if ((act.kind === 'key' || act.kind === 'frame') && streamLive) stage.frame(act.kind === 'key');
        if (act.kind === 'pass') await stage.pass(act.ms);
        if (act.kind === 'server') stage.next = act.next;
        if (act.kind === 'move') {
          const call = stage.servers.length - 1 - act.ago;
          stage.servers[call]?.requestReconnect(['/one', undefined, 'rtmp://two/app'][act.ago]);
          stage.dialled.lines[call]?.flush();
        }
        if (act.kind === 'cut') {
          const line = stage.dialled.lines.at(-1 - act.ago);
          line?.near.cut(undefined);
          line?.flush();
        }
        if (!('half' in act && act.half)) await stage.settle();
        expect(stage.mostUnclosed).toBeLessThanOrEqual(2);
        const { state } = stage.target;
        const { openLines } = stage.dialled;
        if (state !== 'live' && state !== 'connecting') expect(openLines).toBe(0);
        if (state === 'connecting') expect(openLines).toBeLessThanOrEqual(1);
        if (state === 'live') expect(openLines).toBeGreaterThanOrEqual(1);
        expect(state === 'off').toBe(!enabled);
        expect(stage.target.nextRetryAt !== undefined).toBe(state === 'retrying');
      }
      await stage.settle();
      moves += stage.told.filter((word) => word.startsWith('moved')).length;
      for (const [n, start] of shows.entries()) {
        const seen = new Set<string>();
        for (const server of stage.servers.slice(start, shows[n + 1])) {
          const last = new Map<number, number>();
          let hasKeyframe = false;
          for (const { typeId, timestamp, payload } of server.messages) {
            expect(timestamp).toBeGreaterThanOrEqual(last.get(typeId) ?? 0);
            last.set(typeId, timestamp);
            if (payload[1] === 0) continue;
            expect(seen).not.toContain(`${typeId}@${timestamp}`);
            seen.add(`${typeId}@${timestamp}`);
            if (payload[0] === 0x17) hasKeyframe = true;
            expect(hasKeyframe).toBe(true);
          }
        }
      }
      const closed = stage.target.close();
      await quiet(stage);
      await closed;
    }),
    { numRuns: 200 },
  );
  expect(moves).toBeGreaterThan(50);
}, 60_000);
