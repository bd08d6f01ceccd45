import { expect, test } from 'vitest';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import type { Caller } from './ingest-desk.ts';
import { IngestSlot } from './ingest-slot.ts';
import { keyDesk, type KeyedSlot } from './key-desk.ts';
import { FakeCaller } from './testing/fake-caller.ts';

const KEY = 'STREAM-KEY-MARKER';
const BACKUP_KEY = 'BACKUP-KEY-MARKER';
const PLAY_KEY = 'PLAY-KEY-MARKER';
const LOCAL = '127.0.0.1:50000';
const FAR = '192.0.2.5:50000';

function desk() {
  const clock = new ManualClock();
  const nothing = (): undefined => undefined;
  const listener = {
    changed: nothing,
    wentLive: nothing,
    ended: nothing,
    encoderCame: nothing,
    encoderLeft: nothing,
    cut: nothing,
    filling: nothing,
    ranOut: nothing,
    wishLapsed: nothing,
    holdEnded: nothing,
    message: nothing,
  };
  const rules = { holdMs: () => 0, stallMs: () => 0, switchBackAfterMs: nothing };
  const open = (id: string): IngestSlot => new IngestSlot({ id, clock, listener, rules, slate: nothing });
  const slots: KeyedSlot[] = [
    {
      slot: open('other'),
      app: 'live',
      streamKey: 'another-key',
      backupKey: BACKUP_KEY,
      hasBackup: true,
      playKey: 'p1',
    },
    {
      slot: open('main'),
      app: 'live',
      streamKey: KEY,
      backupKey: 'OFF-MARKER',
      hasBackup: false,
      playKey: PLAY_KEY,
    },
    {
      slot: open('studio'),
      app: 'studio',
      streamKey: KEY,
      backupKey: 'OFF-MARKER',
      hasBackup: false,
      playKey: 'third-play-key',
    },
  ];
  const players: string[] = [];
  const rehearsals: string[] = [];
  const made = keyDesk({
    slots: () => slots,
    rehearsal: (caller) => {
      rehearsals.push(caller.streamName);
      return { ok: false, statusCode: '', code: 'asked', message: '', ingestId: null };
    },
    playersChanged: (ingestId, change) => players.push(`${ingestId} ${change}`),
  });
  return { desk: made, slots, players, rehearsals };
}

const connect = (app: string) =>
  desk().desk.connect({
    app,
    tcUrl: '',
    flashVer: undefined,
    capsEx: 0,
    fourCcs: { video: new Map(), audio: new Map() },
  });
const caller = (given: Partial<Caller>): FakeCaller =>
  new FakeCaller({ streamName: KEY, address: FAR, ...given });

test.each(['live', 'studio', 'rehearsal', 'live/instance', `live/${KEY}`, 'live?token=1', 'live/x?y'])(
  'app %s is let in',
  (app) => {
    expect(connect(app)).toEqual({ ok: true });
  },
);

test.each(['stream', 'LIVE', '', 'live2', '/live'])('app %j is refused with the ones there are', (app) => {
  expect(connect(app)).toMatchObject({
    ok: false,
    code: 'unknown-app',
    statusCode: 'NetConnection.Connect.InvalidApp',
  });
  const answer = connect(app);
  expect('message' in answer ? answer.message : '').toMatch(/must end in \/live or \/studio;/);
});

// Root cause: the app was told as it came, and people paste keys into server addresses.
test.each([KEY, PLAY_KEY, BACKUP_KEY, 'OFF-MARKER', `wrong/${KEY}`, `wrong?key=${KEY}`])(
  'a key in a wrong app (%s) is not told',
  (app) => {
    expect(JSON.stringify(connect(app))).not.toMatch(/MARKER/);
  },
);

test.each<[string, Partial<Caller>]>([
  ['as it is', {}],
  ['with a query', { streamName: `${KEY}?bandwidthtest=true` }],
  ['with slashes around it', { streamName: `/${KEY}/` }],
  ['behind the app', { app: `live/${KEY}`, streamName: '' }],
  ['behind the app, with a query', { app: `live/${KEY}?a=1`, streamName: '' }],
  ['of an app with an instance', { app: 'live/_definst_' }],
  ['of an app with a query', { app: 'live?a=1' }],
])('the key %s publishes', (_, given) => {
  const { desk: asked, slots } = desk();
  expect(asked.publish(caller(given))).toMatchObject({ ok: true, ingestId: 'main' });
  expect(slots.map(({ slot }) => slot.state)).toEqual(['waiting', 'live', 'waiting']);
});

test('a backup key publishes as the backup encoder', () => {
  const { desk: asked, slots } = desk();
  expect(asked.publish(caller({ streamName: BACKUP_KEY }))).toMatchObject({ ok: true, ingestId: 'other' });
  expect([slots[0]?.slot.publisher, slots[0]?.slot.backupPublisher === undefined]).toEqual([
    undefined,
    false,
  ]);
});

test('the same key under another app is another ingest', () => {
  expect(desk().desk.publish(caller({ app: 'studio' }))).toMatchObject({ ok: true, ingestId: 'studio' });
});

test.each<[string, Partial<Caller>, RegExp]>([
  ['a wrong key', { streamName: 'wrong' }, /not known here/],
  ['no key', { streamName: '' }, /no stream key/],
  ['only a query', { streamName: '?a=1' }, /no stream key/],
  ['the play key', { streamName: PLAY_KEY }, /sent the play key/],
  ['a key of another app', { app: 'studio', streamName: 'another-key' }, /not known here/],
  ['a backup key that is off', { streamName: 'OFF-MARKER' }, /not known here/],
  ['a backup key of another app', { app: 'studio', streamName: BACKUP_KEY }, /not known here/],
  ['capitals changed', { streamName: KEY.toLowerCase() }, /not known here/],
  ['the start of a key', { streamName: KEY.slice(0, -1) }, /not known here/],
])('%s is refused, and no key is told', (_, given, words) => {
  const answer = desk().desk.publish(caller(given));
  expect(answer).toMatchObject({
    ok: false,
    code: 'unknown-stream-key',
    statusCode: 'NetStream.Publish.Denied',
  });
  expect('message' in answer ? answer.message : '').toMatch(words);
  expect(JSON.stringify(answer)).not.toMatch(/MARKER|marker/);
});

test('rehearsal targets are asked about elsewhere', () => {
  const { desk: asked, rehearsals } = desk();
  asked.publish(caller({ app: 'rehearsal', streamName: 'target-1' }));
  expect(rehearsals).toEqual(['target-1']);
});

test.each<[string, Partial<Caller>]>([
  ['the play key from afar', { streamName: PLAY_KEY }],
  ['the play key behind the app', { app: `live/${PLAY_KEY}`, streamName: '' }],
  ['the stream key from this computer', { address: LOCAL }],
  ['the stream key over IPv6', { address: '::1:50000' }],
  ['the stream key over IPv4 in IPv6', { address: '::ffff:127.0.0.1:50000' }],
])('%s plays', (_, given) => {
  const { desk: asked, players, slots } = desk();
  const answer = asked.play(caller(given));
  expect(answer).toMatchObject({ ok: true, ingestId: 'main' });
  if (!answer.ok) return;
  expect(answer.stream).toBe(slots[1]?.slot.stream);
  answer.left();
  expect(players).toEqual(['main 1', 'main -1']);
});

test.each<[string, Partial<Caller>]>([
  ['the stream key from afar', {}],
  ['the stream key from a neighbour', { address: '192.168.1.2:50000' }],
  // Root cause: the address was compared by its beginning only.
  ['the stream key from an address that begins alike', { address: '::1:2:50000' }],
  ['a wrong key from this computer', { address: LOCAL, streamName: 'wrong' }],
  ['nothing', { address: LOCAL, streamName: '' }],
])('%s does not play', (_, given) => {
  const { desk: asked, players } = desk();
  expect(asked.play(caller(given))).toMatchObject({
    ok: false,
    code: 'unknown-play-key',
    statusCode: 'NetStream.Play.StreamNotFound',
  });
  expect(players).toEqual([]);
});
