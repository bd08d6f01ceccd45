import { expect, test } from 'vitest';
import { ManualClock } from '../../platform/testing/manual-clock.ts';
import { TransportError } from '../transport.ts';
import { MemoryLine, type MemoryTransport } from './memory-transport.ts';

function heard(end: MemoryTransport): string[] {
  const lines: string[] = [];
  end.listen({
    bytes: (bytes) => lines.push(`got ${bytes.length}`),
    drained: () => lines.push('drained'),
    closed: (error) => lines.push(error === undefined ? 'closed' : error.code),
  });
  return lines;
}

test('bytes move on flush only; backlog and bytes sent follow', () => {
  const line = new MemoryLine();
  const [near, far] = [heard(line.near), heard(line.far)];
  line.near.write([new Uint8Array(3), new Uint8Array(4)]);
  expect([line.near.backlogBytes(), line.near.bytesSent(), far]).toEqual([7, 0, []]);
  line.near.take(5);
  expect([line.near.backlogBytes(), line.near.bytesSent(), near]).toEqual([2, 5, []]);
  line.flush();
  expect([far, near, line.near.bytesSent()]).toEqual([['got 5', 'got 2'], ['drained'], 7]);
});

test('a stalled end keeps what it has; end sends it first, or gives up after its grace', () => {
  const clock = new ManualClock();
  const line = new MemoryLine({ clock });
  const [near, far] = [heard(line.near), heard(line.far)];
  line.near.stalled = true;
  line.near.write([new Uint8Array(3)]);
  line.near.end(2_000);
  line.near.write([new Uint8Array(9)]);
  line.flush();
  expect([near, far]).toEqual([[], []]);
  clock.advance(2_000);
  line.flush();
  expect([near, far]).toEqual([['closed'], ['closed']]);
});

test('end: the rest arrives, then both are told, once', () => {
  const line = new MemoryLine();
  const [near, far] = [heard(line.near), heard(line.far)];
  line.near.write([new Uint8Array(3)]);
  line.near.end(0);
  line.flush();
  line.flush();
  expect([far, near.at(-1), line.near.isOpen]).toEqual([['got 3', 'closed'], 'closed', false]);
});

test('cut: what waits is lost, both are told why', () => {
  const line = new MemoryLine();
  const [near, far] = [heard(line.near), heard(line.far)];
  line.near.write([new Uint8Array(3)]);
  line.near.cut(new TransportError('reset', 'cut'));
  line.flush();
  expect([near, far]).toEqual([['reset'], ['reset']]);
});

test('bytes that come before anybody listens are kept', () => {
  const line = new MemoryLine();
  heard(line.near);
  line.near.write([new Uint8Array(3)]);
  line.flush();
  const far = heard(line.far);
  line.flush();
  expect(far).toEqual(['got 3']);
});
