import { describe, expect, it } from 'vitest';
import { newestEncoderConnection, stageMarks, TROUBLE_SHOWN_MS, troubleOf } from './stages.ts';
import { sampleConnection, sampleIngest } from './testing/samples.ts';

describe('stageMarks', () => {
  it('lights up one after the other', () => {
    expect(stageMarks(null)).toEqual(['pending', 'pending', 'pending']);
    expect(stageMarks(sampleConnection())).toEqual(['active', 'pending', 'pending']);
    expect(stageMarks(sampleConnection({ stage: 'connection' }))).toEqual(['done', 'active', 'pending']);
    expect(stageMarks(sampleConnection({ stage: 'stream', outcome: 'ok' }))).toEqual([
      'done',
      'done',
      'done',
    ]);
  });

  it('says in which stage it ended', () => {
    expect(stageMarks(sampleConnection({ outcome: 'failed' }))).toEqual(['failed', 'pending', 'pending']);
    expect(stageMarks(sampleConnection({ stage: 'stream', outcome: 'refused' }))).toEqual([
      'done',
      'done',
      'refused',
    ]);
    expect(stageMarks(sampleConnection({ stage: 'connection', outcome: 'closed' }))).toEqual([
      'done',
      'done',
      'pending',
    ]);
  });
});

describe('newestEncoderConnection', () => {
  it('leaves players out', () => {
    const encoder = sampleConnection({ id: 'a' });
    expect(newestEncoderConnection([encoder, sampleConnection({ id: 'b', role: 'player' })])).toBe(encoder);
    expect(newestEncoderConnection([])).toBeNull();
  });
});

describe('troubleOf', () => {
  const refused = sampleConnection({ outcome: 'refused', stage: 'stream' });
  const startMs = Date.parse(refused.startedAt);

  it('is shown for a while', () => {
    expect(troubleOf([refused], sampleIngest(), startMs + 1000)).toBe(refused);
    expect(troubleOf([refused], sampleIngest(), startMs + TROUBLE_SHOWN_MS)).toBeNull();
  });

  it('is gone once a later connection came further', () => {
    const better = sampleConnection({ id: 'c2', outcome: 'ok', stage: 'stream' });
    expect(troubleOf([refused, better], sampleIngest(), startMs)).toBeNull();
  });

  it('does not blame an ingest for another one, nor a fed one for a stranger', () => {
    const other = { ...refused, ingestId: 'other' };
    expect(troubleOf([other], sampleIngest(), startMs)).toBeNull();
    expect(troubleOf([refused], sampleIngest({ state: 'live' }), startMs)).toBeNull();
    expect(
      troubleOf([{ ...refused, ingestId: 'main' }], sampleIngest({ state: 'live' }), startMs),
    ).not.toBeNull();
  });
});
