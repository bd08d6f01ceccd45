/**
 * A show's minutes as a small picture: SVG, one bar per minute.
 * @module
 */
import type { ShowMinute, ShowOutage } from '../../src-shared/model/show-report.ts';
import { escapeHtml } from './escape-html.ts';

/** Bars that can be told apart on a page; longer shows have more minutes in one. */
const MOST_BARS = 240;
const WIDTH = 960;
const HEIGHT = 64;
const MINUTE_MS = 60_000;

/** One bar: mean of the bitrates, the worst of the rest. */
type Bar = {
  readonly at: string;
  readonly kbps: number;
  readonly lostShare: number;
  readonly droppedFrames: number;
};

/** What the bars are drawn from. */
export type BarsOf = {
  readonly minutes: readonly ShowMinute[];
  readonly outages: readonly ShowOutage[];
  /** For those who cannot see it. */
  readonly label: string;
  readonly time: (iso: string) => string;
};

/** Height is the bitrate; from the top hangs the share of the time that was lost. Empty without minutes. */
export function minuteBars(of: BarsOf): string {
  const { minutes, outages } = of;
  if (minutes.length === 0) return '';
  const bars = barsOf(minutes, outages);
  const highest = Math.max(1, ...bars.map(({ kbps }) => kbps));
  const step = WIDTH / bars.length;
  const rects = bars.map((bar, index) => {
    const x = (index * step).toFixed(2);
    const width = Math.max(0.5, step * 0.85).toFixed(2);
    const lost = bar.lostShare * HEIGHT;
    const sent = (bar.kbps / highest) * (HEIGHT - lost);
    const frames = bar.droppedFrames > 0 ? `, ${bar.droppedFrames} frames dropped` : '';
    const away = bar.lostShare > 0.005 ? `, away for ${Math.round(bar.lostShare * 100)} % of it` : '';
    const title = escapeHtml(`${of.time(bar.at)}: ${Math.round(bar.kbps)} kbit/s${away}${frames}`);
    const kind = bar.droppedFrames > 0 ? 'dropped' : 'sent';
    return (
      `<g><title>${title}</title>` +
      `<rect class="${kind}" x="${x}" y="${(HEIGHT - sent).toFixed(2)}" width="${width}" height="${sent.toFixed(2)}"/>` +
      (lost > 0 ? `<rect class="lost" x="${x}" y="0" width="${width}" height="${lost.toFixed(2)}"/>` : '') +
      '</g>'
    );
  });
  return (
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${escapeHtml(of.label)}">` +
    `${rects.join('')}</svg>`
  );
}

function barsOf(minutes: readonly ShowMinute[], outages: readonly ShowOutage[]): readonly Bar[] {
  const perBar = Math.ceil(minutes.length / MOST_BARS);
  const bars: Bar[] = [];
  for (let start = 0; start < minutes.length; start += perBar) {
    const group = minutes.slice(start, start + perBar);
    const sum = (figure: (minute: ShowMinute) => number): number =>
      group.reduce((total, minute) => total + figure(minute), 0);
    bars.push({
      at: group[0]?.at ?? '',
      kbps: sum(({ kbps }) => kbps) / group.length,
      lostShare: Math.min(1, sum((minute) => lostMs(minute, outages)) / MINUTE_MS / group.length),
      droppedFrames: sum(({ droppedFrames }) => droppedFrames),
    });
  }
  return bars;
}

function lostMs({ at }: ShowMinute, outages: readonly ShowOutage[]): number {
  const start = Date.parse(at);
  return outages.reduce((sum, outage) => {
    const from = Date.parse(outage.at);
    const to = outage.seconds === null ? Number.POSITIVE_INFINITY : from + outage.seconds * 1000;
    return sum + Math.max(0, Math.min(to, start + MINUTE_MS) - Math.max(from, start));
  }, 0);
}
