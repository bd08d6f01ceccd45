/**
 * @module
 */
import type { Target } from '../../../src-shared/model/target.ts';
import { t } from '../../language/translate.ts';
import { hasViewers } from '../../state/show.ts';
import { useParts, useRun, useRunWithUndo } from '../../state/window-context.tsx';
import { ask } from '../../state/window-store.ts';

/** Deletes and offers the way back; asks first when viewers would notice. */
export function useDeleteTarget(target: Target): () => void {
  const run = useRun();
  const runWithUndo = useRunWithUndo();
  const { own } = useParts();
  const { id, name } = target;
  const remove = () => {
    runWithUndo(
      'target.delete',
      { id },
      {
        done: t('Deleted {{name}}.', { name }),
        run: () => {
          run('target.restore', { id });
        },
      },
    );
  };
  return () => {
    if (!hasViewers(target)) {
      remove();
      return;
    }
    ask(own, {
      title: t('Delete {{name}}?', { name }),
      text: t('It is on air: its viewers will see the stream end. It can be brought back for a short while.'),
      confirm: t('Delete target'),
      onConfirm: remove,
    });
  };
}
