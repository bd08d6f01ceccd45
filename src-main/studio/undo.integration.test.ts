import { expect, test } from 'vitest';
import type { Studio } from './studio-options.ts';
import { platform, refusalOf, start, stateOf, targetOf, until } from './testing/whole-studio.ts';

const KEY = 'live_7_UNDOMARKER';

const targetNames = async (studio: Studio): Promise<readonly string[]> =>
  (await stateOf(studio)).targets.map(({ name }) => name);

test('a deleted target comes back as it was: id, place, key, switched off; its key is off the disk in between', async () => {
  const { studio, files, updates } = await start();
  const far = await platform();
  const made: string[] = [];
  for (const name of ['A', 'B', 'C']) {
    const wish = { name, url: far.url, streamKey: `${KEY}${name}`, enabled: false, password: 'PASSMARKER' };
    made.push((await studio.carryOut('target.create', wish)).id);
  }
  const id = made[1] ?? '';
  const before = await targetOf(studio, id);
  await studio.carryOut('target.delete', { id });
  expect(await targetNames(studio)).toEqual(['A', 'C']);
  await until('the key is off the disk', () => {
    const text = files.texts.get('/data/secrets.json') ?? '';
    return text.includes(`${KEY}A`) && !text.includes(`${KEY}B`);
  });
  expect(files.texts.get('/data/settings.json')).not.toContain(id);

  const restored = await studio.carryOut('target.restore', { id });
  expect(restored).toEqual({ ...before, since: restored.since });
  expect(await targetNames(studio)).toEqual(['A', 'B', 'C']);
  expect(updates.filter(({ type }) => type === 'target-order').at(-1)).toEqual({
    type: 'target-order',
    ids: made,
  });
  expect(await refusalOf(studio, 'target.restore', { id })).toMatchObject({ code: 'no-such-deleted-target' });
  await studio.carryOut('ingest.start-test-signal', { id: 'main' });
  await studio.carryOut('target.start', { id });
  await until('it is live', async () => (await targetOf(studio, id)).state === 'live');
  expect(far.servers.map(({ publishedName }) => publishedName)).toEqual([`${KEY}B`]);
  expect(JSON.stringify(updates)).not.toContain('MARKER');
});

test('a live target that is brought back goes live again, after its goodbye', async () => {
  const { studio } = await start();
  const far = await platform();
  await studio.carryOut('ingest.start-test-signal', { id: 'main' });
  const { id } = await studio.carryOut('target.create', { name: 'Live', url: far.url, streamKey: KEY });
  await until('it is live', async () => (await targetOf(studio, id)).state === 'live');
  await studio.carryOut('target.delete', { id });
  // Twice at once: one of them finds nothing left to bring back.
  const [one, other] = await Promise.allSettled([
    studio.carryOut('target.restore', { id }),
    studio.carryOut('target.restore', { id }),
  ]);
  expect([one.status, other.status].toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(far.servers[0]?.goodbyes).toBe(1);
  await until('it is live again', async () => (await targetOf(studio, id)).state === 'live');
  expect((await stateOf(studio)).targets).toHaveLength(1);
  expect(far.servers).toHaveLength(2);
});

test('a deleted ingest comes back with its keys at its place, then its target; refusals say what is in the way', async () => {
  const { studio, updates } = await start();
  const second = await studio.carryOut('ingest.create', { name: 'Second', backup: true });
  const third = await studio.carryOut('ingest.create', { name: 'Third' });
  const target = await studio.carryOut('target.create', {
    name: 'T',
    platform: 'rehearsal',
    ingestId: second.id,
    enabled: false,
  });
  await studio.carryOut('target.delete', { id: target.id });
  await studio.carryOut('ingest.delete', { id: second.id });
  const homeless = await refusalOf(studio, 'target.restore', { id: target.id });
  expect([homeless.code, homeless.message]).toEqual([
    'deleted-ingest-gone',
    '"T" cannot come back: the ingest it sent was deleted. Bring that back first, or add the target anew.',
  ]);
  await studio.carryOut('ingest.update', { id: third.id, streamKey: second.streamKey });
  expect(await refusalOf(studio, 'ingest.restore', { id: second.id })).toMatchObject({ code: 'key-taken' });
  await studio.carryOut('ingest.renew-key', { id: third.id });

  const restored = await studio.carryOut('ingest.restore', { id: second.id });
  expect(restored).toEqual({ ...second, since: restored.since });
  const order = ['main', second.id, third.id];
  expect((await stateOf(studio)).ingests.map(({ id }) => id)).toEqual(order);
  expect(updates.at(-1)).toEqual({ type: 'ingest-order', ids: order });
  await studio.carryOut('target.restore', { id: target.id });
  expect((await targetOf(studio, target.id)).ingestId).toBe(second.id);
  await studio.carryOut('ingest.start-test-signal', { id: second.id });
  await until('its encoder is let in', async () => (await stateOf(studio)).ingests[1]?.state === 'live');
});

test('what was deleted does not outlive the studio', async () => {
  const first = await start();
  const { id } = await first.studio.carryOut('target.create', { name: 'T', platform: 'rehearsal' });
  await first.studio.carryOut('target.delete', { id });
  await first.studio.stop();
  const second = await start(first.files);
  expect(await refusalOf(second.studio, 'target.restore', { id })).toMatchObject({
    code: 'no-such-deleted-target',
  });
});
