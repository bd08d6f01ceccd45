import { beforeEach, expect, test } from 'vitest';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import type { WebhookDelivery } from '../../src-shared/model/notice.ts';
import { nodeHmacSha256 } from '../platform/node-crypto.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { seededRandom } from '../platform/testing/seeded-random.ts';
import type { Hook } from './webhook-request.ts';
import { WebhookSender } from './webhook-sender.ts';
import type { Fetch } from './webhook-try.ts';

type Init = Parameters<Fetch>[1];
type Answer = { status?: number; headers?: Record<string, string>; throws?: Error; hangs?: boolean };

let clock: ManualClock;
let hooks: Hook[];
let answers: ((url: string) => Answer)[];
let always: (url: string) => Answer;
let calls: { url: string; init: Init; at: number }[];
let told: { id: string; delivery: WebhookDelivery }[];
let long: string[];
let cancelled: number;
let sender: WebhookSender;

const HOOK: Hook = {
  id: 'h1',
  name: 'Bot',
  url: 'http://me:hunter2@127.0.0.1:9000/secret-path',
  enabled: true,
  leastLevel: 'info',
  codes: [],
  secret: 'signing-secret',
};

beforeEach(() => {
  clock = new ManualClock();
  hooks = [HOOK];
  answers = [];
  always = () => ({ status: 204 });
  calls = [];
  told = [];
  long = [];
  cancelled = 0;
  sender = new WebhookSender({
    clock,
    random: seededRandom(1),
    fetch,
    hmacSha256: nodeHmacSha256,
    version: '1.2.3',
    hooks: () => hooks,
    redact: (text) => text.replaceAll('live_key_1234', '«redacted»'),
    onDelivery: (id, delivery) => told.push({ id, delivery }),
    onFailingLong: (id, words) => long.push(`${id}: ${words}`),
  });
});

const fetch: Fetch = (url, init) => {
  calls.push({ url, init, at: clock.now() });
  const { status = 200, headers = {}, throws, hangs } = (answers.shift() ?? always)(url);
  return new Promise((resolve, reject) => {
    const fail = (): void => {
      reject(new DOMException(`${url} was aborted`, 'AbortError'));
    };
    init.signal.addEventListener('abort', fail);
    if (hangs === true) return;
    if (throws !== undefined) reject(throws);
    else
      resolve({
        status,
        headers: { get: (name) => headers[name] ?? null },
        body: {
          cancel: async () => {
            cancelled++;
            throw new TypeError('closed already');
          },
        },
      });
  });
};

let seq = 0;
function event(changes: Partial<LogEvent> = {}): LogEvent {
  const at = '2026-01-01T00:00:00.000Z';
  const about = { ingestId: null, targetId: null };
  return { seq: ++seq, at, level: 'warning', code: 'stalled', message: 'Words.', ...about, ...changes };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}

async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  await settle();
}

/** Lets time pass in small steps, so that what one step begins is seen by the next. */
async function passSlowly(ms: number, stepMs = 1_000): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) await pass(stepMs);
}

const bodyOf = (call: { init: Init } | undefined): { id: string; event: LogEvent } =>
  JSON.parse(call?.init.body ?? '{}') as { id: string; event: LogEvent };

test('the programs can hand in their own fetch', () => {
  const real: Fetch = globalThis.fetch;
  expect(real).toBeTypeOf('function');
});

test('an event goes out once, with its headers, without following redirects, and the answer is not read', async () => {
  sender.offer(event({ message: 'The key live_key_1234 was refused.' }));
  await settle();
  expect(calls).toHaveLength(1);
  expect(calls[0]?.url).toBe('http://127.0.0.1:9000/secret-path');
  expect(calls[0]?.init).toMatchObject({ method: 'POST', redirect: 'manual' });
  expect(calls[0]?.init.headers['X-Relaydeck-Signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
  expect(bodyOf(calls[0]).event.message).toBe('The key «redacted» was refused.');
  expect(cancelled).toBe(1);
  expect(told).toEqual([
    {
      id: 'h1',
      delivery: {
        at: '2026-01-01T00:00:00.000Z',
        ok: true,
        status: 204,
        message: 'Bot (127.0.0.1:9000) took it (204).',
      },
    },
  ]);
  expect(clock.pending).toBe(0);
});

test('webhooks get what they asked for', async () => {
  hooks = [
    { ...HOOK, id: 'off', url: 'http://off/', enabled: false },
    { ...HOOK, id: 'errors', url: 'http://errors/', leastLevel: 'error' },
    { ...HOOK, id: 'codes', url: 'http://codes/', codes: ['encoder-left'] },
    { ...HOOK, id: 'all', url: 'http://all/' },
  ];
  for (const each of [event(), event({ level: 'error' }), event({ code: 'encoder-left', level: 'info' })]) {
    sender.offer(each);
  }
  await settle();
  const got = (url: string): number => calls.filter((call) => call.url === url).length;
  expect([got('http://off/'), got('http://errors/'), got('http://codes/'), got('http://all/')]).toEqual([
    0, 1, 1, 3,
  ]);
});

test('each webhook gets its events in order, also when the first needs a second try', async () => {
  answers = [() => ({ status: 500 })];
  const events = [event(), event(), event()];
  for (const each of events) sender.offer(each);
  await settle();
  expect(calls).toHaveLength(1);
  await passSlowly(10_000);
  expect(calls.map((call) => bodyOf(call).event.seq)).toEqual(
    [events[0], events[0], events[1], events[2]].map((each) => each?.seq),
  );
});

test('a retry has the same id and a new timestamp and signature', async () => {
  answers = [() => ({ status: 503 })];
  sender.offer(event());
  await passSlowly(10_000);
  const [first, second] = calls.map(({ init }) => init.headers);
  expect(second?.['X-Relaydeck-Delivery']).toBe(first?.['X-Relaydeck-Delivery']);
  expect(first?.['X-Relaydeck-Delivery']).toMatch(/^[0-9a-f]{32}$/);
  expect(second?.['X-Relaydeck-Timestamp']).not.toBe(first?.['X-Relaydeck-Timestamp']);
  expect(second?.['X-Relaydeck-Signature']).not.toBe(first?.['X-Relaydeck-Signature']);
});

test('five tries in about five minutes, ever further apart, then the event is given up and the next one goes', async () => {
  always = () => ({ status: 500 });
  const [lost, next] = [event(), event()];
  sender.offer(lost);
  await passSlowly(400_000);
  const times = calls.map(({ at }) => at);
  expect(times).toHaveLength(5);
  const waits = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  expect(waits.toSorted((a, b) => a - b)).toEqual(waits);
  expect(times[4]).toBeGreaterThan(180_000);
  expect(times[4]).toBeLessThan(340_000);
  expect(told.at(-1)?.delivery.message).toBe(
    'Bot (127.0.0.1:9000) answered with 500. This event is given up; the next one is tried.',
  );
  always = () => ({ status: 200 });
  sender.offer(next);
  await settle();
  expect(bodyOf(calls[5]).event.seq).toBe(next.seq);
});

test.each([400, 401, 403, 404, 405, 410, 413, 418])(
  '%i is an answer that no retry changes',
  async (status) => {
    always = () => ({ status });
    sender.offer(event());
    await passSlowly(400_000, 50_000);
    expect(calls).toHaveLength(1);
    expect(told[0]?.delivery).toMatchObject({ ok: false, status });
  },
);

test.each([408, 429, 500, 502, 503])('%i is tried again', async (status) => {
  answers = [() => ({ status })];
  sender.offer(event());
  await settle();
  expect(told[0]?.delivery.message).toMatch(/Tried again in \d s\.$/);
  await passSlowly(10_000);
  expect(told.map(({ delivery }) => delivery.ok)).toEqual([false, true]);
});

test.each([301, 302, 307, 0])('a redirect (%i) is neither followed nor tried again', async (status) => {
  always = () => ({ status, headers: { location: 'http://elsewhere/' } });
  sender.offer(event());
  await passSlowly(400_000, 50_000);
  expect(calls).toHaveLength(1);
  expect(told[0]?.delivery.message).toContain('a redirect, which is not followed');
});

test.each([
  ['seconds', '60', 60_000],
  ['a date', 'Thu, 01 Jan 2026 00:02:00 GMT', 120_000],
  ['more than five minutes, which are the most', '86400', 300_000],
])('a receiver that asks for time gets it: %s', async (_, retryAfter, waitMs) => {
  answers = [() => ({ status: 429, headers: { 'retry-after': retryAfter } })];
  sender.offer(event());
  await settle();
  await pass(waitMs - 1);
  expect(calls).toHaveLength(1);
  await pass(1);
  expect(calls).toHaveLength(2);
});

test.each(['0', '1', '-5', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
  'Retry-After %j does not make tries follow at once',
  async (retryAfter) => {
    answers = [() => ({ status: 429, headers: { 'retry-after': retryAfter } })];
    sender.offer(event());
    await settle();
    await pass(2_999);
    expect(calls).toHaveLength(1);
    await passSlowly(2_001);
    expect(calls).toHaveLength(2);
  },
);

test('a receiver that does not answer in 10 s is tried again', async () => {
  answers = [() => ({ hangs: true })];
  sender.offer(event());
  await settle();
  await pass(9_999);
  expect(told).toEqual([]);
  await pass(1);
  expect(told[0]?.delivery).toMatchObject({ ok: false, status: null });
  expect(told[0]?.delivery.message).toContain('did not answer within 10 s.');
  await passSlowly(10_000);
  expect(calls).toHaveLength(2);
});

const failed = (code: string): Answer => ({
  throws: new TypeError('fetch failed', {
    cause: Object.assign(new Error('at http://me:hunter2@127.0.0.1:9000/secret-path'), { code }),
  }),
});

test('a port that fetch refuses is said', async () => {
  always = () => ({ throws: new TypeError('fetch failed', { cause: new Error('bad port') }) });
  const { message } = await sender.testDelivery(HOOK);
  expect(message).toContain('Choose another port.');
});

test.each([
  ['ECONNREFUSED', 'no program listens there'],
  ['ENOTFOUND', 'no host of this name'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'does not trust (DEPTH_ZERO_SELF_SIGNED_CERT)'],
  ['EWHATEVER', 'was not reached (EWHATEVER)'],
  ['constructor http://me:hunter2@host', 'was not reached.'],
])(
  'a failed connection (%s) is said in words, tried again, and nothing of the URL but its host is told',
  async (code, words) => {
    answers = [() => failed(code)];
    sender.offer(event());
    await passSlowly(10_000);
    expect(told[0]?.delivery.message).toContain(words);
    expect(told[1]?.delivery.ok).toBe(true);
    expect(JSON.stringify(told)).not.toMatch(/hunter2|secret-path|signing-secret|me:/);
  },
);

test('at most 100 events wait; the oldest go first, are counted, and the one under way stays', async () => {
  always = () => ({ status: 500 });
  const events = Array.from({ length: 110 }, () => event());
  for (const each of events) sender.offer(each);
  await settle();
  expect(sender.waiting('h1')).toBe(100);
  expect(told[0]?.delivery.message).toContain('10 older events were left out');
  always = () => ({ status: 200 });
  await passSlowly(60_000);
  expect(sender.waiting('h1')).toBe(0);
  expect(calls.slice(1).map((call) => bodyOf(call).event.seq)).toEqual(
    [events[0], ...events.slice(11)].map((each) => each?.seq),
  );
  expect(told.slice(1).some(({ delivery }) => delivery.message.includes('left out'))).toBe(false);
});

test('a slow webhook keeps no other one waiting', async () => {
  hooks = [HOOK, { ...HOOK, id: 'h2', url: 'http://fast/' }];
  always = (url) => (url === 'http://fast/' ? {} : { hangs: true });
  sender.offer(event());
  sender.offer(event());
  await settle();
  expect(calls.filter(({ url }) => url === 'http://fast/')).toHaveLength(2);
});

test('what waits for a webhook goes with it when it is switched off or deleted', async () => {
  always = () => ({ status: 500 });
  sender.offer(event());
  sender.offer(event());
  await settle();
  hooks = [{ ...HOOK, enabled: false }];
  await passSlowly(10_000);
  expect([calls.length, sender.waiting('h1'), clock.pending]).toEqual([1, 0, 0]);

  hooks = [HOOK];
  sender.offer(event());
  await settle();
  hooks = [];
  sender.offer(event());
  expect([calls.length, clock.pending]).toEqual([2, 0]);
});

test('a changed URL is used from the next try on', async () => {
  answers = [() => ({ status: 500 })];
  sender.offer(event());
  await settle();
  hooks = [{ ...HOOK, url: 'http://other/' }];
  await passSlowly(10_000);
  expect(calls.map(({ url }) => url)).toEqual(['http://127.0.0.1:9000/secret-path', 'http://other/']);
});

test('a webhook that fails for an hour is told of once, and again only after it has worked', async () => {
  always = () => ({ status: 404 });
  const offerFor = async (minutes: number): Promise<void> => {
    for (let minute = 0; minute < minutes; minute++) {
      sender.offer(event());
      await pass(60_000);
    }
  };
  await offerFor(60);
  expect(long).toEqual([]);
  await offerFor(120);
  expect(long).toEqual([
    'h1: The webhook Bot has taken nothing for an hour: 127.0.0.1:9000 answered with 404: there is nothing at this path. Check the URL of the webhook. Mend it, or switch it off.',
  ]);
  answers = [() => ({ status: 200 })];
  await offerFor(1);
  await offerFor(90);
  expect(long).toHaveLength(2);
});

test('a test is one try, at once, also of a webhook that is off, and says how it went', async () => {
  always = () => ({ status: 500 });
  hooks = [{ ...HOOK, enabled: false }];
  const delivery = await sender.testDelivery({ ...HOOK, enabled: false });
  expect(delivery).toMatchObject({
    ok: false,
    status: 500,
    message: 'Bot (127.0.0.1:9000) answered with 500.',
  });
  expect(bodyOf(calls[0]).event.code).toBe('webhook-test');
  expect(told).toEqual([{ id: 'h1', delivery }]);
  expect(clock.pending).toBe(0);
});

test('a URL that was broken by hand is said, not tried', async () => {
  const delivery = await sender.testDelivery({ ...HOOK, url: 'ftp:me:hunter2' });
  expect(delivery.message).toContain('has a URL that cannot be used');
  expect(delivery.message).not.toContain('hunter2');
  expect(calls).toEqual([]);
});

test('after close nothing is under way, waits, or is told', async () => {
  answers = [() => ({ hangs: true })];
  sender.offer(event());
  sender.offer(event());
  await settle();
  sender.close();
  await settle();
  expect([calls[0]?.init.signal.aborted, clock.pending]).toEqual([true, 0]);
  sender.offer(event());
  await passSlowly(400_000, 50_000);
  expect([calls.length, told.length, clock.pending]).toEqual([1, 0, 0]);
});
