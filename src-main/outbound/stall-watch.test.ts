import { expect, test } from 'vitest';
import { PUBLISHED_WINDOW_BYTES } from '../rtmp/limits.ts';
import { STALL_TIMEOUT_MS, StallWatch } from './stall-watch.ts';

/** A line whose system tells nothing, with a server that acknowledges what comes at this rate; when it is given up, ms. */
function givenUpAt(kbps: number): number | undefined {
  const watch = new StallWatch();
  watch.begin(0);
  let acknowledged = 0;
  for (let now = 1_000; now <= 120_000; now += 1_000) {
    const arrived = (now / 1_000) * kbps * 125;
    const windows = Math.floor(arrived / PUBLISHED_WINDOW_BYTES);
    if (windows * PUBLISHED_WINDOW_BYTES > acknowledged) {
      acknowledged = windows * PUBLISHED_WINDOW_BYTES;
      watch.acknowledge(acknowledged, now);
    }
    const line = { bytesSent: 1_000_000, backlogBytes: 500_000 };
    // The first window is what tells that the server acknowledges at all.
    if (watch.stalledFor(now, line) !== undefined) return now;
  }
  return undefined;
}

test('a line that carries nothing but sound of 96 kbit/s moves: the window is small enough to tell in time', () => {
  expect(givenUpAt(96)).toBeUndefined();
  expect(givenUpAt(6_000)).toBeUndefined();
  expect(givenUpAt(50)).toBeGreaterThan(STALL_TIMEOUT_MS);
});
