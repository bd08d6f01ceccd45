/**
 * @module
 */
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { SERIES_SECONDS, span } from '../../state/series.ts';
import { useNow } from '../../state/window-context.tsx';
import { formatTimeOfDay } from '../../ui/format.ts';
import { markNear, type EventMark } from './event-marks.ts';
import type { HealthFigure } from './health-figures.ts';
import { drawPlot, type PlotContent } from './plot-drawing.ts';
import { usePlotLook, type PlotLook } from './plot-look.ts';

/** How near the pointer must be to an event to show its words, seconds. */
const MARK_REACH_SEC = 4;

export type HealthPlotProps = {
  readonly figure: HealthFigure;
  readonly data: PlotContent['data'];
  readonly marks: readonly EventMark[];
};

/** One figure over the last five minutes; the pointer reads off all plots at the same second. */
export function HealthPlot({ figure, data, marks }: HealthPlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const look = usePlotLook();
  const nowSec = useNow((nowMs) => Math.floor(nowMs / 1000));
  const plot = usePlot({ place, figure, look, onHover: setHovered });
  useEffect(() => {
    plot.current?.show({ data, marks, nowSec });
  }, [plot, look, data, marks, nowSec]);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {/* Laid over, so that the drawing never holds its place at an old size. */}
      <div className="relative min-h-14 flex-1">
        <div
          ref={place}
          role="img"
          aria-label={inWords(figure, data[1])}
          className="absolute inset-0 overflow-hidden"
        />
      </div>
      <p className="flex h-4 justify-between gap-2 text-[0.8rem] leading-4 text-faint" aria-hidden>
        {hovered === null ? (
          <>
            <span className="pl-7">{t('−5 min')}</span>
            <span>{t('now')}</span>
          </>
        ) : (
          <span className="truncate">{readOff(figure, data, marks, hovered)}</span>
        )}
      </p>
    </div>
  );
}

function inWords(figure: HealthFigure, values: readonly (number | null)[]): string {
  const range = span(values);
  if (range === null)
    return t('{{figure}} over the last 5 minutes: nothing measured yet', { figure: figure.name });
  return t('{{figure}} over the last 5 minutes: lowest {{low}}, highest {{high}}', {
    figure: figure.name,
    low: figure.format(range.low),
    high: figure.format(range.high),
  });
}

function readOff(
  figure: HealthFigure,
  [seconds, values]: PlotContent['data'],
  marks: readonly EventMark[],
  second: number,
): string {
  const index = seconds.findIndex((at) => at >= second);
  const at = seconds[index];
  const mark = markNear(marks, second, MARK_REACH_SEC);
  if (mark !== null) return tStudio(mark.text);
  if (at === undefined) return '';
  return `${formatTimeOfDay(new Date(at * 1000).toISOString())} ${figure.format(values[index] ?? null)}`;
}

type UsePlotOptions = {
  readonly place: React.RefObject<HTMLDivElement | null>;
  readonly figure: HealthFigure;
  readonly look: PlotLook;
  readonly onHover: (second: number | null) => void;
};

/** A uPlot that lives as long as its figure and look, and follows its place's size. */
function usePlot({ place, figure, look, onHover }: UsePlotOptions) {
  const drawn = useRef<{ readonly show: (content: PlotContent) => void } | null>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const plot = drawPlot({ element, figure, look, onHover, seconds: SERIES_SECONDS, make: uPlot });
    drawn.current = plot;
    const sizes = new ResizeObserver(plot.fit);
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      drawn.current = null;
      plot.destroy();
    };
  }, [place, figure, look, onHover]);
  return drawn;
}
