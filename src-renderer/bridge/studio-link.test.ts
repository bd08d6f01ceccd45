import { describe, expect, it } from 'vitest';
import type { Update } from '../../src-shared/bridge/contract.ts';
import type { BridgeTransport } from '../../src-shared/bridge/transport.ts';
import { emptyState } from '../state/testing/samples.ts';
import { NotLetInError } from './not-let-in-error.ts';
import { retryDelayMs, startStudioLink, type LinkState } from './studio-link.ts';

/** A line whose far end is under the test's hand. */
function fakeLine() {
  const sent: string[] = [];
  let hear: (text: string) => void = () => undefined;
  let gone: () => void = () => undefined;
  const transport: BridgeTransport = {
    send: (text) => sent.push(text),
    onMessage: (listener) => (hear = listener),
    onClose: (listener) => (gone = listener),
    close: () => undefined,
  };
  return { transport, sent, say: (value: unknown) => hear(JSON.stringify(value)), cut: () => gone() };
}

/** Time that moves only when told. */
function fakeTimer() {
  let nowMs = 0;
  let due: { atMs: number; run: () => void }[] = [];
  return {
    now: () => nowMs,
    after: (ms: number, run: () => void) => {
      const entry = { atMs: nowMs + ms, run };
      due.push(entry);
      return () => (due = due.filter((other) => other !== entry));
    },
    advance: async (ms: number) => {
      nowMs += ms;
      const ripe = due.filter((entry) => entry.atMs <= nowMs);
      due = due.filter((entry) => entry.atMs > nowMs);
      for (const entry of ripe) entry.run();
      await settle();
    },
  };
}

const settle = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

function start(opens: (() => Promise<BridgeTransport>)[]) {
  const timer = fakeTimer();
  const states: LinkState[] = [];
  const updates: Update[] = [];
  const link = startStudioLink({
    open: () => (opens.shift() ?? (() => Promise.reject(new Error('no studio'))))(),
    onUpdate: (update) => updates.push(update),
    onState: (state) => states.push(state),
    timer,
  });
  return { timer, states, updates, link };
}

const snapshot = { kind: 'update', update: { type: 'snapshot', state: emptyState } };

describe('startStudioLink', () => {
  it('is up once the snapshot has come', async () => {
    const line = fakeLine();
    const { states, updates } = start([() => Promise.resolve(line.transport)]);
    await settle();
    expect(line.sent).toEqual(['{"kind":"subscribe"}']);
    expect(states.at(-1)).toEqual({ type: 'connecting' });
    line.say(snapshot);
    expect(states.at(-1)).toEqual({ type: 'up' });
    expect(updates).toHaveLength(1);
  });

  it('shows a lost line, refuses open calls, and heals with a new snapshot', async () => {
    const first = fakeLine();
    const second = fakeLine();
    const { timer, states, updates, link } = start([
      () => Promise.resolve(first.transport),
      () => Promise.resolve(second.transport),
    ]);
    await settle();
    first.say(snapshot);
    const open = link.call('targets.start-all', {});
    first.cut();
    await expect(open).rejects.toMatchObject({ refusal: { code: 'studio-not-reachable' } });
    expect(states.at(-1)).toEqual({ type: 'lost', attempt: 1, nextTryAtMs: 500, notLetIn: false });
    await expect(link.call('targets.start-all', {})).rejects.toMatchObject({
      refusal: { code: 'studio-not-reachable' },
    });
    await timer.advance(500);
    expect(states.at(-1)).toEqual({ type: 'lost', attempt: 1, nextTryAtMs: null, notLetIn: false });
    second.say(snapshot);
    expect(states.at(-1)).toEqual({ type: 'up' });
    expect(updates).toHaveLength(2);
  });

  it('waits longer after each failed try, and says when it is not let in', async () => {
    const { timer, states } = start([
      () => Promise.reject(new Error('refused')),
      () => Promise.reject(new NotLetInError()),
    ]);
    await settle();
    expect(states.at(-1)).toMatchObject({ attempt: 1, nextTryAtMs: 500, notLetIn: false });
    await timer.advance(500);
    expect(states.at(-1)).toMatchObject({ attempt: 2, nextTryAtMs: 1500, notLetIn: true });
  });

  it('tries at once when asked', async () => {
    const line = fakeLine();
    const { states, link } = start([
      () => Promise.reject(new Error('refused')),
      () => Promise.resolve(line.transport),
    ]);
    await settle();
    link.retryNow();
    await settle();
    line.say(snapshot);
    expect(states.at(-1)).toEqual({ type: 'up' });
  });
});

describe('retryDelayMs', () => {
  it('doubles up to ten seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 20].map(retryDelayMs)).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  });
});
