/**
 * @module
 */
import { Eye } from 'lucide-react';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { hasViewers } from '../../state/show.ts';
import { agoWords, onAirWords } from '../../state/viewers-see.ts';
import { useStudio } from '../../state/window-context.tsx';

/** What is on air, in words; with nobody watching, what targets get. */
export function OnAirLine({ ingest }: { readonly ingest: Ingest }) {
  const watched = useWatched(ingest.id) > 0;
  const words = onAirWords(ingest);
  const hasTargets = useStudio(({ view }) => view.targets.some(({ ingestId }) => ingestId === ingest.id));
  if (words === null || !hasTargets) return null;
  return (
    <p className="flex items-start gap-1.5 text-xs" data-testid="on-air">
      <Eye aria-hidden className="mt-0.5 size-3.5 shrink-0 text-soft" />
      <span>
        <span className="text-soft">{watched ? t('Viewers see:') : t('Targets get:')}</span>{' '}
        <strong className="font-semibold">
          {words}
          {agoWords(ingest)}
        </strong>
      </span>
    </p>
  );
}

/** On how many targets of an ingest somebody may be watching. */
export function useWatched(ingestId: string): number {
  return useStudio(
    ({ view }) => view.targets.filter((target) => target.ingestId === ingestId && hasViewers(target)).length,
  );
}
