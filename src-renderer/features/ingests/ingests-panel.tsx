/**
 * @module
 */
import { Plus } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { t } from '../../language/translate.ts';
import { selectedIngest } from '../../state/selectors.ts';
import type { Studio } from '../../state/studio-store.ts';
import { useOwn, useParts, useStudio } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { keyPlace } from '../../ui/key-place.ts';
import { IngestCard } from './ingest-card.tsx';

const ingestIds = ({ view }: Studio) => view.ingests.map(({ id }) => id);

/** The slots encoders send to. */
export function IngestsPanel() {
  const { own } = useParts();
  const ids = useStudio(useShallow(ingestIds));
  const chosenId = useOwn((state) => state.selectedIngestId);
  const selectedId = useStudio(({ view }) => selectedIngest(view, chosenId)?.id ?? null);
  return (
    <section
      aria-labelledby="ingests-title"
      className="relative flex min-h-0 flex-col gap-2.5 overflow-y-auto border-line bg-panel p-3 min-[800px]:border-r max-[799px]:border-t"
    >
      <div className="flex h-8 items-center justify-between">
        <h2 id="ingests-title" className="text-sm font-semibold text-soft">
          {t('Ingests')}
        </h2>
        <Button
          look="ghost"
          size="sm"
          data-testid="add-ingest"
          {...keyPlace('add-ingest')}
          onClick={() => {
            own.setState({ dialog: { type: 'ingest', id: null } });
          }}
        >
          <Plus aria-hidden className="size-4" /> {t('Add ingest')}
        </Button>
      </div>
      <ul className="flex flex-col gap-2.5">
        {ids.map((id) => (
          <li key={id}>
            <IngestCard id={id} selected={id === selectedId} />
          </li>
        ))}
      </ul>
    </section>
  );
}
