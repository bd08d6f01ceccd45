/**
 * The last minutes of a figure, one point per second.
 * @module
 */

/** How far back plots reach. */
export const SERIES_SECONDS = 300;
/** Points further apart than this are not joined by a line: nothing is known of the time between. */
const GAP_SECONDS = 3;

/** Values at one second; null where a figure was not known. */
export type SeriesPoint = { readonly atSec: number; readonly values: readonly (number | null)[] };

/** Oldest first, seconds strictly rising, never longer than {@link SERIES_SECONDS}. */
export type Series = readonly SeriesPoint[];

/** The series with `point` added; a second point in one second replaces the first. */
export function withPoint(series: Series, point: SeriesPoint): Series {
  const last = series.at(-1);
  const kept =
    last !== undefined && last.atSec >= point.atSec ? series.filter((p) => p.atSec < point.atSec) : series;
  const oldest = point.atSec - SERIES_SECONDS;
  const first = kept.findIndex(({ atSec }) => atSec > oldest);
  return first === -1 ? [point] : [...kept.slice(first), point];
}

/** Seconds and values of one column, as plots take them: with a hole where nothing was heard. */
export function column(series: Series, index: number): readonly [number[], (number | null)[]] {
  const seconds: number[] = [];
  const values: (number | null)[] = [];
  for (const { atSec, values: row } of series) {
    const before = seconds.at(-1);
    if (before !== undefined && atSec - before > GAP_SECONDS) {
      seconds.push(before + 1);
      values.push(null);
    }
    seconds.push(atSec);
    values.push(row[index] ?? null);
  }
  return [seconds, values];
}

/** Lowest and highest known value; null when there is none. */
export function span(
  values: readonly (number | null)[],
): { readonly low: number; readonly high: number } | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return { low: Math.min(...known), high: Math.max(...known) };
}
