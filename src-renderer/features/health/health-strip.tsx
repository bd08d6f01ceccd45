/**
 * @module
 */
import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { levelWord } from '../../state/words.ts';
import { t } from '../../language/translate.ts';
import { INGEST_FIGURES, NO_SERIES } from '../../state/figures.ts';
import { column } from '../../state/series.ts';
import { useStudio } from '../../state/window-context.tsx';
import { LEVEL_MARKS } from '../../ui/state-marks.ts';
import { HEALTH_FIGURES, type HealthFigure } from './health-figures.ts';
import { HealthDetails } from './health-details.tsx';
import { HealthPlot } from './health-plot.tsx';
import { eventMarks } from './event-marks.ts';

/** The stream's health in figures, now and over the last minutes. */
export function HealthStrip({ ingest }: { readonly ingest: Ingest }) {
  return (
    <section
      aria-labelledby="health-title"
      className="@container flex shrink-0 grow flex-col border-t border-line bg-panel px-3 pt-2.5 pb-3"
    >
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="health-title" className="text-sm font-semibold">
          {t('Health of {{name}}', { name: ingest.name })}
        </h2>
        <p className="flex flex-wrap items-center gap-x-3 text-xs text-soft">
          {t('Last 5 minutes; events are marked')}
          <MarkKey />
        </p>
      </div>
      <div className="grid flex-1 auto-rows-fr grid-cols-2 gap-2 @min-[22rem]:grid-cols-3">
        {HEALTH_FIGURES.map((figure) => (
          <FigureCell key={figure.id} ingest={ingest} figure={figure} />
        ))}
      </div>
      <HealthDetails ingest={ingest} />
    </section>
  );
}

function MarkKey() {
  return (
    <span className="inline-flex items-center gap-3">
      {(['info', 'warning', 'error'] as const).map((level) => {
        const { icon: Icon } = LEVEL_MARKS[level];
        const colour = { info: 'text-accent', warning: 'text-strained', error: 'text-failing' }[level];
        return (
          <span key={level} className={`inline-flex items-center gap-1 ${colour}`}>
            <Icon aria-hidden className="size-3" />
            {levelWord(level)}
          </span>
        );
      })}
    </span>
  );
}

type FigureCellProps = { readonly ingest: Ingest; readonly figure: HealthFigure };

function FigureCell({ ingest, figure }: FigureCellProps) {
  const series = useStudio(({ figures }) => figures.ingests[ingest.id] ?? NO_SERIES);
  const events = useStudio(
    useShallow(({ view }) => view.events.filter(({ ingestId }) => ingestId === ingest.id)),
  );
  const data = useMemo(() => column(series, INGEST_FIGURES.indexOf(figure.id)), [series, figure.id]);
  const marks = useMemo(() => eventMarks(events), [events]);
  const now = ingest.state === 'live' ? figure.now(ingest) : null;
  return (
    <div className="flex min-w-0 flex-col rounded-lg border border-line bg-card px-2 pt-2 pb-1 first:col-span-2">
      <h3 className="truncate text-xs tracking-tight text-soft" title={figure.meaning}>
        {figure.name}
      </h3>
      <p className="font-semibold whitespace-nowrap" data-testid={`health-${figure.id}`}>
        {figure.format(now)}
      </p>
      <HealthPlot figure={figure} data={data} marks={marks} />
    </div>
  );
}
