import { describe, expect, it } from 'vitest';
import { sampleEvent } from '../../state/testing/samples.ts';
import { eventsAsText, filterEvents, hitsIn, type ReadFilter } from './filter-events.ts';

const events = [
  sampleEvent({ seq: 1, message: 'The studio started.', ingestId: null, targetId: null }),
  sampleEvent({ seq: 2, level: 'warning', message: 'Twitch drops frames.', ingestId: null, targetId: 't1' }),
  sampleEvent({
    seq: 3,
    level: 'error',
    message: 'Kick refused the key (a).',
    ingestId: 'main',
    targetId: null,
  }),
];
const ALL: ReadFilter = { level: 'all', aboutId: null, text: '', language: 'en' };
const seqs = (filter: Partial<ReadFilter>) =>
  filterEvents(events, { ...ALL, ...filter }).map(({ seq }) => seq);

describe('filterEvents', () => {
  it('shows the newest first, from a level upwards, by text', () => {
    expect(seqs({})).toEqual([3, 2, 1]);
    expect(seqs({ level: 'warning' })).toEqual([3, 2]);
    expect(seqs({ text: ' TWITCH ' })).toEqual([2]);
    expect(seqs({ level: 'error', text: 'twitch' })).toEqual([]);
  });

  it('shows what one ingest or target did', () => {
    expect(seqs({ aboutId: 't1' })).toEqual([2]);
    expect(seqs({ aboutId: 'main' })).toEqual([3]);
  });

  it('searches what is read, in the language it is read in', () => {
    const live = [sampleEvent({ seq: 4, message: 'Twitch is live again.' })];
    const found = (text: string) => filterEvents(live, { ...ALL, text, language: 'de' }).length;
    expect([found('wieder live'), found('again')]).toEqual([1, 0]);
  });

  it('takes signs as they are typed', () => {
    expect(seqs({ text: '(a).' })).toEqual([3]);
    expect(seqs({ text: '.*' })).toEqual([]);
  });
});

it('cuts a message at what was searched for', () => {
  expect(hitsIn('Kick kicks (a).', 'KICK')).toEqual(['', 'Kick', ' ', 'kick', 's (a).']);
  expect(hitsIn('Kick kicks (a).', '(a)')).toEqual(['Kick kicks ', '(a)', '.']);
  expect(hitsIn('Kick.', ' ')).toEqual(['Kick.']);
});

it('copies in the order things happened', () => {
  expect(eventsAsText(filterEvents(events, { ...ALL, level: 'warning' })).split('\n')[0]).toMatch(
    /^2026-01-02 \d\d:\d\d:\d\d Warning: Twitch drops frames\.$/,
  );
});
