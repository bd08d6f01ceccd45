import { describe, expect, it } from 'vitest';
import { sampleEvent } from '../../state/testing/samples.ts';
import { eventsAsText, filterEvents } from './filter-events.ts';

const events = [
  sampleEvent({ seq: 1, message: 'The studio started.' }),
  sampleEvent({ seq: 2, level: 'warning', message: 'Twitch drops frames.' }),
  sampleEvent({ seq: 3, level: 'error', message: 'Kick refused the key.' }),
];
const seqs = (level: 'all' | 'info' | 'warning' | 'error', text: string) =>
  filterEvents(events, { level, text }).map(({ seq }) => seq);

describe('filterEvents', () => {
  it('shows the newest first, from a level upwards, by text', () => {
    expect(seqs('all', '')).toEqual([3, 2, 1]);
    expect(seqs('warning', '')).toEqual([3, 2]);
    expect(seqs('all', ' TWITCH ')).toEqual([2]);
    expect(seqs('error', 'twitch')).toEqual([]);
  });
});

it('copies in the order things happened', () => {
  expect(eventsAsText(filterEvents(events, { level: 'warning', text: '' })).split('\n')[0]).toMatch(
    /^2026-01-02 \d\d:\d\d:\d\d Warning: Twitch drops frames\.$/,
  );
});
