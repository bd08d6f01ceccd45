/**
 * @module
 */
import { FileInput, Plus, Send } from 'lucide-react';
import { t } from '../../language/translate.ts';
import { useParts, useStudio } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { keyPlace } from '../../ui/key-place.ts';
import { ReorderList } from '../../ui/reorder-list.tsx';
import { RehearsalStrip } from '../rehearsal/rehearsal-strip.tsx';
import { LineVerdict } from './line-verdict.tsx';
import { TargetRow } from './target-row.tsx';
import { useTargetOrder } from './use-target-order.ts';

/** Where the show goes. */
export function TargetsPanel() {
  const { own, studio } = useParts();
  const { ids, reorder } = useTargetOrder();
  // The accent leads from step to step: first an encoder, then a target.
  const isNextStep = useStudio(
    ({ view: { ingests, targets } }) => targets.length === 0 && ingests.some(({ state }) => state === 'live'),
  );
  const add = () => {
    own.setState({ dialog: { type: 'target', id: null } });
  };
  return (
    <section
      aria-labelledby="targets-title"
      className="relative flex min-h-0 flex-col gap-2.5 overflow-y-auto border-line bg-panel p-3 min-[800px]:border-l"
    >
      <div className="flex h-8 items-center justify-between">
        <h2 id="targets-title" className="text-sm font-semibold text-soft">
          {t('Targets')}
        </h2>
        <Button
          look={isNextStep ? 'primary' : 'ghost'}
          size="sm"
          data-testid="add-target"
          {...keyPlace('add-target')}
          onClick={add}
        >
          <Plus aria-hidden className="size-4" /> {t('Add a target')}
        </Button>
      </div>
      <LineVerdict />
      <RehearsalStrip />
      {ids.length === 0 ? (
        <EmptyState icon={Send} title={t('No targets yet')}>
          <p>
            {t(
              'A target is a place your show goes: Twitch, YouTube, Kick, your own server. Add as many as your upload carries.',
            )}
          </p>
          <p>{t('No account at hand? The rehearsal target receives the stream on this computer.')}</p>
          <Button
            size="sm"
            data-testid="import-targets"
            onClick={() => {
              own.setState({ dialog: { type: 'import' } });
            }}
          >
            <FileInput aria-hidden className="size-4" /> {t('Import from OBS or a file…')}
          </Button>
        </EmptyState>
      ) : (
        <>
          {ids.length > 1 && (
            <p className="text-xs text-faint">
              {t('Most important first: when the line cannot carry all, the last one gives way.')}
            </p>
          )}
          <ReorderList
            ids={ids}
            nameOf={(id) => studio.getState().view.targets.find((one) => one.id === id)?.name ?? ''}
            onOrder={reorder}
          >
            {(id, handle) => <TargetRow id={id} handle={handle} />}
          </ReorderList>
        </>
      )}
    </section>
  );
}
