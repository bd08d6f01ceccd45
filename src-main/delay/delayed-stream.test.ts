import { expect, test } from 'vitest';
import { aacHeader, audio, avcHeader, inter, keyframe } from '../hub/testing/stream-messages.ts';
import type { Random } from '../platform/random.ts';
import { seededRandom } from '../platform/testing/seeded-random.ts';
import { allOf, DelayRig, messagesOf, type Seen } from './testing/delay-rig.ts';

const AUDIO = 8;
const VIDEO = 9;
const DATA = 18;

const firstOf = (seen: readonly Seen[], role: string): Seen | undefined =>
  seen.find((one) => one.type === 'message' && one.message.media.role === role);
const rolesOf = (seen: readonly Seen[], count: number): string[] =>
  seen
    .slice(0, count)
    .map((one) => (one.type === 'message' ? `${one.message.media.role}@${one.message.timeMs}` : one.type));

test('a whole show comes later by the delay: same bytes, same order, same pace, times later by the delay', async () => {
  const rig = new DelayRig();
  const live = rig.watch(rig.source);
  const delayed = rig.watch(rig.desk.use(5_000));
  rig.begin();
  await rig.send({ ms: 12_000 });
  rig.end();
  expect(messagesOf(delayed, 5_000)).toEqual(messagesOf(live).slice(0, messagesOf(delayed).length));
  await rig.pass(5_000);
  expect(allOf(delayed, 5_000)).toEqual(allOf(live));
  expect(messagesOf(delayed, 5_000)).toEqual(messagesOf(live));
  expect(rig.lives).toEqual(['5000 live @5000', '5000 over @17000']);
});

test('bursts come out as they came in, though their timestamps say otherwise', async () => {
  const rig = new DelayRig();
  const delayed = rig.watch(rig.desk.use(1_000));
  rig.begin();
  for (const at of [0, 40, 80]) rig.publish(VIDEO, keyframe(), at);
  await rig.pass(300, 7);
  rig.publish(VIDEO, inter(), 120);
  await rig.pass(2_000, 7);
  expect(delayed.slice(4).map(({ atMs }) => atMs)).toEqual([1_000, 1_000, 1_000, 1_300]);
  expect(rig.clock.pending).toBe(0);
});

test('however much waits, there is one timer', async () => {
  const rig = new DelayRig();
  rig.desk.use(5_000);
  rig.begin();
  await rig.send({ ms: 3_000 });
  expect(rig.clock.pending).toBe(1);
});

test('opened in mid-show with nothing held, it begins a delay later with the next keyframe and its headers', async () => {
  const rig = new DelayRig();
  rig.begin();
  await rig.send({ ms: 3_500 });
  const delayed = rig.watch(rig.desk.use(2_000));
  await rig.send({ ms: 2_700 });
  expect(rig.desk.isReady(2_000)).toBe(true);
  // The sound of 3910 came before the keyframe of 4000: sound may go on from there.
  expect(rolesOf(delayed, 7)).toEqual([
    'began',
    'metadata@6000',
    'sequence-header@6000',
    'sequence-header@5910',
    'keyframe@6000',
    'audio@6010',
    'inter@6100',
  ]);
  expect(firstOf(delayed, 'keyframe')?.atMs).toBe(6_000);
});

test.each([1e9, 12_000])(
  'opened in mid-show over what another delay holds, it begins at once (memory %d)',
  async (memory) => {
    const rig = new DelayRig(memory);
    rig.desk.use(60_000);
    rig.begin(1);
    await rig.send({ ms: 14_500 });
    rig.publish(VIDEO, avcHeader(2));
    await rig.send({ ms: 5_500 });
    const delayed = rig.watch(rig.desk.use(10_000));
    await rig.pass(100);
    // The sound before that keyframe is in another segment.
    expect(delayed).toContainEqual(
      expect.objectContaining({
        message: expect.objectContaining({ typeId: AUDIO, timeMs: 19_910 }) as unknown,
      }),
    );
    if (memory < 1e9) expect(rig.spill.reads).toBeGreaterThan(0);
    // The first keyframe that is not overdue came at 10000.
    expect(rolesOf(delayed, 5).slice(0, 2)).toEqual(['began', 'metadata@20000']);
    expect(firstOf(delayed, 'keyframe')).toMatchObject({ message: { timeMs: 20_000 } });
    expect(firstOf(delayed, 'keyframe')?.atMs).toBeLessThanOrEqual(20_100);
    const headers = delayed.flatMap((one) =>
      one.type === 'message' && one.message.media.role === 'sequence-header' && one.message.typeId === VIDEO
        ? [one.message.payload.at(-1)]
        : [],
    );
    expect(headers).toEqual([1]);
    await rig.send({ ms: 5_000 });
    const live = delayed.find((one) => one.type === 'message' && one.message.timeMs === 24_500);
    expect(live).toMatchObject({ message: { media: { role: 'sequence-header' } }, atMs: 24_500 });
  },
);

test('opened where the newest is older than its delay: it has not missed what comes next', async () => {
  const rig = new DelayRig();
  rig.desk.use(60_000);
  rig.begin();
  rig.publish(VIDEO, keyframe());
  await rig.pass(900);
  const delayed = rig.watch(rig.desk.use(500));
  rig.publish(VIDEO, keyframe(), 900);
  await rig.pass(500);
  expect(rolesOf(delayed, 9).slice(-1)).toEqual(['keyframe@1400']);
});

test('opened in mid-show of a source that brought its headers: they are in force', async () => {
  const rig = new DelayRig();
  rig.desk.use(60_000);
  rig.source.begin([{ typeId: VIDEO, payload: avcHeader(9) }]);
  await rig.send({ ms: 10_000 });
  const delayed = rig.watch(rig.desk.use(5_000));
  await rig.pass(100);
  expect(rolesOf(delayed, 3)).toEqual(['began', 'sequence-header@10000', 'keyframe@10000']);
});

test('opened between two keyframes that are far apart: sound is no beginning where there is picture', async () => {
  const rig = new DelayRig();
  rig.begin();
  await rig.send({ ms: 3_000, gopMs: 10_000 });
  rig.desk.use(2_000);
  for (; rig.showMs < 10_000; rig.showMs += 100) {
    rig.publish(AUDIO, audio(20));
    await rig.pass(100);
  }
  await rig.send({ ms: 3_000, gopMs: 10_000 });
  expect(rig.lives).toEqual(['2000 live @12000']);
});

test('sound alone: it is live with the sound that shows that there is no picture', async () => {
  const rig = new DelayRig();
  const early = rig.watch(rig.desk.use(1_000));
  rig.source.begin();
  rig.publish(AUDIO, aacHeader(), 0);
  for (let at = 0; at < 10_000; at += 100) {
    rig.publish(AUDIO, audio(20), at);
    await rig.pass(100);
    if (at === 5_000) rig.watch(rig.desk.use(2_000));
  }
  // When the second is opened at 5100, sound from 4000 on is held.
  expect(rig.lives).toEqual(['1000 live @3100', '2000 live @6000']);
  expect(early.filter(({ type }) => type === 'message').length).toBe(92);
});

test('a new show begins while the old one still plays: order is kept and time starts again', async () => {
  const rig = new DelayRig();
  const live = rig.watch(rig.source);
  const delayed = rig.watch(rig.desk.use(20_000));
  rig.begin(1);
  await rig.send({ ms: 5_000 });
  rig.end();
  await rig.pass(1_000);
  rig.begin(2);
  await rig.send({ ms: 5_000 });
  rig.end();
  await rig.pass(20_000);
  expect(allOf(delayed, 20_000)).toEqual(allOf(live));
  const second = delayed.slice(delayed.findIndex(({ type }) => type === 'ended') + 1);
  expect(rolesOf(second, 5).slice(3)).toEqual(['sequence-header@20000', 'keyframe@20000']);
  expect(rig.lives.map((line) => line.split(' @')[1])).toEqual(['20000', '25000', '26000', '31000']);
});

test('another source takes over in mid-show: readers of the delayed stream get its new headers, and no gap in time', async () => {
  const rig = new DelayRig();
  const delayed = rig.watch(rig.desk.use(3_000));
  rig.begin(1);
  await rig.send({ ms: 2_000 });
  rig.source.begin([{ typeId: VIDEO, payload: avcHeader(9) }]);
  rig.showMs = 0;
  await rig.send({ ms: 4_000 });
  const began = delayed.filter((one) => one.type === 'began')[1];
  expect(began).toMatchObject({ atMs: 5_000, headers: [{ timeMs: 4_900 }] });
  expect(rig.lives).toEqual(['3000 live @3000']);
});

test('a source that brings its headers at the beginning of a show: they stand with what follows, not a delay before it', async () => {
  const rig = new DelayRig();
  const delayed = rig.watch(rig.desk.use(30_000));
  rig.source.begin([{ typeId: VIDEO, payload: avcHeader(9) }]);
  await rig.send({ ms: 1_000 });
  await rig.pass(30_000);
  expect(rolesOf(delayed, 3)).toEqual(['began', 'sequence-header@30000', 'keyframe@30000']);
});

test('closed by who gets its first keyframe, while another delay plays on: it plays and says nothing more', async () => {
  const rig = new DelayRig();
  rig.desk.use(5_000);
  const stream = rig.desk.use(1_000);
  const delayed = rig.watch(stream);
  stream.tap({
    message: ({ media }) => {
      if (media.role === 'keyframe') rig.desk.release(1_000);
    },
    began: () => undefined,
    ended: () => undefined,
  });
  rig.begin();
  for (const at of [0, 40, 80]) rig.publish(VIDEO, keyframe(), at);
  await rig.pass(6_000);
  expect(rolesOf(delayed, 99).slice(4)).toEqual(['keyframe@1000', 'ended']);
  expect(rig.lives).toEqual(['5000 live @5000']);
});

test('closed by a reader in the middle of a burst, it plays nothing more and says nothing more', async () => {
  const rig = new DelayRig();
  const stream = rig.desk.use(1_000);
  const delayed = rig.watch(stream);
  rig.onLive = () => {
    rig.desk.release(1_000);
  };
  rig.begin();
  for (const at of [0, 40, 80]) rig.publish(VIDEO, keyframe(), at);
  await rig.pass(3_000);
  expect(rolesOf(delayed, 99).slice(3)).toEqual(['sequence-header@1000', 'keyframe@1000', 'ended']);
  expect([rig.lives.length, rig.clock.pending, rig.desk.isReady(1_000)]).toEqual([1, 0, false]);
});

/** Something that an encoder may send: about 500 bytes. */
function sendAny(rig: DelayRig, random: Random): void {
  const bytes = Math.floor(random.next() * 600);
  const kind = Math.floor(random.next() * 40);
  if (kind === 0) rig.publish(VIDEO, avcHeader(bytes & 255));
  else if (kind === 1) rig.publish(DATA, new Uint8Array(bytes));
  else if (kind === 2) rig.publish(AUDIO, new Uint8Array(0));
  else if (kind < 6) rig.publish(VIDEO, keyframe(bytes));
  else if (kind < 20) rig.publish(VIDEO, inter(bytes));
  else rig.publish(AUDIO, audio(bytes));
}

/** Steps of bursts, pauses, other sources and ends: about 10 kB a second. */
async function playAny(rig: DelayRig, random: Random, steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) {
    const what = Math.floor(random.next() * 60);
    if (what === 0) rig.end();
    else if (what < 3) rig.source.begin(what === 1 ? [{ typeId: VIDEO, payload: avcHeader(7) }] : []);
    else for (let count = Math.floor(random.next() * 6); count > 0; count--) sendAny(rig, random);
    const waitMs = 1 + Math.floor(random.next() * (what === 3 ? 12_000 : 250));
    await rig.pass(waitMs);
    rig.showMs += waitMs;
  }
}

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

test('any show comes out later and otherwise the same, at two delays, through memory and disk', async () => {
  let reads = 0;
  for (const seed of SEEDS) {
    const random = seededRandom(seed);
    const rig = new DelayRig([50_000, 80_000, 1e9][seed % 3]);
    rig.spill.readMs = 50;
    rig.spill.writeMs = 20;
    const live = rig.watch(rig.source);
    const near = rig.watch(rig.desk.use(3_700));
    const far = rig.watch(rig.desk.use(12_000));
    rig.begin();
    await playAny(rig, random, 300);
    await rig.pass(12_000);
    expect(rig.troubles, `seed ${seed}`).toEqual([]);
    expect(allOf(near, 3_700), `seed ${seed}`).toEqual(allOf(live));
    expect(allOf(far, 12_000), `seed ${seed}`).toEqual(allOf(live));
    reads += rig.spill.reads;
    await rig.desk.close();
    expect([rig.spill.bytes, rig.clock.pending]).toEqual([0, 0]);
  }
  expect(reads).toBeGreaterThan(200);
});

test('opened at any moment over what is held, it plays what one can begin with, and all after it', async () => {
  const frames = (seen: readonly Seen[], delayMs: number): string[] =>
    messagesOf(seen, delayMs).filter((line) => !/metadata|sequence-header/.test(line));
  let reads = 0;
  for (const seed of SEEDS) {
    const random = seededRandom(seed);
    const rig = new DelayRig(50_000);
    const live = rig.watch(rig.source);
    rig.desk.use(40_000);
    rig.begin();
    await playAny(rig, random, 100 + Math.floor(random.next() * 200));
    const fromMs = rig.clock.now() - 9_000;
    const delayed = rig.watch(rig.desk.use(9_000));
    await playAny(rig, random, 50);
    await rig.pass(9_000);
    const first = live.findIndex(
      (one) => one.atMs >= fromMs && (one.type !== 'message' || one.message.media.role === 'keyframe'),
    );
    expect(first).toBeGreaterThan(0);
    expect(rig.troubles, `seed ${seed}`).toEqual([]);
    expect(frames(delayed, 9_000), `seed ${seed}`).toEqual(frames(live.slice(first), 0));
    reads += rig.spill.reads;
    await rig.desk.close();
  }
  expect(reads).toBeGreaterThan(200);
});
