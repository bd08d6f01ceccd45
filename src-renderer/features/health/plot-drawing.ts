/**
 * Draws one figure with uPlot.
 * @module
 */
import type uPlot from 'uplot';
import { spokenLanguage } from '../../language/translate.ts';
import { span } from '../../state/series.ts';
import type { EventMark } from './event-marks.ts';
import type { HealthFigure } from './health-figures.ts';
import type { PlotLook } from './plot-look.ts';

/** All plots with this name show the pointer at the same second. */
const SHARED_POINTER = 'health';

export type PlotContent = {
  readonly data: readonly [number[], (number | null)[]];
  readonly marks: readonly EventMark[];
  readonly nowSec: number;
};

export type DrawOptions = {
  readonly element: HTMLElement;
  readonly figure: HealthFigure;
  readonly look: PlotLook;
  /** How far back the plot reaches. */
  readonly seconds: number;
  readonly onHover: (second: number | null) => void;
  readonly make: typeof uPlot;
};

/** Puts an empty plot into `element`. */
export function drawPlot({ element, figure, look, seconds, onHover, make: Plot }: DrawOptions) {
  let marks: readonly EventMark[] = [];
  let nowSec = 0;
  const size = () => ({
    width: Math.max(40, element.clientWidth),
    height: Math.max(24, element.clientHeight),
  });
  const plot = new Plot(
    {
      ...size(),
      ...frameOf(figure, look),
      scales: {
        x: { time: false, range: () => [nowSec - seconds, nowSec] },
        y: { range: (self) => rangeOf(figure, self.data[1] ?? []) },
      },
      hooks: {
        draw: [
          (self) => {
            drawMarks(self, marks, look);
          },
        ],
        setCursor: [
          (self) => {
            const left = self.cursor.left ?? -1;
            onHover(left < 0 ? null : self.posToVal(left, 'x'));
          },
        ],
      },
    },
    [[], []],
    element,
  );
  return {
    show: (content: PlotContent) => {
      marks = content.marks;
      nowSec = content.nowSec;
      plot.setData([content.data[0], content.data[1]]);
    },
    fit: () => {
      plot.setSize(size());
    },
    destroy: () => {
      plot.destroy();
    },
  };
}

function frameOf(
  figure: HealthFigure,
  look: PlotLook,
): Pick<uPlot.Options, 'axes' | 'series' | 'cursor' | 'legend' | 'padding'> {
  return {
    legend: { show: false },
    padding: [look.fontPx * 0.7, 2, look.fontPx * 0.5, 0],
    cursor: {
      sync: { key: SHARED_POINTER },
      drag: { x: false, y: false },
      y: false,
      points: { show: false },
    },
    axes: [
      { show: false },
      {
        size: look.fontPx * 2.9,
        gap: 2,
        space: look.fontPx * 2,
        font: `${look.fontPx}px ${look.family}`,
        stroke: look.text,
        grid: { stroke: look.grid, width: 1 },
        ticks: { show: false },
        values: (_, splits) => splits.map(shortFigure),
      },
    ],
    series: [
      {},
      {
        stroke: look.line,
        width: 1.5,
        points: { show: false },
        spanGaps: false,
        ...(figure.signed ? {} : { fill: look.fill }),
      },
    ],
  };
}

function shortFigure(value: number): string {
  const thousands = Math.abs(value) >= 1000;
  const figure = (thousands ? value / 1000 : value).toLocaleString(spokenLanguage());
  return thousands ? `${figure}k` : figure;
}

function rangeOf(figure: HealthFigure, values: ArrayLike<number | null | undefined>): [number, number] {
  const range = span(Array.from(values, (value) => value ?? null));
  const high = Math.max(figure.leastTop, (range?.high ?? 0) * 1.1);
  if (!figure.signed) return [0, high];
  const reach = Math.max(high, -(range?.low ?? 0) * 1.1);
  return [-reach, reach];
}

/** A dashed line for each event, with a tip whose shape tells the level as well as its colour does. */
function drawMarks(plot: uPlot, marks: readonly EventMark[], look: PlotLook): void {
  const { ctx, bbox } = plot;
  const tip = look.fontPx * 0.45 * devicePixelRatio;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  for (const { atSec, level } of marks) {
    const x = plot.valToPos(atSec, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = look.marks[level];
    ctx.fillStyle = look.marks[level];
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    drawTip(ctx, level, { x, y: bbox.top - tip * 0.4, size: tip });
    ctx.fill();
  }
  ctx.restore();
}

type Tip = { readonly x: number; readonly y: number; readonly size: number };

function drawTip(ctx: CanvasRenderingContext2D, level: EventMark['level'], { x, y, size }: Tip): void {
  if (level === 'info') ctx.arc(x, y, size * 0.7, 0, 2 * Math.PI);
  else if (level === 'error') ctx.rect(x - size * 0.8, y - size * 0.8, size * 1.6, size * 1.6);
  else {
    ctx.moveTo(x, y - size);
    ctx.lineTo(x + size, y + size);
    ctx.lineTo(x - size, y + size);
  }
}
