/**
 * What the settings of an ingest say of its hold and its switches.
 * @module
 */
import type { OnAirRules } from '../ingest/on-air.ts';
import type { SavedIngest } from '../settings/settings.ts';

/**
 * Asked anew whenever it matters, since settings change while live.
 * @param saved Undefined: the ingest is gone.
 * @param hasLiveTargets Whether there is anybody to hold for.
 */
export function onAirRules(saved: () => SavedIngest | undefined, hasLiveTargets: () => boolean): OnAirRules {
  return {
    holdMs: () => {
      const ingest = saved();
      if (ingest === undefined || ingest.holdSeconds === 0 || !hasLiveTargets()) return 0;
      return ingest.holdThen === 'stay' ? Infinity : ingest.holdSeconds * 1000;
    },
    stallMs: () => (saved()?.stallSeconds ?? 0) * 1000,
    switchBackAfterMs: () => {
      const { switchBack, switchBackSeconds = 0 } = saved() ?? {};
      return switchBack === 'auto' ? switchBackSeconds * 1000 : undefined;
    },
  };
}
