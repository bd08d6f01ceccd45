import { describe, expect, it } from 'vitest';
import { apply, EMPTY_VIEW, MAX_CONNECTIONS, MAX_EVENTS, MAX_NOTICES } from './studio-view.ts';
import {
  emptyState,
  sampleConnection,
  sampleEvent,
  sampleIngest,
  sampleNotice,
  sampleRehearsal,
  sampleTarget,
} from './testing/samples.ts';

const loaded = apply(EMPTY_VIEW, { type: 'snapshot', state: emptyState });

describe('apply', () => {
  it('takes a snapshot as the whole truth', () => {
    const crowded = apply(loaded, { type: 'target', target: sampleTarget() });
    const again = apply(crowded, { type: 'snapshot', state: emptyState });
    expect(again.targets).toEqual([]);
    expect(again.loaded).toBe(true);
  });

  it('adds, changes in place and removes', () => {
    let view = apply(loaded, { type: 'ingest', ingest: sampleIngest() });
    view = apply(view, { type: 'ingest', ingest: sampleIngest({ id: 'second' }) });
    view = apply(view, { type: 'ingest', ingest: sampleIngest({ name: 'Camera' }) });
    expect(view.ingests.map(({ name }) => name)).toEqual(['Camera', 'Main']);
    view = apply(view, { type: 'ingest-removed', id: 'main' });
    expect(view.ingests.map(({ id }) => id)).toEqual(['second']);
  });

  it('leaves untouched entries the same objects, so that their rows do not draw again', () => {
    const two = [sampleTarget(), sampleTarget({ id: 't2' })];
    const before = apply(loaded, { type: 'snapshot', state: { ...emptyState, targets: two } });
    const after = apply(before, { type: 'target', target: sampleTarget({ id: 't2', bitrateKbps: 5 }) });
    expect(after.targets[0]).toBe(before.targets[0]);
    expect(after.ingests).toBe(before.ingests);
  });

  it('keeps no more connections and events than it can show', () => {
    let view = loaded;
    for (let count = 1; count <= MAX_EVENTS + 5; count++) {
      view = apply(view, { type: 'event', event: sampleEvent({ seq: count }) });
      view = apply(view, { type: 'connection', connection: sampleConnection({ id: `c${count}` }) });
    }
    expect(view.events).toHaveLength(MAX_EVENTS);
    expect(view.events.at(-1)?.seq).toBe(MAX_EVENTS + 5);
    expect(view.connections).toHaveLength(MAX_CONNECTIONS);
  });

  it('takes the order of the targets, and keeps it when one of them changes', () => {
    const targets = ['a', 'b', 'c'].map((id) => sampleTarget({ id }));
    const before = apply(loaded, { type: 'snapshot', state: { ...emptyState, targets } });
    const ordered = apply(before, { type: 'target-order', ids: ['c', 'gone', 'a', 'b'] });
    expect(ordered.targets.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
    expect(ordered.targets[1]).toBe(before.targets[0]);
    const after = apply(ordered, { type: 'target', target: sampleTarget({ id: 'c', priority: 3 }) });
    expect(after.targets.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });

  it('puts targets that an order leaves out behind it', () => {
    const targets = ['a', 'b', 'c', 'd'].map((id) => sampleTarget({ id }));
    const before = apply(loaded, { type: 'snapshot', state: { ...emptyState, targets } });
    const { targets: after } = apply(before, { type: 'target-order', ids: ['d', 'b'] });
    expect(after.map(({ id }) => id)).toEqual(['d', 'b', 'a', 'c']);
  });

  it('shows the targets of a snapshot by their priority', () => {
    const targets = [sampleTarget({ id: 'a', priority: 2 }), sampleTarget({ id: 'b', priority: 1 })];
    const view = apply(loaded, { type: 'snapshot', state: { ...emptyState, targets } });
    expect(view.targets.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('takes the newest rehearsal', () => {
    const rehearsal = sampleRehearsal({ state: 'done' });
    expect(apply(loaded, { type: 'rehearsal', rehearsal }).rehearsal).toBe(rehearsal);
  });

  it('keeps the newest notices, over a lost line too', () => {
    let view = loaded;
    for (let seq = 1; seq <= MAX_NOTICES + 2; seq++) {
      view = apply(view, { type: 'notice', notice: sampleNotice({ seq }) });
    }
    expect(view.recentNotices).toHaveLength(MAX_NOTICES);
    expect(view.recentNotices.at(-1)?.seq).toBe(MAX_NOTICES + 2);
    const healed = apply(view, { type: 'snapshot', state: emptyState });
    expect(healed.recentNotices).toBe(view.recentNotices);
  });

  it('takes the settings of notices', () => {
    const settings = { ...emptyState.notices, sound: true };
    expect(apply(loaded, { type: 'notice-settings', settings }).notices.sound).toBe(true);
  });

  it('takes an event once', () => {
    const once = apply(loaded, { type: 'event', event: sampleEvent({ seq: 3 }) });
    expect(apply(once, { type: 'event', event: sampleEvent({ seq: 3 }) }).events).toHaveLength(1);
  });
});

describe('the clock of the show', () => {
  const live = (id: string, since: string) => sampleTarget({ id, state: 'live', since });

  it('starts with the first live target', () => {
    const state = {
      ...emptyState,
      targets: [live('b', '2026-01-02T20:05:00Z'), live('a', '2026-01-02T20:01:00Z')],
    };
    expect(apply(loaded, { type: 'snapshot', state }).onAirSince).toBe('2026-01-02T20:01:00Z');
  });

  it('runs on while the only target is brought back, and stops when all are off', () => {
    let view = apply(loaded, { type: 'target', target: live('a', '2026-01-02T20:01:00Z') });
    view = apply(view, { type: 'target', target: sampleTarget({ id: 'a', state: 'retrying' }) });
    expect(view.onAirSince).toBe('2026-01-02T20:01:00Z');
    view = apply(view, { type: 'target', target: live('a', '2026-01-02T20:30:00Z') });
    expect(view.onAirSince).toBe('2026-01-02T20:01:00Z');
    const earlier = { ...emptyState, targets: [live('b', '2026-01-02T19:00:00Z')] };
    view = apply(view, { type: 'snapshot', state: earlier });
    expect(view.onAirSince).toBe('2026-01-02T19:00:00Z');
    view = apply(view, { type: 'target', target: sampleTarget({ id: 'b' }) });
    expect(view.onAirSince).toBeNull();
  });
});
