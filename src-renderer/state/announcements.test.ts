import { describe, expect, it } from 'vitest';
import { announcements } from './announcements.ts';
import { apply, EMPTY_VIEW } from './studio-view.ts';
import { emptyState, sampleIngest, sampleRehearsal, sampleTarget } from './testing/samples.ts';

const before = apply(EMPTY_VIEW, {
  type: 'snapshot',
  state: { ...emptyState, ingests: [sampleIngest()], targets: [sampleTarget()] },
});

describe('announcements', () => {
  it('says nothing of the first snapshot, nor of figures', () => {
    expect(announcements(EMPTY_VIEW, before)).toEqual([]);
    const busier = apply(before, { type: 'target', target: sampleTarget({ bitrateKbps: 7 }) });
    expect(announcements(before, busier)).toEqual([]);
  });

  it('tells of the show, an ingest and a target', () => {
    const live = apply(before, { type: 'target', target: sampleTarget({ state: 'live' }) });
    expect(announcements(before, live).map(({ text }) => text)).toEqual(['On air', 'My channel: Live']);
    const fed = apply(before, { type: 'ingest', ingest: sampleIngest({ state: 'live' }) });
    expect(announcements(before, fed).map(({ text }) => text)).toEqual(['Main: Encoder live']);
  });

  it('says what viewers see when that changes, but not that a show has begun', () => {
    const begun = apply(before, { type: 'ingest', ingest: sampleIngest({ onAir: 'main' }) });
    expect(announcements(before, begun)).toEqual([]);
    const spare = apply(begun, { type: 'ingest', ingest: sampleIngest({ onAir: 'backup' }) });
    expect(announcements(begun, spare).map(({ text }) => text)).toEqual([
      'Main: viewers see the backup encoder',
    ]);
  });

  it('tells of the steps of a show delay, not of each second it fills', () => {
    const filling = { state: 'filling', seconds: 30, heldSeconds: 1, memoryBytes: 0, diskBytes: 0 } as const;
    const one = apply(before, { type: 'ingest', ingest: sampleIngest({ delay: filling }) });
    expect(announcements(before, one).map(({ text }) => text)).toEqual(['Main: show delay fills']);
    const two = apply(one, {
      type: 'ingest',
      ingest: sampleIngest({ delay: { ...filling, heldSeconds: 2 } }),
    });
    expect(announcements(one, two)).toEqual([]);
  });

  it('tells that a target gets less, and that it gets all again', () => {
    const less = apply(before, { type: 'target', target: sampleTarget({ shed: 'sound' }) });
    expect(announcements(before, less).map(({ text }) => text)).toEqual([
      'My channel: Sound only: the line cannot carry all.',
    ]);
    expect(announcements(less, before).map(({ text }) => text)).toEqual([
      'My channel: The whole show again.',
    ]);
  });

  it('reads the verdict of a rehearsal out once', () => {
    const verdict = { word: 'tight', message: 'Little is left.' } as const;
    const done = apply(before, { type: 'rehearsal', rehearsal: sampleRehearsal({ verdict }) });
    expect(announcements(before, done).map(({ text }) => text)).toEqual([
      'Rehearsal: Tight. Little is left.',
    ]);
    const again = apply(done, { type: 'rehearsal', rehearsal: sampleRehearsal({ verdict }) });
    expect(announcements(done, again)).toEqual([]);
  });

  it('interrupts for a failure, with its reason', () => {
    const lastError = {
      code: 'bad-key',
      message: 'Twitch refused the stream key.',
      at: '2026-01-02T20:00:00Z',
    };
    const failed = apply(before, { type: 'target', target: sampleTarget({ state: 'failed', lastError }) });
    expect(announcements(before, failed)).toEqual([
      { text: 'My channel: Failed. Twitch refused the stream key.', urgent: true },
    ]);
  });
});
