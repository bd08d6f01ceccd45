/**
 * @module
 */
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import type { Studio } from '../../state/studio-store.ts';
import { inOrder } from '../../state/studio-view.ts';
import { useCall, useParts, useRun, useStudio } from '../../state/window-context.tsx';
import { offerUndo, say } from '../../state/window-store.ts';

const targetIds = ({ view }: Studio) => view.targets.map(({ id }) => id);

/** The targets' ids, most important first, and the way to change that. */
export function useTargetOrder() {
  const call = useCall();
  const run = useRun();
  const { own, studio } = useParts();
  const ids = useStudio(useShallow(targetIds));
  // Shown until the studio has answered, so that a dropped row does not jump back for a moment.
  const [wanted, setWanted] = useState<readonly string[] | null>(null);
  const shown =
    wanted === null
      ? ids
      : inOrder(
          ids.map((id) => ({ id })),
          wanted,
        ).map(({ id }) => id);
  const backTo = (order: readonly string[]) => {
    // Some may have been deleted since.
    const there = targetIds(studio.getState());
    run('targets.reorder', { ids: order.filter((id) => there.includes(id)) });
  };
  const reorder = (order: readonly string[]) => {
    const before = targetIds(studio.getState());
    setWanted(order);
    void call('targets.reorder', { ids: [...order] }).then((outcome) => {
      setWanted((latest) => (latest === order ? null : latest));
      if (!outcome.ok) say(own, 'error', tStudio(outcome.refusal.message));
      else {
        const done = t('The targets have a new order of priority.');
        offerUndo(own, done, {
          kind: 'order',
          run: () => {
            backTo(before);
          },
        });
      }
    });
  };
  return { ids: shown, reorder };
}
