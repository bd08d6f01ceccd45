import { expect, test } from 'vitest';
import { createStudioStore, updateTaker } from './studio-store.ts';
import { emptyState, sampleTarget } from './testing/samples.ts';

/** A timer that the test turns. */
function held() {
  const due: (() => void)[] = [];
  const timer = {
    now: () => 1_000,
    after: (_ms: number, run: () => void) => {
      due.push(run);
      return () => undefined;
    },
  };
  return {
    timer,
    turn: () => {
      for (const run of due.splice(0)) run();
    },
  };
}

test('updates that come together are taken in their order, and drawn once', () => {
  const store = createStudioStore();
  const { timer, turn } = held();
  const take = updateTaker(store, timer);
  let drawn = 0;
  store.subscribe(() => drawn++);
  take({ type: 'snapshot', state: emptyState });
  for (const name of ['One', 'Two', 'Three']) take({ type: 'target', target: sampleTarget({ name }) });
  expect(drawn).toBe(0);
  turn();
  expect(drawn).toBe(1);
  expect(store.getState().view.targets.map(({ name }) => name)).toEqual(['Three']);
  take({ type: 'target-removed', id: 't1' });
  turn();
  expect([drawn, store.getState().view.targets]).toEqual([2, []]);
});
