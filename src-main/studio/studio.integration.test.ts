import { expect, test } from 'vitest';
import { updateSchema, type CommandArgs } from '../../src-shared/bridge/contract.ts';
import { studioStateSchema } from '../../src-shared/model/studio-state.ts';
import { ListenError } from '../net/listen-error.ts';
import { listen } from '../net/listen.ts';
import { MemoryFiles } from '../platform/testing/memory-files.ts';
import { platform, refusalOf, start, stateOf, targetOf, until } from './testing/whole-studio.ts';

const KEY = 'live_7_MARKERKEY';

test('ingests: made, changed, renewed, deleted; refusals name the field', async () => {
  const { studio, updates } = await start();
  const made = await studio.carryOut('ingest.create', { name: 'Second', streamKey: 'abc' });
  expect(made).toMatchObject({
    name: 'Second',
    streamKey: 'abc',
    holdSeconds: 60,
    state: 'waiting',
    encoder: null,
  });
  expect(made.publishUrl).toBe(`${studio.rtmpUrl}/abc`);
  expect(made.warnings).toHaveLength(1);
  const changed = await studio.carryOut('ingest.update', {
    id: made.id,
    name: 'Other',
    holdSeconds: 0,
    streamKey: 'a-key-of-16-chars',
  });
  expect(changed).toMatchObject({
    name: 'Other',
    holdSeconds: 0,
    streamKey: 'a-key-of-16-chars',
    warnings: [],
  });
  const renewed = await studio.carryOut('ingest.renew-key', { id: made.id });
  expect(renewed.streamKey).not.toBe('a-key-of-16-chars');

  expect(
    await refusalOf(studio, 'ingest.create', { name: 'Third', streamKey: renewed.streamKey }),
  ).toMatchObject({ code: 'key-taken', field: 'streamKey' });
  expect(await refusalOf(studio, 'ingest.update', { id: 'main', streamKey: renewed.playKey })).toMatchObject({
    code: 'key-taken',
    field: 'streamKey',
  });
  expect(await refusalOf(studio, 'ingest.update', { id: 'gone', name: 'x' })).toMatchObject({
    code: 'no-such-ingest',
  });
  const target = await studio.carryOut('target.create', {
    name: 'T',
    platform: 'rehearsal',
    ingestId: made.id,
    enabled: false,
  });
  expect(await refusalOf(studio, 'ingest.delete', { id: made.id })).toMatchObject({ code: 'ingest-in-use' });
  await studio.carryOut('target.delete', { id: target.id });
  await studio.carryOut('ingest.delete', { id: made.id });
  expect(await refusalOf(studio, 'ingest.delete', { id: 'main' })).toMatchObject({ code: 'last-ingest' });
  const state = await stateOf(studio);
  expect(state.ingests.map(({ id }) => id)).toEqual(['main']);
  expect(studioStateSchema.parse(state)).toEqual(state);
  for (const update of updates) expect(updateSchema.parse(update)).toEqual(update);
  expect(updates[0]?.type).toBe('snapshot');
  expect(updates.some(({ type }) => type === 'ingest-removed')).toBe(true);
});

test('targets: made, changed, deleted; refusals name the field; the key is never read back', async () => {
  const { studio, updates } = await start();
  const made = await studio.carryOut('target.create', { name: 'Twitch', platform: 'twitch', streamKey: KEY });
  expect(made).toMatchObject({
    url: 'rtmp://live.twitch.tv/app',
    streamKey: '••••RKEY',
    ingestId: 'main',
    enabled: true,
    state: 'waiting',
  });
  const changed = await studio.carryOut('target.update', {
    id: made.id,
    url: 'rtmp://127.0.0.1/x',
    name: 'Mine',
    platform: 'custom',
    enabled: false,
  });
  expect(changed).toMatchObject({
    url: 'rtmp://127.0.0.1/x',
    name: 'Mine',
    enabled: false,
    state: 'off',
    streamKey: '••••RKEY',
  });
  // One line with the key at its end: the key goes where keys are kept.
  const oneLine = await studio.carryOut('target.create', {
    name: 'One line',
    url: `rtmp://127.0.0.1/live/${KEY}`,
    enabled: false,
  });
  expect(oneLine).toMatchObject({ url: 'rtmp://127.0.0.1/live', streamKey: '••••RKEY' });

  const create = (args: Partial<CommandArgs<'target.create'>>) =>
    refusalOf(studio, 'target.create', { name: 'x', ...args });
  expect(await create({ url: 'http://host/app', streamKey: KEY })).toMatchObject({ field: 'url' });
  expect(await create({ streamKey: KEY })).toMatchObject({ field: 'url' });
  expect(await create({ url: 'rtmp://host/app' })).toMatchObject({ field: 'streamKey' });
  expect(await create({ url: 'rtmp://host/app', streamKey: KEY, platform: 'gone' })).toMatchObject({
    field: 'platform',
  });
  expect(await create({ url: 'rtmp://host/app', streamKey: KEY, ingestId: 'gone' })).toMatchObject({
    field: 'ingestId',
  });
  expect(
    await refusalOf(studio, 'target.update', { id: made.id, streamKey: '', url: 'rtmp://host/app' }),
  ).toMatchObject({ field: 'streamKey' });
  expect(await refusalOf(studio, 'target.start', { id: 'gone' })).toMatchObject({ code: 'no-such-target' });
  await studio.carryOut('target.delete', { id: made.id });
  await studio.carryOut('target.delete', { id: oneLine.id });
  expect((await stateOf(studio)).targets).toEqual([]);
  expect(JSON.stringify([updates, await stateOf(studio)])).not.toContain('MARKER');
});

test('rehearsal and test signal: live, figures, stop, hold, goodbye', async () => {
  const { studio } = await start();
  const target = await studio.carryOut('target.create', { name: 'Rehearsal', platform: 'rehearsal' });
  expect(await studio.carryOut('ingest.start-test-signal', { id: 'main' })).toMatchObject({
    testSignal: true,
  });
  await until(
    'the rehearsal receives',
    async () => ((await targetOf(studio, target.id)).received?.videoFrames ?? 0) > 30,
  );
  await until(
    'health is measured',
    async () => (await stateOf(studio)).ingests[0]?.health?.video?.width === 1280,
  );
  const live = await stateOf(studio);
  expect(live.ingests[0]?.state).toBe('live');
  expect(live.ingests[0]?.encoder?.software).toMatch(/test signal/i);
  expect(live.targets[0]).toMatchObject({ state: 'live', attempt: 1, lastError: null });
  await studio.carryOut('ingest.stop-test-signal', { id: 'main' });
  await until('the ingest holds', async () => (await stateOf(studio)).ingests[0]?.state === 'holding');
  expect((await targetOf(studio, target.id)).state).toBe('live');
  expect(await studio.carryOut('ingest.end-hold', { id: 'main' })).toMatchObject({
    state: 'waiting',
    holdEndsAt: null,
  });
  expect((await targetOf(studio, target.id)).state).toBe('waiting');
  const codes = (await stateOf(studio)).events.map(({ code }) => code);
  expect(codes).toEqual(
    expect.arrayContaining(['studio-started', 'encoder-live', 'target-live', 'encoder-left', 'hold-ended']),
  );
});

test('a key goes to its platform and nowhere else, also when the platform repeats it', async () => {
  const { studio, updates, log, files } = await start();
  const refuses = await platform({
    publish: { code: `Denied.${KEY}`, description: `no such key: live/${KEY}` },
  });
  const closes = await platform({ publish: 'close' });
  const takes = await platform();
  const query = `${KEY}?token=QUERYMARKER1`;
  const ids: string[] = [];
  for (const [name, { url }] of Object.entries({ refuses, closes, takes }))
    ids.push((await studio.carryOut('target.create', { name, url, streamKey: query })).id);
  ids.push((await studio.carryOut('target.create', { name: 'one line', url: `${refuses.url}/${KEY}` })).id);
  await studio.carryOut('ingest.start-test-signal', { id: 'main' });
  await until('all have come to their ends', async () => {
    const states = (await stateOf(studio)).targets.map(({ state }) => state);
    return (
      states[0] === 'failed' && states[1] !== 'connecting' && states[2] === 'live' && states[3] === 'failed'
    );
  });
  expect([takes.servers[0]?.publishedName, refuses.servers[1]?.publishedName]).toEqual([query, KEY]);
  const lost = await targetOf(studio, ids[0] ?? '');
  expect(lost.lastError?.code).toBe('key-refused');
  expect(lost.lastError?.message).toContain('••••');
  await studio.stop();
  await until('the platform has heard the goodbye', () => takes.servers[0]?.goodbyes === 1);
  expect(JSON.stringify([await stateOf(studio), updates, log.lines])).not.toContain('MARKER');
  expect(files.texts.get('/data/settings.json')).not.toContain('MARKER');
});

test('a restart brings enabled targets live again, and only these', async () => {
  const first = await start();
  const far = await platform();
  const on = await first.studio.carryOut('target.create', { name: 'on', url: far.url, streamKey: KEY });
  const off = await first.studio.carryOut('target.create', {
    name: 'off',
    url: far.url,
    streamKey: 'other',
    enabled: false,
  });
  const main = (await stateOf(first.studio)).ingests[0];
  await first.studio.stop();
  const second = await start(first.files);
  const ingest = (await stateOf(second.studio)).ingests[0];
  expect([ingest?.streamKey, ingest?.playKey]).toEqual([main?.streamKey, main?.playKey]);
  await second.studio.carryOut('ingest.start-test-signal', { id: 'main' });
  await until('the target is live', async () => (await targetOf(second.studio, on.id)).state === 'live');
  expect(far.servers.map(({ publishedName }) => publishedName)).toEqual([KEY]);
  expect((await targetOf(second.studio, off.id)).state).toBe('off');
});

test('a second port that cannot be had leaves none behind (root cause: the first one stayed open)', async () => {
  const taken = await platform();
  const probe = await listen({ host: '127.0.0.1', port: 0 }, () => undefined);
  const free = probe.port;
  await probe.close();
  const failed = start(new MemoryFiles(), {
    rtmpPort: free,
    rtmps: { host: '127.0.0.1', port: taken.listener.port, cert: CERT_OF_NOBODY, key: CERT_OF_NOBODY },
  });
  await expect(failed).rejects.toThrow();
  const again = await listen({ host: '127.0.0.1', port: free }, () => undefined);
  expect(again.port).toBe(free);
  await again.close();
  await expect(start(new MemoryFiles(), { rtmpPort: taken.listener.port })).rejects.toBeInstanceOf(
    ListenError,
  );
});

/** What is no certificate fails as surely as a taken port. */
const CERT_OF_NOBODY = 'not a certificate';

test('where the next start listens: shown beside what holds now; a port of another program is refused', async () => {
  const { studio, files } = await start();
  const other = await listen({ host: '127.0.0.1', port: 0 }, () => undefined);
  const refusal = await refusalOf(studio, 'settings.update', { rtmpPort: other.port });
  expect(refusal).toMatchObject({ code: 'port-not-free', field: 'rtmpPort' });
  await other.close();

  const { network, ...saved } = await studio.carryOut('settings.update', {
    rtmpPort: other.port,
    rtmpHost: '0.0.0.0',
  });
  expect(saved).toMatchObject({ rtmpPort: other.port, rtmpHost: '0.0.0.0', keysKeptBy: 'file' });
  expect(network).toMatchObject({
    rtmpHost: '127.0.0.1',
    rtmpPort: studio.rtmp.port,
    urls: [studio.rtmpUrl],
  });
  await until('it is saved', () => (files.texts.get('/data/settings.json') ?? '').includes(`${other.port}`));
});

test('how many shows are on is told as they begin and end', async () => {
  const told: number[] = [];
  const { studio } = await start(new MemoryFiles(), { onShows: (count) => told.push(count) });
  const { id } = await studio.carryOut('ingest.create', { name: 'Second', holdSeconds: 0 });
  await studio.carryOut('ingest.update', { id: 'main', holdSeconds: 0 });
  const steps = [
    ['ingest.start-test-signal', 'main', 1],
    ['ingest.start-test-signal', id, 2],
    ['ingest.stop-test-signal', 'main', 1],
    ['ingest.stop-test-signal', id, 0],
  ] as const;
  for (const [command, ingestId, count] of steps) {
    await studio.carryOut(command, { id: ingestId });
    await until(`${count} of them`, () => told.at(-1) === count);
  }
});
