/**
 * @module
 */
import type { Target } from '../../../src-shared/model/target.ts';
import { formatDuration } from '../../ui/format.ts';

/** How far a target is behind on purpose, in words; `fills`: not yet. */
export type Behind = { readonly words: string; readonly fills: boolean };

/** Null: it is live, or will be. */
export function behindOf(target: Pick<Target, 'state' | 'delaySeconds' | 'delayedBySeconds'>): Behind | null {
  const { state, delaySeconds, delayedBySeconds } = target;
  if (delayedBySeconds > 0) return { words: `${formatDuration(delayedBySeconds)} behind`, fills: false };
  if (delaySeconds === 0) return null;
  const under = state === 'live' || state === 'connecting' || state === 'retrying';
  return under
    ? { words: 'Delay fills', fills: true }
    : { words: `${formatDuration(delaySeconds)} delay`, fills: false };
}
