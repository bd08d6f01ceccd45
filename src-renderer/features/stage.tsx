/**
 * The middle: the picture and its health, or the way to a first picture.
 * @module
 */
import { t } from '../language/translate.ts';
import { isFirstStart, selectedIngest } from '../state/selectors.ts';
import { useOwn, useStudio } from '../state/window-context.tsx';
import { ConnectGuide } from './guide/connect-guide.tsx';
import { HealthStrip } from './health/health-strip.tsx';
import { Preview } from './preview/preview.tsx';

/** `foldable`: closed at first, where room is scarce. */
export function Stage({ foldable = false }: { readonly foldable?: boolean }) {
  const chosenId = useOwn((own) => own.selectedIngestId);
  const guideOpen = useOwn((own) => own.guideOpen);
  const firstStart = useStudio(({ view }) => isFirstStart(view));
  const ingest = useStudio(({ view }) => selectedIngest(view, chosenId));
  if (ingest === null || (guideOpen ?? firstStart)) return <ConnectGuide ingest={ingest} />;
  const picture = (
    <>
      <Preview key={ingest.id} ingest={ingest} />
      <HealthStrip ingest={ingest} />
    </>
  );
  if (!foldable) {
    return (
      <section aria-label={t('Picture and health')} className="flex min-h-0 min-w-0 flex-col overflow-y-auto">
        {picture}
      </section>
    );
  }
  return (
    <details className="border-t border-line">
      <summary className="px-4 py-3 font-semibold">{t('Picture and health')}</summary>
      {picture}
    </details>
  );
}
