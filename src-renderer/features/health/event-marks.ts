/**
 * @module
 */
import type { LogEvent } from '../../../src-shared/model/log-event.ts';

/** An event on a plot's time line. */
export type EventMark = { readonly atSec: number; readonly level: LogEvent['level']; readonly text: string };

/** Where the events lie on the time line. */
export function eventMarks(events: readonly LogEvent[]): readonly EventMark[] {
  return events.map(({ at, level, message }) => ({
    atSec: Date.parse(at) / 1000,
    level,
    text: message,
  }));
}

/** The event nearest to `second`, if one lies within `reachSec` of it. */
export function markNear(marks: readonly EventMark[], second: number, reachSec: number): EventMark | null {
  let nearest: EventMark | null = null;
  for (const mark of marks) {
    const distance = Math.abs(mark.atSec - second);
    if (distance <= reachSec && (nearest === null || distance < Math.abs(nearest.atSec - second)))
      nearest = mark;
  }
  return nearest;
}
