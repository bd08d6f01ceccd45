/**
 * The middle: the picture and its health, or the way to a first picture.
 * @module
 */
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { t } from '../language/translate.ts';
import { isFirstStart, selectedIngest } from '../state/selectors.ts';
import { useOwn, useStudio } from '../state/window-context.tsx';
import { classNames } from '../ui/class-names.ts';
import { ConnectGuide } from './guide/connect-guide.tsx';
import { HealthStrip } from './health/health-strip.tsx';
import { PictureRow } from './preview/picture-row.tsx';
import { Preview } from './preview/preview.tsx';

/** `foldable`: closed at first, where room is scarce. */
export function Stage({ foldable }: { readonly foldable: boolean }) {
  const chosenId = useOwn((own) => own.selectedIngestId);
  const guideOpen = useOwn((own) => own.guideOpen);
  const firstStart = useStudio(({ view }) => isFirstStart(view));
  const ingest = useStudio(({ view }) => selectedIngest(view, chosenId));
  const [unfolded, setUnfolded] = useState(false);
  if (ingest === null || (guideOpen ?? firstStart)) return <ConnectGuide ingest={ingest} />;
  return (
    <section
      aria-label={t('Picture and health')}
      className={classNames(
        'flex min-h-0 min-w-0 flex-col',
        foldable ? 'border-t border-line' : 'overflow-y-auto',
      )}
    >
      {foldable && (
        <button
          type="button"
          data-testid="stage-fold"
          aria-expanded={unfolded}
          className="flex items-center gap-2 px-4 py-3 text-left font-semibold"
          onClick={() => {
            setUnfolded(!unfolded);
          }}
        >
          <ChevronDown aria-hidden className={classNames('size-4 text-soft', unfolded && 'rotate-180')} />
          {t('Picture and health')}
        </button>
      )}
      <div className={foldable && !unfolded ? 'hidden' : 'contents'}>
        <Preview key={ingest.id} ingest={ingest} seen={!foldable || unfolded} />
        {!foldable && <PictureRow selectedId={ingest.id} />}
        <HealthStrip ingest={ingest} />
      </div>
    </section>
  );
}
