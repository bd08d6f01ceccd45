/**
 * When a scheduled target goes live.
 * @module
 */
import type { SavedTarget } from '../settings/settings.ts';

/** When a show began: wall time, ms. */
export type ShowBegan = number;

/**
 * Wall time before which a target does not go live, ms; the later one where a time and a wait are both set.
 * Undefined: not known before the show begins, or it does not wait at all.
 */
export function startsAt(
  { startAt, startAfterSeconds }: Pick<SavedTarget, 'startAt' | 'startAfterSeconds'>,
  showBegan: ShowBegan | undefined,
): number | undefined {
  if (startAfterSeconds !== null && showBegan === undefined) return undefined;
  const times = [
    ...(startAt === null ? [] : [Date.parse(startAt)]),
    ...(startAfterSeconds === null || showBegan === undefined ? [] : [showBegan + startAfterSeconds * 1000]),
  ];
  return times.length === 0 ? undefined : Math.max(...times);
}
