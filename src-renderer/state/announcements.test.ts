import { describe, expect, it } from 'vitest';
import { announcements } from './announcements.ts';
import { apply, EMPTY_VIEW } from './studio-view.ts';
import { emptyState, sampleIngest, sampleTarget } from './testing/samples.ts';

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
