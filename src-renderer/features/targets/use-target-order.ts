/**
 * @module
 */
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { tStudio } from '../../language/translate-studio.ts';
import type { Studio } from '../../state/studio-store.ts';
import { inOrder } from '../../state/studio-view.ts';
import { useCall, useParts, useStudio } from '../../state/window-context.tsx';
import { say } from '../../state/window-store.ts';

const targetIds = ({ view }: Studio) => view.targets.map(({ id }) => id);

/** The targets' ids, most important first, and the way to change that. */
export function useTargetOrder() {
  const call = useCall();
  const { own } = useParts();
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
  const reorder = (order: readonly string[]) => {
    setWanted(order);
    void call('targets.reorder', { ids: [...order] }).then((outcome) => {
      setWanted((latest) => (latest === order ? null : latest));
      if (!outcome.ok) say(own, 'error', tStudio(outcome.refusal.message));
    });
  };
  return { ids: shown, reorder };
}
