import { expect, test } from 'vitest';
import { avcHeader } from '../hub/testing/stream-messages.ts';
import { allOf, DelayRig, messagesOf, type Seen, turns } from './testing/delay-rig.ts';

const VIDEO = 9;

/** A tenth of a second of it is 120 bytes, counted as 520. */
const SECOND = 5_200;

/** Each picture that does not follow what came right before it at the source. */
function gapsOf(live: readonly Seen[], delayed: readonly Seen[], delayMs: number): string[] {
  const all = messagesOf(live);
  let at = -1;
  return messagesOf(delayed, delayMs).flatMap((line) => {
    if (/metadata|sequence-header/.test(line)) return [];
    const found = all.indexOf(line);
    expect(found).toBeGreaterThan(at);
    const isGap = found > at + 1 && at >= 0;
    at = found;
    return isGap ? [line.replace(/@.*/, '')] : [];
  });
}

test('ten minutes of 50 Mbit/s, scaled down, pass through little memory, whole and on time', async () => {
  const memory = 200_000;
  const rig = new DelayRig(memory);
  rig.spill.writeMs = 30;
  rig.spill.readMs = 30;
  const live = rig.watch(rig.source);
  const delayed = rig.watch(rig.desk.use(600_000));
  rig.begin();
  let mostMemory = 0;
  let mostDisk = 0;
  const each = (): void => {
    const { memoryBytes, diskBytes } = rig.desk.report();
    mostMemory = Math.max(mostMemory, memoryBytes);
    mostDisk = Math.max(mostDisk, diskBytes);
  };
  await rig.send({ ms: 1_300_000, gopMs: 2_000, bytes: 6_000, each });
  // A second is about 64 kB: no more than one beyond the limit, and the one that still grows.
  expect(mostMemory).toBeLessThan(memory + 2 * 66_000);
  expect(mostDisk).toBeGreaterThan(30_000_000);
  expect(rig.desk.report().heldMs).toBeGreaterThan(598_000);
  rig.end();
  await rig.pass(600_000, 1_000);
  expect(delayed.length).toBe(live.length);
  expect(allOf(delayed, 600_000)).toEqual(allOf(live));
  expect([rig.troubles, rig.spill.mostAtOnce]).toEqual([[], { write: 1, read: 1 }]);
  await rig.desk.close();
});

test('a stream that fits into memory never opens the disk', async () => {
  const rig = new DelayRig();
  rig.desk.use(30_000);
  rig.begin();
  await rig.send({ ms: 60_000 });
  expect(rig.spill.opened).toBe(0);
  await rig.desk.close();
  expect(rig.spill.opened).toBe(0);
});

test('two delays share what is held: the disk gets each second once', async () => {
  const rig = new DelayRig(8 * SECOND);
  const live = rig.watch(rig.source);
  const near = rig.watch(rig.desk.use(20_000));
  const far = rig.watch(rig.desk.use(60_000));
  rig.begin();
  await rig.send({ ms: 120_000 });
  expect(rig.spill.writes).toBeLessThanOrEqual(120);
  expect(rig.spill.reads).toBeGreaterThan(rig.spill.writes / 2);
  rig.end();
  await rig.pass(60_000);
  expect(allOf(near, 20_000)).toEqual(allOf(live));
  expect(allOf(far, 60_000)).toEqual(allOf(live));
});

test('a short delay beside a long one: what both are far from goes to the disk, not what is needed at once', async () => {
  const rig = new DelayRig(10 * SECOND);
  rig.desk.use(4_000);
  rig.desk.use(60_000);
  rig.begin();
  await rig.send({ ms: 50_000 });
  expect(rig.spill.writes).toBeGreaterThan(30);
  expect(rig.spill.reads).toBe(0);
});

test('a longer delay begins with the oldest that is held; when it is gone, so is what only it needed', async () => {
  const rig = new DelayRig(5 * SECOND);
  const live = rig.watch(rig.source);
  rig.desk.use(10_000);
  rig.begin();
  await rig.send({ ms: 30_000 });
  const far = rig.watch(rig.desk.use(40_000));
  await rig.send({ ms: 50_000 });
  const firstMs = messagesOf(far, 40_000).findIndex((line) => line.startsWith('9:keyframe@20000'));
  // 'began' with metadata and two headers come before it.
  expect(firstMs).toBe(3);
  expect(gapsOf(live, far, 40_000)).toEqual([]);
  expect(rig.desk.report().heldMs).toBeGreaterThan(39_000);
  expect(rig.spill.pieces).toBeGreaterThan(30);

  rig.desk.release(40_000);
  await turns();
  expect(rig.desk.report().heldMs).toBeLessThan(12_000);
  expect(rig.spill.pieces).toBeLessThan(12);
  expect(rig.desk.report().diskBytes).toBe(rig.spill.bytes);
  await rig.send({ ms: 5_000 });
  expect(far.at(-1)).toMatchObject({ type: 'ended', atMs: 80_000 });
});

test('a delay that goes while the disk is busy for it leaves nothing in memory and nothing on the disk', async () => {
  const rig = new DelayRig(5 * SECOND);
  rig.desk.use(3_500);
  rig.desk.use(30_000);
  rig.begin();
  await rig.send({ ms: 40_000 });
  rig.spill.readMs = 900;
  rig.spill.writeMs = 900;
  await rig.send({ ms: 2_700 });
  for (let round = 0; round < 12; round++) {
    rig.desk.release(30_000);
    rig.desk.use(30_000);
    await rig.send({ ms: 2_700 });
  }
  rig.desk.release(30_000);
  rig.end();
  await rig.pass(20_000);
  expect([rig.desk.report().diskBytes, rig.spill.bytes]).toEqual([0, 0]);
  expect(rig.desk.report().memoryBytes).toBeGreaterThanOrEqual(0);
  // What is left is the segment that has just begun.
  expect(rig.desk.report().memoryBytes).toBeLessThan(SECOND / 2);
});

test.each([
  [
    'full',
    (rig: DelayRig): void => void (rig.spill.capacity = 10 * SECOND),
    'The disk of the test disk is full',
  ],
  ['nearly full', (rig: DelayRig): void => void (rig.spill.free = 1e8), 'The disk of the test disk is full'],
  ['not to be written', (rig: DelayRig): void => void rig.spill.failWith.set('write', 'EACCES'), 'EACCES'],
  ['not to be opened', (rig: DelayRig): void => void rig.spill.failWith.set('open', 'EROFS'), 'EROFS'],
  ['stuck', (rig: DelayRig): void => void (rig.spill.writeMs = 1e9), 'too slow'],
])(
  'a disk that is %s: memory stays bounded, whole GOPs are lost and told once, live readers notice nothing',
  async (_name, breakIt, words) => {
    const memory = 20 * SECOND;
    const rig = new DelayRig(memory);
    breakIt(rig);
    const live = rig.watch(rig.source);
    const delayed = rig.watch(rig.desk.use(100_000));
    rig.begin();
    let most = 0;
    const each = (): void => void (most = Math.max(most, rig.desk.report().memoryBytes));
    await rig.send({ ms: 200_000, gopMs: 3_000, each });
    expect(most).toBeLessThan(2 * memory + 2 * SECOND);
    expect(rig.troubles).toHaveLength(1);
    expect(rig.troubles[0]).toContain(words);
    expect(messagesOf(live)).toHaveLength(4_003);
    rig.end();
    await rig.pass(100_000);
    const gaps = gapsOf(live, delayed, 100_000);
    expect(gaps.length).toBeGreaterThan(0);
    expect(new Set(gaps)).toEqual(new Set(['9:keyframe']));
    const played = messagesOf(delayed).filter((line) => !/metadata|sequence-header/.test(line)).length;
    expect(played).toBeGreaterThan(1_000);
    expect(played).toBeLessThan(3_500);
    expect(delayed.at(-1)).toMatchObject({ type: 'ended', atMs: 300_000 });
    expect(rig.desk.report().lostMessages).toBeGreaterThan(0);
  },
);

test('a disk that has room again is used again; a trouble that comes back later is told again', async () => {
  const rig = new DelayRig(10 * SECOND);
  rig.spill.failWith.set('write', 'ENOSPC');
  rig.desk.use(300_000);
  rig.begin();
  await rig.send({ ms: 40_000 });
  expect([rig.troubles.length, rig.spill.pieces]).toEqual([1, 0]);
  rig.spill.failWith.clear();
  await rig.send({ ms: 70_000 });
  expect(rig.spill.pieces).toBeGreaterThan(60);
  rig.spill.failWith.set('write', 'ENOSPC');
  await rig.send({ ms: 10_000 });
  expect(rig.troubles.length).toBe(2);
});

test('headers that changed within what was lost are sent with the keyframe that goes on', async () => {
  const rig = new DelayRig(10 * SECOND);
  rig.spill.failWith.set('write', 'EIO');
  const delayed = rig.watch(rig.desk.use(60_000));
  rig.begin(1);
  await rig.send({ ms: 30_000 });
  rig.publish(VIDEO, avcHeader(2));
  await rig.send({ ms: 110_000 });
  const marks = delayed.flatMap((one) =>
    one.type === 'began' && one.headers.length > 0
      ? [one.headers.find(({ typeId }) => typeId === VIDEO)?.payload.at(-1)]
      : [],
  );
  expect(marks[0]).toBe(2);
});

test.each(['EIO', 'damaged'])(
  'what cannot be read again (%s) is skipped to a keyframe, and the end of a show in it still counts',
  async (fault) => {
    const rig = new DelayRig(5 * SECOND);
    const live = rig.watch(rig.source);
    const delayed = rig.watch(rig.desk.use(60_000));
    rig.begin(1);
    await rig.send({ ms: 20_000 });
    rig.end();
    rig.begin(2);
    await rig.send({ ms: 30_000 });
    rig.end();
    expect(rig.spill.pieces).toBeGreaterThan(40);
    if (fault === 'damaged') rig.spill.damage();
    else rig.spill.failWith.set('read', fault);
    await rig.pass(60_000);
    expect(rig.troubles).toHaveLength(1);
    expect(rig.troubles[0]).toContain('cannot be read');
    expect(delayed.flatMap((one) => (one.type === 'ended' ? [one.atMs] : []))).toEqual([80_000, 110_000]);
    expect(messagesOf(delayed).length).toBeLessThan(messagesOf(live).length / 2);
    expect([rig.desk.report().memoryBytes, rig.desk.report().diskBytes].every((bytes) => bytes >= 0)).toBe(
      true,
    );
  },
);

test('another show begins in what cannot be read: it starts with its next keyframe and its own headers', async () => {
  const rig = new DelayRig(5 * SECOND);
  const delayed = rig.watch(rig.desk.use(60_000));
  rig.begin(1);
  await rig.send({ ms: 20_000 });
  rig.end();
  rig.begin(2);
  await rig.send({ ms: 30_000, gopMs: 3_000 });
  // The second of 20000: later ones hold the header, too, but only as in force before them.
  expect(rig.spill.damage((piece) => Buffer.from(piece).includes(Buffer.from(avcHeader(2))))).toBe(1);
  await rig.pass(40_000);
  expect(rig.troubles).toHaveLength(1);
  const second = delayed.slice(delayed.findIndex(({ type }) => type === 'ended') + 1);
  const roles = messagesOf(second, 60_000).map((line) => line.replace(/ .*/, ''));
  expect(roles.slice(0, 4)).toEqual([
    '18:metadata@3000',
    '9:sequence-header@3000',
    '8:sequence-header@2910',
    '9:keyframe@3000',
  ]);
  expect(messagesOf(second)[1]).toMatch(/02$/);
});

test('a disk that wakes slowly makes it late once, and loses nothing', async () => {
  const rig = new DelayRig(8 * SECOND);
  const live = rig.watch(rig.source);
  const delayed = rig.watch(rig.desk.use(30_000));
  rig.begin();
  await rig.send({ ms: 35_000 });
  rig.spill.readMs = 7_000;
  await rig.pass(1_000);
  await rig.send({ ms: 10_000 });
  rig.spill.readMs = 0;
  await rig.send({ ms: 30_000 });
  rig.end();
  await rig.pass(30_000);
  expect(messagesOf(delayed, 30_000)).toEqual(messagesOf(live));
  expect(delayed.at(-1)?.atMs).toBe((live.at(-1)?.atMs ?? 0) + 30_000);
});

test('what is held keeps no second copy of messages that were sent to live readers', async () => {
  const rig = new DelayRig();
  const live = rig.watch(rig.source);
  const delayed = rig.watch(rig.desk.use(1_000));
  rig.begin();
  for (const one of live) if (one.type === 'message') one.message.wire = [new Uint8Array(9)];
  await rig.pass(1_000);
  const messages = delayed.flatMap((one) => (one.type === 'message' ? [one.message] : []));
  expect(messages).toHaveLength(3);
  expect(messages.every(({ wire }) => wire === undefined)).toBe(true);
});
