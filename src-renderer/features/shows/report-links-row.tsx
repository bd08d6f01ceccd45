/**
 * @module
 */
import { ExternalLink } from 'lucide-react';
import { t } from '../../language/translate.ts';
import { useAsked } from '../use-asked.ts';
import { useOwn, useStudio } from '../../state/window-context.tsx';
import { reportUrl, type ReportForm } from './report-links.ts';

const links = (): readonly (readonly [ReportForm, string])[] => [
  ['html', t('Open as page')],
  ['csv', 'CSV'],
  ['json', 'JSON'],
];

/** The report as a page to send on, or as figures to reckon with. */
export function ReportLinks({ showId }: { readonly showId: string }) {
  const ingestId = useStudio(({ view }) => view.ingests[0]?.id ?? null);
  const discreet = useOwn((own) => own.discreet);
  // The links hold this studio's address and what lets in, the files hold addresses.
  if (discreet) {
    return (
      <p className="text-xs text-soft">
        {t('The report as a file is not offered while keys and addresses are hidden.')}
      </p>
    );
  }
  return ingestId === null ? null : <Links key={ingestId} showId={showId} ingestId={ingestId} />;
}

function Links({ showId, ingestId }: { readonly showId: string; readonly ingestId: string }) {
  const { outcome } = useAsked('ingest.preview-url', { id: ingestId });
  if (outcome?.ok !== true) return null;
  const at = { previewUrl: outcome.value.url, pageUrl: window.location.href };
  return links().map(([form, words]) => (
    <a
      key={form}
      href={reportUrl(form, showId, at)}
      target="_blank"
      rel="noopener noreferrer"
      data-testid={`report-${form}`}
      className="inline-flex h-9 items-center gap-2 rounded-lg border border-line bg-raised px-3.5 text-sm font-medium hover:border-edge"
    >
      {words}
      <ExternalLink aria-hidden className="size-3.5 text-soft" />
      <span className="sr-only">{t('(opens a new page)')}</span>
    </a>
  ));
}
