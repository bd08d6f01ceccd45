/**
 * The show as a whole: on air or not, and what the master button does.
 * @module
 */
import type { Target } from '../../src-shared/model/target.ts';
import type { StudioView } from './studio-view.ts';

/** `sinceMs` and `untilMs`: epoch ms; `untilMs` is null when the hold has no known end. */
export type Show =
  | { readonly type: 'off-air' }
  | { readonly type: 'on-air'; readonly sinceMs: number }
  | { readonly type: 'holding'; readonly untilMs: number | null };

/** What the master button offers now. */
export type MasterAction = 'go-live' | 'cancel' | 'end-show';

const OFF_AIR: Show = { type: 'off-air' };

/** Holding comes first: viewers see no moving picture then, however many targets are kept alive. */
export function showOf({ ingests, targets, onAirSince }: StudioView): Show {
  const holding = ingests.filter(({ state }) => state === 'holding');
  if (holding.length > 0)
    return { type: 'holding', untilMs: firstEnd(holding.map(({ holdEndsAt }) => holdEndsAt)) };
  if (onAirSince === null || !targets.some(isLive)) return OFF_AIR;
  return { type: 'on-air', sinceMs: Date.parse(onAirSince) };
}

function firstEnd(ends: readonly (string | null)[]): number | null {
  const known = ends.filter((end) => end !== null).map((end) => Date.parse(end));
  return known.length === 0 ? null : Math.min(...known);
}

/** How many targets are live, of those that should be. */
export function targetCount(targets: readonly Target[]): { readonly live: number; readonly wanted: number } {
  return {
    live: targets.filter(isLive).length,
    wanted: targets.filter(({ state }) => state !== 'off').length,
  };
}

/** Ending comes before starting: the one thing that must be at hand while viewers watch. */
export function masterAction(targets: readonly Target[]): MasterAction {
  if (targets.some(isOnTheWay)) return 'end-show';
  return targets.some(({ state }) => state === 'waiting') ? 'cancel' : 'go-live';
}

/** Whether someone may be watching this target right now. */
export function hasViewers(target: Target): boolean {
  return target.platform !== 'rehearsal' && (isLive(target) || target.state === 'retrying');
}

function isLive({ state }: Target): boolean {
  return state === 'live';
}

function isOnTheWay({ state }: Target): boolean {
  return state === 'live' || state === 'connecting' || state === 'retrying';
}
