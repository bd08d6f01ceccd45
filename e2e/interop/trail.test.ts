import { expect, test } from 'vitest';
import { follow, trailMessage, WHOLE, type Trail } from '../harness/trail.ts';

const bytes = (hex: string, ...rest: readonly number[]): Uint8Array =>
  Uint8Array.from([...Buffer.from(hex, 'hex'), ...rest]);
const header = trailMessage(9, 0, bytes('1700000000', 1));
const sent: Trail = [
  header,
  ...Array.from({ length: 40 }, (_, i) =>
    trailMessage(9, i * 40, bytes(i % 20 === 0 ? '1701000000' : '2701000000', i)),
  ),
];
const without = (at: number): Trail => sent.filter((_, index) => index !== at);

test('what came out whole is called whole, also from a later keyframe on', () => {
  expect(follow(sent, sent)).toMatchObject({
    ...WHOLE,
    came: 40,
    inPlace: 40,
    keyframesBefore: 0,
    driftMs: 0,
  });
  const late = follow(sent, [header, ...sent.slice(21)]);
  expect(late).toMatchObject({ ...WHOLE, came: 20, inPlace: 20, before: 20, keyframesBefore: 1 });
});

test('a lost message, a moved one, a changed one and a foreign one are all found', () => {
  const swapped = [...sent.slice(0, 10), ...sent.slice(10, 12).reverse(), ...sent.slice(12)];
  const changed = sent.with(15, trailMessage(9, 560, bytes('2701000000', 99)));
  const added = [...sent.slice(0, 15), trailMessage(9, 560, bytes('2701000000', 99)), ...sent.slice(15)];
  for (const wrong of [without(12), swapped, changed, added]) {
    const verdict = follow(sent, wrong);
    expect(verdict.inPlace).toBeLessThan(verdict.came);
  }
});

test('what is missing at the end, a lost header, a foreign one and a wrong start are found', () => {
  expect(follow(sent, sent.slice(0, -3)).after).toBe(3);
  expect(follow(sent, without(0)).missingHeaders).toBe(1);
  const foreign = trailMessage(9, 0, bytes('1700000000', 2));
  expect(follow(sent, [foreign, ...sent]).foreignHeaders).toBe(1);
  expect(follow(sent, [header, ...sent.slice(5)]).beginsWithKeyframe).toBe(false);
});

test('messages moved against each other in time are found', () => {
  const later = sent.map((message) => ({ ...message, timestampMs: message.timestampMs + 500 }));
  expect(follow(sent, later).driftMs).toBe(0);
  const moved = later.map((message, index) => (index === 9 ? { ...message, timestampMs: 0 } : message));
  expect(follow(sent, moved).driftMs).toBeGreaterThan(500);
});
