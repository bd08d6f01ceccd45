/**
 * A show that was kept, in words.
 * @module
 */
import type { ShowOutage, ShowSummary } from '../../../src-shared/model/show-report.ts';
import { formatDuration, UNKNOWN } from '../../ui/format.ts';

/** Without news for this long a show that has no end does not go on: a minute's figures and some room. */
const NEWS_WITHIN_MS = 150_000;

/** "1 h 30 min", and how it ended where it did not end well. */
export function lengthWords({ startedAt, endedAt, lastSeenAt }: ShowSummary, nowMs: number): string {
  const length = formatDuration(
    Math.max(0, (Date.parse(endedAt ?? lastSeenAt) - Date.parse(startedAt)) / 1000),
  );
  if (endedAt !== null) return length;
  return nowMs - Date.parse(lastSeenAt) < NEWS_WITHIN_MS ? `${length}, goes on` : `${length}, then cut off`;
}

/** A share as percent; only the whole is 100 %. */
export function uptimeWords(uptime: number | null): string {
  if (uptime === null) return UNKNOWN;
  const tenths = Math.floor(uptime * 1000);
  return `${tenths === 1000 ? '100' : (tenths / 10).toFixed(1)}\u202f%`;
}

/** "3 targets". */
export function countWords(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

/** How long a loss lasted; one without an end lasted to the end of the show. */
export function outageLengthWords({ seconds }: Pick<ShowOutage, 'seconds'>): string {
  return seconds === null ? 'to the end' : formatDuration(seconds);
}
