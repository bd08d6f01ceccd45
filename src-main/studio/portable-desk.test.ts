import { expect, test } from 'vitest';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { seededRandom } from '../platform/testing/seeded-random.ts';
import type { ObsProfile, ObsSearch } from '../portable/obs-profiles.ts';
import { quickScrypt } from '../portable/testing/quick-scrypt.ts';
import { FIRST_SETTINGS, savedTargetSchema, type SavedTarget } from '../settings/settings.ts';
import { PortableDesk } from './portable-desk.ts';
import type { StudioParts } from './studio-parts.ts';
import { CommandRefused } from './studio-port.ts';
import type { KeptTarget } from './target-secrets.ts';

const NO_SECRETS = { streamKey: '', backupKey: '', password: '', proxy: '' };

function keptTarget(saved: Partial<SavedTarget> & { readonly name: string }, secrets = {}): KeptTarget {
  const rest = { platform: 'custom', url: 'rtmp://host/app', ingestId: 'main', enabled: true };
  return {
    saved: savedTargetSchema.parse({ ...rest, id: saved.name, ...saved }),
    secrets: { ...NO_SECRETS, streamKey: `key-of-${saved.name}`, ...secrets },
  };
}

/** A desk of a studio that has these targets. */
function opened(kept: readonly KeptTarget[] = [], obs: ObsSearch = { profiles: [], skipped: [] }) {
  const clock = new ManualClock();
  const targets = [...kept];
  const events: string[] = [];
  const parts = {
    settings: { value: FIRST_SETTINGS },
    clock,
    random: seededRandom(7),
    events: { write: (_: string, code: string, words: string) => events.push(`${code} ${words}`) },
  } as unknown as StudioParts;
  let diskIsFull = false;
  const desk = new PortableDesk(parts, {
    targets: {
      kept: () => targets,
      add: (added) => targets.push(...added),
      get: (id) => ({ id }) as never,
    },
    scrypt: quickScrypt,
    findObsProfiles: () => Promise.resolve(obs),
    ports: () => ({ rtmpPort: 1935, rtmpsPort: null }),
    delays: {
      checkFits: (_, seconds) =>
        diskIsFull && seconds > 0
          ? Promise.reject(new CommandRefused('delay-does-not-fit', 'No room.', 'ids'))
          : Promise.resolve(),
    },
  });
  const fillDisk = (): void => {
    diskIsFull = true;
  };
  return { desk, targets, clock, events, fillDisk };
}

const whyNot = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof CommandRefused ? error.refusal : error),
  );

const TWITCH = keptTarget(
  { name: 'Twitch', platform: 'twitch', url: 'rtmp://live.twitch.tv/app', delaySeconds: 5 },
  { password: 'pw', proxy: 'socks5://me:pw@proxy:1080' },
);
const OWN = keptTarget(
  { name: 'Own', backupMode: 'together', backupUrl: 'rtmp://b/app' },
  { backupKey: 'second' },
);
const REHEARSAL = keptTarget({ name: 'Rehearsal', platform: 'rehearsal', url: '' }, { streamKey: '' });
const ALL = [TWITCH, OWN, REHEARSAL];

test('targets go from one studio to another with all that belongs to them, in their order, switched off', async () => {
  const { text } = await opened(ALL).desk.export({ passphrase: 'long enough' });
  const there = opened();
  const plan = await there.desk.previewFile({ file: text, passphrase: 'long enough' });
  expect(plan).toMatchObject({
    keys: 'open',
    entries: ALL.map(({ saved: { name } }) => ({ name, match: 'new', notes: [] })),
  });
  expect(plan.entries[0]?.streamKey).toBe('••••itch');
  expect(there.targets).toEqual([]);
  await there.desk.import({ planId: plan.planId, ids: plan.entries.map(({ id }) => id) });
  const shorn = ({ saved, secrets }: KeptTarget) => ({
    saved: { ...saved, id: '', enabled: false },
    secrets,
  });
  expect(there.targets.map(shorn)).toEqual(ALL.map(shorn));
  expect(there.targets.every(({ saved }) => !saved.enabled)).toBe(true);
  expect(new Set(there.targets.map(({ saved }) => saved.id)).size).toBe(ALL.length);
});

test('without a passphrase no secret leaves, and what comes in comes without its key', async () => {
  const { text, withKeys } = await opened(ALL).desk.export({});
  expect(withKeys).toBe(false);
  for (const secret of ['key-of', 'second', 'socks5', '"pw"']) expect(text).not.toContain(secret);
  const there = opened();
  const plan = await there.desk.previewFile({ file: text });
  expect(plan).toMatchObject({
    keys: 'none',
    entries: [{ match: 'new', streamKey: '' }, { match: 'new' }, {}],
  });
  await there.desk.import({ planId: plan.planId, ids: ['2'] });
  expect(there.targets).toMatchObject([{ saved: { name: 'Own', enabled: false }, secrets: NO_SECRETS }]);
});

test('keys and the passphrase are in no event, no answer and no refusal', async () => {
  const { desk, events } = opened(ALL);
  const { text } = await desk.export({ passphrase: 'MARKER long enough' });
  const plan = await desk.previewFile({ file: text, passphrase: 'MARKER long enough' });
  const refusal = await whyNot(desk.previewFile({ file: text, passphrase: 'MARKER other' }));
  const said = JSON.stringify([events, plan, refusal]);
  for (const secret of ['MARKER', 'key-of-', 'me:pw']) expect(said).not.toContain(secret);
  expect(refusal).toMatchObject({ code: 'wrong-passphrase', field: 'passphrase' });
});

test('what is there already is told from what differs, and from what is new', async () => {
  const { text } = await opened(ALL).desk.export({ passphrase: 'long enough' });
  const renamed = keptTarget({ ...TWITCH.saved, name: 'Other name' }, TWITCH.secrets);
  const otherKey = keptTarget(OWN.saved, { ...OWN.secrets, streamKey: 'new key' });
  const { desk } = opened([renamed, otherKey]);
  const { entries } = await desk.previewFile({ file: text, passphrase: 'long enough' });
  expect(entries).toMatchObject([
    { match: 'differs', matches: 'Other name', differs: ['name'] },
    { match: 'differs', matches: 'Own', differs: ['stream-key'] },
    { match: 'new', matches: null },
  ]);
  const again = await opened(ALL).desk.previewFile({ file: text, passphrase: 'long enough' });
  expect(again.entries.map(({ match }) => match)).toEqual(['same', 'same', 'same']);
});

test('all or nothing: one that does not fit keeps the others out, and the list stays', async () => {
  const { text } = await opened(ALL).desk.export({});
  const there = opened();
  const { planId } = await there.desk.previewFile({ file: text });
  there.fillDisk();
  expect(await whyNot(there.desk.import({ planId, ids: ['2', '1'] }))).toMatchObject({
    code: 'delay-does-not-fit',
  });
  expect(await whyNot(there.desk.import({ planId, ids: ['2', 'nine'] }))).toMatchObject({ field: 'ids' });
  expect(there.targets).toEqual([]);
  expect(await whyNot(there.desk.import({ planId, ids: ['2'] }))).toBe('done');
  expect(await whyNot(there.desk.import({ planId, ids: ['2'] }))).toMatchObject({ code: 'no-such-plan' });
  expect(there.targets.length).toBe(1);
});

test('a list is forgotten after a quarter of an hour, or when four newer ones were made', async () => {
  const { text } = await opened(ALL).desk.export({});
  const there = opened();
  const old = await there.desk.previewFile({ file: text });
  there.clock.advance(15 * 60_000 + 1);
  expect(await whyNot(there.desk.import({ planId: old.planId, ids: ['1'] }))).toMatchObject({
    code: 'no-such-plan',
  });
  const first = await there.desk.previewFile({ file: text });
  for (let i = 0; i < 4; i++) await there.desk.previewFile({ file: text });
  expect(await whyNot(there.desk.import({ planId: first.planId, ids: ['1'] }))).toMatchObject({
    code: 'no-such-plan',
  });
});

test('what is not known here is taken with a word', async () => {
  const { text } = await opened([keptTarget({ name: 'A', bindAddress: '203.0.113.9' })]).desk.export({});
  const newer = text
    .replace('"platform": "custom"', '"platform": "next-big-thing"')
    .replace('"Main"', '"Elsewhere"');
  const there = opened();
  const { entries, planId } = await there.desk.previewFile({ file: newer });
  expect(entries[0]).toMatchObject({ match: 'new', platform: 'custom' });
  expect(entries[0]?.notes.join()).toMatch(/next-big-thing.*203\.0\.113\.9/);
  await there.desk.import({ planId, ids: ['1'] });
  expect(there.targets[0]?.saved).toMatchObject({ ingestId: 'main', bindAddress: '' });
});

test('an address that cannot be published to is listed as such, and not taken in', async () => {
  const { text } = await opened([keptTarget({ name: 'A' })]).desk.export({});
  const there = opened();
  const { entries, planId } = await there.desk.previewFile({
    file: text.replace('rtmp://host', 'http://host'),
  });
  expect(entries[0]).toMatchObject({
    match: 'unusable',
    notes: [expect.stringContaining('http://') as string],
  });
  expect(await whyNot(there.desk.import({ planId, ids: ['1'] }))).toMatchObject({
    code: 'bad-request',
    field: 'ids',
  });
});

const profile = (name: string, service: Partial<ObsProfile['service']>): ObsProfile => ({
  name,
  service: {
    ...{ type: 'rtmp_custom', service: '', server: '', key: '' },
    ...{ use_auth: false, username: '', password: '' },
    ...service,
  },
});

test('profiles of OBS: a platform, a whole address in one field, the relay itself, and two of the same', async () => {
  const twitch = { type: 'rtmp_common', service: 'Twitch', server: 'auto', key: 'live_1_abcd' };
  const profiles = [
    profile('Stream', twitch),
    profile('One line', { server: 'rtmp://host/app/secret-key' }),
    profile('Relay', { server: 'rtmp://127.0.0.1:1935/live', key: 'k' }),
    profile('Relay by name', { server: 'rtmp://LOCALHOST/live', key: 'k' }),
    profile('Copy', twitch),
    profile('Another program here', { server: 'rtmp://127.0.0.1:1936/live', key: 'k' }),
  ];
  const there = opened([], { profiles, skipped: ['One was skipped.'] });
  const plan = await there.desk.previewObs();
  expect(plan.skipped).toEqual(['One was skipped.']);
  expect(plan.entries).toMatchObject([
    { profile: 'Stream', platform: 'twitch', streamKey: '••••abcd', match: 'new' },
    { profile: 'One line', url: 'rtmp://host/app', streamKey: '••••-key', match: 'new' },
    { profile: 'Relay', match: 'unusable', notes: [expect.stringContaining('loop') as string] },
    { profile: 'Relay by name', match: 'unusable' },
    { profile: 'Copy', match: 'same', matches: 'Twitch (Stream)' },
    { profile: 'Another program here', match: 'new' },
  ]);
  await there.desk.import({ planId: plan.planId, ids: ['1', '2'] });
  expect(there.targets).toMatchObject([
    {
      saved: { platform: 'twitch', url: 'rtmp://live.twitch.tv/app' },
      secrets: { streamKey: 'live_1_abcd' },
    },
    { saved: { url: 'rtmp://host/app' }, secrets: { streamKey: 'secret-key' } },
  ]);
});
