/**
 * @module
 */
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { useParts, useRun } from '../../state/window-context.tsx';
import { ask } from '../../state/window-store.ts';

/** Asks, then has a new stream key made for an ingest. */
export function useRenewKey({ id, name }: Pick<Ingest, 'id' | 'name'>): () => void {
  const run = useRun();
  const { own } = useParts();
  return () => {
    ask(own, {
      title: t('Renew the stream key of {{name}}?', { name }),
      text: t(
        'The old key is refused from then on: put the new one into your encoder before it connects again.',
      ),
      confirm: t('Renew key'),
      onConfirm: () => {
        run('ingest.renew-key', { id });
      },
    });
  };
}
