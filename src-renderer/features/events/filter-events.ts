/**
 * @module
 */
import type { LogEvent } from '../../../src-shared/model/log-event.ts';
import { type Language } from '../../language/translate.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { levelWord } from '../../state/words.ts';
import { formatTimeOfDay } from '../../ui/format.ts';

export type EventFilter = {
  readonly level: LogEvent['level'] | 'all';
  /** An ingest or target; null: all, and what is about none. */
  readonly aboutId: string | null;
  readonly text: string;
};

/** As it is read. */
export type ReadFilter = EventFilter & { readonly language: Language };

const RANK = { info: 0, warning: 1, error: 2 } as const;

/** The events of at least that level, about that ingest or target, that hold the text; newest first. */
export function filterEvents(
  events: readonly LogEvent[],
  { level, aboutId, text, language }: ReadFilter,
): readonly LogEvent[] {
  const least = level === 'all' ? 0 : RANK[level];
  const wanted = wantedIn(text);
  return events
    .filter(
      ({ level: own, ingestId, targetId, message }) =>
        RANK[own] >= least &&
        (aboutId === null || aboutId === ingestId || aboutId === targetId) &&
        tStudio(message, language).search(wanted) >= 0,
    )
    .reverse();
}

/** The message in pieces: every second one, from the second on, is what was searched for. */
export function hitsIn(message: string, text: string): readonly string[] {
  if (text.trim() === '') return [message];
  return message.split(new RegExp(`(${wantedIn(text).source})`, 'iu'));
}

/** Upper or lower case; nothing: fits everywhere. */
function wantedIn(text: string): RegExp {
  return new RegExp(text.trim().replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');
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
