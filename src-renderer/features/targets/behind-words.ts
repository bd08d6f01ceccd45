/**
 * @module
 */
import type { Target } from '../../../src-shared/model/target.ts';
import { t } from '../../language/translate.ts';
import { formatDuration } from '../../ui/format.ts';

/** How far a target is behind on purpose, in words; `fills`: not yet. */
export type Behind = { readonly words: string; readonly fills: boolean };

/** Null: it is live, or will be. */
export function behindOf(target: Pick<Target, 'state' | 'delaySeconds' | 'delayedBySeconds'>): Behind | null {
  const { state, delaySeconds, delayedBySeconds } = target;
  if (delayedBySeconds > 0)
    return { words: t('{{time}} behind', { time: formatDuration(delayedBySeconds) }), fills: false };
  if (delaySeconds === 0) return null;
  const under = state === 'live' || state === 'connecting' || state === 'retrying';
  return under
    ? { words: t('Delay fills'), fills: true }
    : { words: t('{{time}} delay', { time: formatDuration(delaySeconds) }), fills: false };
}
