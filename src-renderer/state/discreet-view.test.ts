import { expect, it } from 'vitest';
import { discreetStudio, hiding } from './discreet-view.ts';
import { createStudioStore } from './studio-store.ts';
import { EMPTY_VIEW } from './studio-view.ts';
import { sampleEvent, sampleIngest, sampleTarget } from './testing/samples.ts';

const target = sampleTarget({
  url: 'rtmp://nas/live',
  lastError: { code: 'lost', message: 'nas (10.0.0.7) closed the connection.', at: '2026-01-01T00:00:00Z' },
});
const ingest = sampleIngest({ streamKey: 'main-key', warnings: ['main-key is short.'] });
const event = sampleEvent({ message: 'Somebody used main-key at nas.' });
const plain = sampleEvent({ seq: 2, message: 'The show began at 20:15:00.' });
const studio = {
  ...createStudioStore().getState(),
  view: { ...EMPTY_VIEW, targets: [target], ingests: [ingest], events: [event, plain] },
};

it('takes keys and computers out of every sentence, and leaves values alone', () => {
  const { view } = discreetStudio(studio);
  expect(view.targets[0]?.lastError?.message).toBe('••• (•••) closed the connection.');
  expect(view.ingests[0]?.warnings).toEqual(['••• is short.']);
  expect(view.events.map(({ message }) => message)).toEqual([
    'Somebody used ••• at •••.',
    'The show began at 20:15:00.',
  ]);
  expect([view.targets[0]?.url, view.ingests[0]?.streamKey]).toEqual(['rtmp://nas/live', 'main-key']);
  expect(hiding(studio.view)('nas')).toBe('•••');
});

it('answers with the same objects: what has not changed is not drawn again', () => {
  const once = discreetStudio(studio);
  expect(discreetStudio(studio)).toBe(once);
  expect(once.view.events[1]).toBe(plain);
  const later = discreetStudio({
    ...studio,
    view: { ...studio.view, events: [event, plain, sampleEvent({ seq: 3 })] },
  });
  expect(later.view.events[0]).toBe(once.view.events[0]);
  expect(later.view.targets).toBe(once.view.targets);
});
