/**
 * @module
 */
import { useMemo } from 'react';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { NO_SERIES, totalKbps } from '../../state/figures.ts';
import { column } from '../../state/series.ts';
import { useStudio } from '../../state/window-context.tsx';
import { formatKbps } from '../../ui/format.ts';
import { Sparkline } from '../../ui/sparkline.tsx';

/** What arrives, now and over the last five minutes. */
export function IngestBitrate({ ingest }: { readonly ingest: Ingest }) {
  const series = useStudio(({ figures }) => figures.ingests[ingest.id] ?? NO_SERIES);
  const [seconds, values] = useMemo(() => column(series, 0), [series]);
  return (
    <div className="flex items-center gap-3">
      <Sparkline seconds={seconds} values={values} className="h-7 min-w-0 flex-1 text-accent" />
      <span className="w-24 text-right text-sm font-semibold whitespace-nowrap">
        <span className="sr-only">{t('Bitrate:')} </span>
        {formatKbps(ingest.state === 'live' ? totalKbps(ingest) : null)}
      </span>
    </div>
  );
}
