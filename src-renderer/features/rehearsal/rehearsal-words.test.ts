import { describe, expect, it } from 'vitest';
import { sampleIngest, sampleRehearsal, sampleTarget } from '../../state/testing/samples.ts';
import { CUSTOM_PRESET } from '../targets/own-presets.ts';
import { progressWords, rehearsalPlan, rehearsalProgress, whyNoRehearsal } from './rehearsal-words.ts';

describe('whyNoRehearsal', () => {
  const ingests = [sampleIngest({ state: 'live' }), sampleIngest({ id: 'b' })];
  const targets = [sampleTarget(), sampleTarget({ id: 't2', ingestId: 'b' })];

  it('has nothing against one with an encoder and targets that are off', () => {
    expect(whyNoRehearsal({ ingests, targets }, 'main')).toBeNull();
  });

  it.each([
    ['without an ingest', { ingests, targets }, 'gone', /Add an ingest/],
    ['without a target of its own', { ingests, targets: targets.slice(1) }, 'main', /Add a target/],
    ['without an encoder', { ingests, targets }, 'b', /Start your encoder/],
    [
      'while any target is live',
      {
        ingests,
        targets: [targets[0] ?? sampleTarget(), sampleTarget({ ingestId: 'b', state: 'live' as const })],
      },
      'main',
      /is live/,
    ],
  ])('refuses one %s', (_, view, id, why) => {
    expect(whyNoRehearsal(view, id)).toMatch(why);
  });
});

it('plans a hidden test where the platform has one, and stays on this computer with the rest', () => {
  const twitch = { ...CUSTOM_PRESET, id: 'twitch', bandwidthTest: 'bandwidthtest=true' };
  const targets = [
    sampleTarget({ name: 'A' }),
    sampleTarget({ name: 'B', platform: 'custom' }),
    sampleTarget({ name: 'C', ingestId: 'other' }),
  ];
  expect(rehearsalPlan(targets, [twitch, CUSTOM_PRESET], 'main')).toEqual({ platform: ['A'], local: ['B'] });
});

it('tells how far it is, never less than nothing nor more than all', () => {
  const rehearsal = sampleRehearsal();
  const start = Date.parse(rehearsal.startedAt);
  const words = [-5, 12.4, 90].map((sec) => progressWords(rehearsalProgress(rehearsal, start + sec * 1000)));
  expect(words.map((text) => text.replaceAll('\u202f', ' '))).toEqual([
    '0 of 30 s',
    '12 of 30 s',
    '30 of 30 s',
  ]);
});
