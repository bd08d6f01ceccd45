/**
 * @module
 */
import type { LogEvent } from '../../../src-shared/model/log-event.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { levelWord } from '../../state/words.ts';
import { formatTimeOfDay } from '../../ui/format.ts';

export type EventFilter = { readonly level: LogEvent['level'] | 'all'; readonly text: string };

const RANK = { info: 0, warning: 1, error: 2 } as const;

/** The events of at least that level that hold the text, as it is read, newest first. */
export function filterEvents(events: readonly LogEvent[], { level, text }: EventFilter): readonly LogEvent[] {
  const least = level === 'all' ? 0 : RANK[level];
  const wanted = text.trim().toLowerCase();
  return events
    .filter(
      (event) =>
        RANK[event.level] >= least &&
        (wanted === '' || tStudio(event.message).toLowerCase().includes(wanted)),
    )
    .reverse();
}

/** The events as text to paste into a message, oldest first. */
export function eventsAsText(newestFirst: readonly LogEvent[]): string {
  return [...newestFirst]
    .reverse()
    .map(
      ({ at, level, message }) =>
        `${at.slice(0, 10)} ${formatTimeOfDay(at)} ${levelWord(level)}: ${tStudio(message)}`,
    )
    .join('\n');
}
