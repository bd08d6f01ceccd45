import { describe, expect, it } from 'vitest';
import { applyFigures, NO_FIGURES } from './figures.ts';
import { emptyState, sampleHealth, sampleIngest, sampleTarget } from './testing/samples.ts';

const live = sampleIngest({ state: 'live', health: sampleHealth });

describe('applyFigures', () => {
  it('takes bitrate, frame rate, keyframe interval, jitter and offset of a live ingest', () => {
    const figures = applyFigures(NO_FIGURES, { type: 'ingest', ingest: live }, 5400);
    expect(figures.ingests['main']).toEqual([{ atSec: 5, values: [6160, 60, 2, 3, 12] }]);
  });

  it('knows nothing while no encoder sends', () => {
    const figures = applyFigures(NO_FIGURES, { type: 'ingest', ingest: { ...live, state: 'holding' } }, 5400);
    expect(figures.ingests['main']?.[0]?.values).toEqual([null, null, null, null, null]);
  });

  it('takes the bitrate of a live target', () => {
    const target = sampleTarget({ state: 'live', bitrateKbps: 4000 });
    const figures = applyFigures(NO_FIGURES, { type: 'target', target }, 1000);
    expect(figures.targets['t1']).toEqual([{ atSec: 1, values: [4000] }]);
  });

  it('keeps the past over a snapshot and forgets what is no longer there', () => {
    let figures = applyFigures(NO_FIGURES, { type: 'ingest', ingest: live }, 1000);
    figures = applyFigures(figures, { type: 'target', target: sampleTarget() }, 1000);
    figures = applyFigures(figures, { type: 'snapshot', state: { ...emptyState, ingests: [live] } }, 2000);
    expect(figures.ingests['main']).toHaveLength(2);
    expect(figures.targets).toEqual({});
    expect(applyFigures(figures, { type: 'ingest-removed', id: 'main' }, 3000).ingests).toEqual({});
  });
});
