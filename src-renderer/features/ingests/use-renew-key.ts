/**
 * @module
 */
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { useParts, useRun, useRunWithUndo } from '../../state/window-context.tsx';
import { ask } from '../../state/window-store.ts';

/**
 * Has a new stream key made for an ingest and offers the way back. Asks first when an encoder uses the key, and in a
 * dialog, from where the way back is not within reach.
 */
export function useRenewKey({ id, name, state, streamKey }: Ingest): () => void {
  const run = useRun();
  const runWithUndo = useRunWithUndo();
  const { own } = useParts();
  const renew = () => {
    const done = t('{{name}} has a new stream key; the old one is refused from now on.', { name });
    const back = () => {
      run('ingest.update', { id, streamKey });
    };
    runWithUndo('ingest.renew-key', { id }, { done, run: back });
  };
  return () => {
    if (state === 'waiting' && own.getState().dialog === null) {
      renew();
      return;
    }
    ask(own, {
      title: t('Renew the stream key of {{name}}?', { name }),
      text: t(
        'The old key is refused from then on: an encoder that is connected stays, but is not let in again with it. Put the new key into your encoder before it connects again.',
      ),
      confirm: t('Renew key'),
      onConfirm: renew,
    });
  };
}
