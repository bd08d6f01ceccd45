import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ServerScript } from '../net/testing/scripted-server.ts';
import { ALREADY_PUBLISHING } from '../net/testing/scripted-server.ts';
import type { ConnectRequest } from '../rtmp/command/connect.ts';
import { live, Stage, type Next } from './testing/stage.ts';

const REJECTED = 'NetConnection.Connect.Rejected';
const moved = (redirect: string): Next => ({
  connect: { code: REJECTED, description: '[ AccessManager.Reject ] : [ code=302 ] : ', redirect },
});

/** A target whose servers, by host and port, act by these scripts. */
function staged(scripts: Readonly<Record<string, Next>>, place: Partial<Stage['place']> = {}): Stage {
  const stage = new Stage();
  stage.place = { ...stage.place, ...place };
  stage.next = ({ host, port }) => scripts[`${host}:${port}`] ?? scripts[host] ?? 'dns-failed';
  return stage;
}

const requests = (stage: Stage): ConnectRequest[] =>
  stage.servers.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'connect-requested' ? [event.request] : [])),
  );
const apps = (stage: Stage): string[] => requests(stage).map(({ app }) => app);
const dialled = (stage: Stage): string[] =>
  stage.dialled.calls.map(({ host, port, tls }) => `${tls ? 's' : ''}${host}:${port}`);

test.each([
  ['absolute', 'rtmp://other:1940/app', 'other:1940', 'app'],
  ['with another app', 'rtmp://other/else/where?x=1', 'other:1935', 'else/where?x=1'],
  ['without a scheme', '//other/app', 'other:1935', 'app'],
  ['to an encrypted server', 'rtmps://other/app', 'sother:443', 'app'],
])('a redirect %s is followed at once, and is no failed try', async (_, redirect, to, app) => {
  const stage = await live(staged({ host: moved(redirect), other: {} }));
  expect(dialled(stage)).toEqual(['host:1935', to]);
  expect([stage.target.state, stage.target.attempt, stage.losses]).toEqual(['live', 1, []]);
  expect([apps(stage).at(-1), stage.server.publishedName]).toEqual([app, 'key-1234']);
  expect(requests(stage).at(-1)?.tcUrl).toMatch(/^rtmps?:\/\/other(:1940)?\/(app|else\/where\?x=1)$/);
  expect([stage.servers[0]?.isGone, stage.dialled.openLines, stage.mostLines]).toEqual([true, 1, 1]);
  expect(stage.told).toEqual(['waiting', 'connecting', 'live', 'first']);
});

test('a relative redirect leads to another app of the same server', async () => {
  const connect = ({ app }: ConnectRequest) =>
    app === 'app' ? { code: REJECTED, description: '', redirect: '/edge/two' } : undefined;
  const stage = await live(staged({ host: { connect } }));
  expect([dialled(stage), apps(stage)]).toEqual([
    ['host:1935', 'host:1935'],
    ['app', 'edge/two'],
  ]);
  expect(stage.target.state).toBe('live');
});

test.each([['rtmp://other/app'], ['http://other/app'], ['rtmp://'], ['rtmps://host']])(
  'from rtmps a redirect to %s is never followed',
  async (redirect) => {
    const stage = await live(staged({ host: moved(redirect), other: {} }, { url: 'rtmps://host/app' }));
    expect(dialled(stage)).toEqual(['shost:443']);
    expect([stage.target.state, stage.target.lastError?.verdict.code]).toEqual(['failed', 'bad-redirect']);
  },
);

test('nor over a server in between', async () => {
  const scripts = { host: moved('rtmps://between/app'), between: moved('rtmp://other/app'), other: {} };
  const stage = await live(staged(scripts));
  expect(dialled(stage)).toEqual(['host:1935', 'sbetween:443']);
  expect(stage.target.lastError?.verdict.code).toBe('bad-redirect');
});

test('servers that redirect in a circle: given up after five, and tried again later', async () => {
  const scripts: Record<string, Next> = { host: moved('rtmp://other/app'), other: moved('rtmp://host/app') };
  const stage = await live(staged(scripts));
  expect(dialled(stage)).toHaveLength(6);
  expect([stage.target.state, stage.target.attempt, stage.losses.length]).toEqual(['retrying', 1, 1]);
  expect(stage.target.lastError?.verdict.code).toBe('too-many-redirects');
  scripts.other = {};
  await stage.retry();
  expect([stage.target.state, stage.target.attempt]).toEqual(['live', 2]);
});

test('redirects are counted per try (root cause: those of failed tries before counted too, until nothing was followed)', async () => {
  const scripts: Record<string, Next> = { host: moved('rtmp://other/app'), other: 'refused' };
  const stage = await live(staged(scripts));
  for (let n = 0; n < 20; n++) await stage.retry();
  expect(stage.losses.every(({ verdict }) => verdict.code === 'connection-refused')).toBe(true);
  scripts.other = {};
  await stage.retry();
  await stage.retry();
  expect(stage.target.state).toBe('live');
});

test('a server that we were sent to and that is gone: the place itself is asked again (root cause: only the former was tried for ever)', async () => {
  const scripts: Record<string, Next> = { host: moved('rtmp://one/app'), one: {}, two: {} };
  const stage = await live(staged(scripts));
  scripts.one = 'refused';
  scripts.host = moved('rtmp://two/app');
  await stage.cut();
  await stage.retry();
  await stage.retry();
  expect(dialled(stage)).toEqual(['host:1935', 'one:1935', 'one:1935', 'host:1935', 'two:1935']);
  expect(stage.target.state).toBe('live');
});

test('a server that answers at the handshake to a digest only: tried at once with one, which it proves', async () => {
  const stage = await live(staged({ host: { handshake: 'digest-only' } }));
  expect([stage.target.state, stage.target.attempt, stage.losses]).toEqual(['live', 1, []]);
  const schemes = stage.servers.map(({ events }) => events.find(({ type }) => type === 'handshake-done'));
  expect(schemes).toEqual([undefined, { type: 'handshake-done', scheme: 'digest-1' }]);
  await stage.cut();
  await stage.retry();
  // What was learnt is kept.
  expect([stage.dialled.calls.length, stage.target.state]).toEqual([3, 'live']);
});

test('a server that closes at either handshake: one digest per try, then simple again', async () => {
  const stage = await live(staged({ host: { handshake: 'close' } }));
  expect([stage.target.state, stage.dialled.calls.length, stage.target.attempt]).toEqual(['retrying', 2, 1]);
  expect(stage.losses).toMatchObject([{ verdict: { code: 'closed-early' } }]);
  await stage.retry();
  expect([stage.target.state, stage.dialled.calls.length, stage.target.attempt]).toEqual(['retrying', 4, 2]);
  stage.next = {};
  await stage.retry();
  expect(stage.server.events.find(({ type }) => type === 'handshake-done')).toMatchObject({
    scheme: 'simple',
  });
});

const USER = 'USERMARKER';
const PASSWORD = 'PASSMARKER';
const SIGNED_IN = { user: USER, password: PASSWORD, streamKey: 'KEYMARKER-1' };

/** An access manager that checks responses by its own means: one hash over pieces, as the C implementations do. */
class AccessManager {
  readonly seen: ConnectRequest[] = [];
  /** Every secret that has been on the line. */
  readonly secrets: string[] = [USER, PASSWORD, SIGNED_IN.streamKey];
  readonly #method: 'adobe' | 'llnw';
  readonly #password: string;
  #challenges = 0;

  constructor(method: 'adobe' | 'llnw', password = PASSWORD) {
    this.#method = method;
    this.#password = password;
  }

  readonly connect = (request: ConnectRequest) => {
    this.seen.push(request);
    const [app = '', query = ''] = request.app.split('?');
    const fields = new Map(
      query.split('&').map((part) => part.split(/=(.*)/s).slice(0, 2) as [string, string]),
    );
    expect(request.tcUrl.endsWith(request.app)).toBe(true);
    if (fields.get('authmod') !== this.#method)
      return this.#no(`code=403 need auth; authmod=${this.#method}`, '');
    expect(fields.get('user')).toBe(USER);
    const response = fields.get('response');
    if (response === undefined) {
      this.#challenges++;
      const salt = `salt${this.#challenges}==`;
      const asked =
        this.#method === 'adobe'
          ? `&user=${USER}&salt=${salt}&challenge=c${this.#challenges}&opaque=o${this.#challenges}==`
          : `&user=${USER}&nonce=n${this.#challenges}=`;
      return this.#no(`authmod=${this.#method}`, `?reason=needauth${asked}`);
    }
    this.secrets.push(response);
    if (response === this.#expected(app, fields)) return undefined;
    // An answer to a challenge of before gets a new one, as a wrong one is told.
    const isStale = !query.includes(`${this.#method === 'adobe' ? 'o' : 'n'}${this.#challenges}=`);
    const reason = isStale ? `needauth&user=${USER}&salt=s&challenge=c&nonce=n` : 'authfailed&opaque=x';
    return this.#no(`authmod=${this.#method}`, `?reason=${reason}`);
  };

  #expected(app: string, fields: ReadonlyMap<string, string>): string {
    const n = this.#challenges;
    if (this.#method === 'adobe') {
      const secret = hash('base64', USER, `salt${n}==`, this.#password);
      return hash('base64', secret, `o${n}==`, fields.get('challenge') ?? '');
    }
    const who = hash('hex', USER, ':live:', this.#password);
    const what = hash('hex', 'publish:/', app, '/_definst_');
    return hash('hex', who, `:n${n}=:00000001:`, fields.get('cnonce') ?? '', ':auth:', what);
  }

  #no(inside: string, after: string) {
    return { code: REJECTED, description: `[ AccessManager.Reject ] : [ ${inside} ] : ${after}` };
  }
}

function hash(encoding: 'hex' | 'base64', ...pieces: readonly string[]): string {
  const md = createHash('md5');
  for (const piece of pieces) md.update(piece);
  return md.digest(encoding);
}

function expectNoSecret(stage: Stage, { secrets }: AccessManager): void {
  for (const secret of secrets) expect(stage.words).not.toContain(secret);
}

const METHODS = ['adobe', 'llnw'] as const;

test.each(METHODS)(
  '%s: who are you, challenge, let in; one try, and nobody is told of the way',
  async (method) => {
    const manager = new AccessManager(method);
    const stage = await live(staged({ host: { connect: manager.connect } }, SIGNED_IN));
    expect([stage.target.state, stage.target.attempt, stage.losses]).toEqual(['live', 1, []]);
    expect(stage.dialled.calls).toHaveLength(3);
    expect([stage.server.publishedName, stage.mostLines]).toEqual([SIGNED_IN.streamKey, 1]);
    // Lost and back: a fresh challenge, answered afresh.
    await stage.cut();
    await stage.retry();
    expect([stage.target.state, stage.dialled.calls.length]).toEqual(['live', 6]);
    expectNoSecret(stage, manager);
  },
);

test.each(METHODS)('%s: a wrong password fails in words that hold no secret', async (method) => {
  const manager = new AccessManager(method, 'another');
  const stage = await live(staged({ host: { connect: manager.connect } }, SIGNED_IN));
  expect([stage.target.state, stage.dialled.calls.length]).toEqual(['failed', 3]);
  expect(stage.target.lastError?.verdict).toMatchObject({
    code: 'auth-wrong-password',
    message: "Twitch says that the password is wrong. Enter it again in this target's settings.",
  });
  expectNoSecret(stage, manager);
  await stage.pass(3_600_000);
  expect(stage.dialled.calls).toHaveLength(3);
});

test.each(METHODS)('%s: without user or password it fails, and says what to enter', async (method) => {
  const manager = new AccessManager(method);
  const stage = await live(staged({ host: { connect: manager.connect } }));
  expect([stage.target.state, stage.dialled.calls.length]).toEqual(['failed', 1]);
  const { code, message } = stage.target.lastError?.verdict ?? {};
  expect([code, message]).toEqual([
    'auth-no-credentials',
    expect.stringMatching(/user and a password.*settings/),
  ]);
});

test.each(METHODS)(
  '%s: a line lost between challenge and answer (root cause: the next try gave the old answer, and the target failed for good)',
  async (method) => {
    const manager = new AccessManager(method);
    const stage = staged({}, SIGNED_IN);
    const server: ServerScript = { connect: manager.connect };
    stage.next = () => (stage.dialled.calls.length === 3 ? 'timeout' : server);
    await live(stage);
    expect(stage.target.state).toBe('retrying');
    await stage.retry();
    expect([stage.target.state, stage.target.attempt]).toEqual(['live', 2]);
  },
);

test.each(METHODS)(
  '%s: signed in, and somebody else is live: each try signs in afresh (root cause: the second gave the old answer)',
  async (method) => {
    const manager = new AccessManager(method);
    const scripts: Record<string, Next> = {
      host: { connect: manager.connect, publish: ALREADY_PUBLISHING },
    };
    const stage = await live(staged(scripts, SIGNED_IN));
    for (let n = 0; n < 3; n++) {
      expect(stage.target.lastError?.verdict.code).toBe('already-publishing');
      await stage.retry();
    }
    scripts.host = { connect: manager.connect };
    await stage.retry();
    expect(stage.target.state).toBe('live');
  },
);

test.each(['adobe', 'auth', 'user', 'reason', 'authmod'])(
  'a stream key that is a word of the challenge (%s) does not spoil it (root cause: it was hidden in it before it was read)',
  async (streamKey) => {
    const manager = new AccessManager('adobe');
    const stage = await live(staged({ host: { connect: manager.connect } }, { ...SIGNED_IN, streamKey }));
    expect([stage.target.state, stage.server.publishedName]).toEqual(['live', streamKey]);
  },
);

test('what a server repeats of a sign-in is hidden (root cause: only the key was)', async () => {
  const manager = new AccessManager('adobe');
  // Read when the server gets there: it knows the response by then.
  const publish = {
    code: 'Denied',
    get description(): string {
      const [response = ''] = manager.secrets.slice(-1);
      return `no: ${manager.secrets.join(' ')} ${encodeURIComponent(response)}`;
    },
  };
  const stage = await live(staged({ host: { connect: manager.connect, publish } }, SIGNED_IN));
  expect(stage.target.lastError?.verdict).toMatchObject({ code: 'key-refused' });
  expect(manager.secrets).toHaveLength(4);
  expectNoSecret(stage, manager);
});

test('a redirect to a server that wants a sign-in, and one after it', async () => {
  const manager = new AccessManager('adobe');
  const connect = (request: ConnectRequest) =>
    manager.connect(request) ?? { code: REJECTED, description: '', redirect: 'third' };
  const stage = await live(
    staged(
      {
        host: moved('rtmp://other/app'),
        'other:1935': { connect: (request) => (request.app === 'third' ? undefined : connect(request)) },
      },
      SIGNED_IN,
    ),
  );
  // Relative to the server without its sign-in, which is not taken along.
  expect(apps(stage).at(-1)).toBe('third');
  expect([stage.target.state, stage.target.attempt]).toEqual(['live', 1]);
});
