/**
 * A show that was kept, in words.
 * @module
 */
import type { ShowOutage, ShowSummary } from '../../../src-shared/model/show-report.ts';
import { t } from '../../language/translate.ts';
import { formatDuration, UNKNOWN, formatNumber } from '../../ui/format.ts';

/** Without news for this long a show that has no end does not go on: a minute's figures and some room. */
const NEWS_WITHIN_MS = 150_000;

/** "1 h 30 min", and how it ended where it did not end well. */
export function lengthWords({ startedAt, endedAt, lastSeenAt }: ShowSummary, nowMs: number): string {
  const length = formatDuration(
    Math.max(0, (Date.parse(endedAt ?? lastSeenAt) - Date.parse(startedAt)) / 1000),
  );
  if (endedAt !== null) return length;
  return nowMs - Date.parse(lastSeenAt) < NEWS_WITHIN_MS
    ? t('{{length}}, goes on', { length })
    : t('{{length}}, then cut off', { length });
}

/** A share as percent; only the whole is 100 %. */
export function uptimeWords(uptime: number | null): string {
  if (uptime === null) return UNKNOWN;
  const tenths = Math.floor(uptime * 1000);
  return `${tenths === 1000 ? '100' : formatNumber(tenths / 10, 1)}\u202f%`;
}

/** How long a loss lasted; one without an end lasted to the end of the show. */
export function outageLengthWords({ seconds }: Pick<ShowOutage, 'seconds'>): string {
  return seconds === null ? t('to the end') : formatDuration(seconds);
}
