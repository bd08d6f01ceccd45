/**
 * @module
 */
import type { Target } from '../../../src-shared/model/target.ts';
import { t } from '../../language/translate.ts';
import { hasViewers } from '../../state/show.ts';
import { useParts, useRun } from '../../state/window-context.tsx';
import { ask } from '../../state/window-store.ts';

/** Asks, then deletes: the key cannot be read back, so there is nothing to undo with. */
export function useDeleteTarget(target: Target): () => void {
  const run = useRun();
  const { own } = useParts();
  const { id, name } = target;
  return () => {
    ask(own, {
      title: t('Delete {{name}}?', { name }),
      text: hasViewers(target)
        ? t(
            'It is on air: its viewers will see the stream end. Its settings and stream key are gone for good.',
          )
        : t('Its settings and stream key are gone for good.'),
      confirm: t('Delete target'),
      onConfirm: () => {
        run('target.delete', { id });
      },
    });
  };
}
