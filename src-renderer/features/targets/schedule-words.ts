/**
 * @module
 */
import type { Target } from '../../../src-shared/model/target.ts';
import { formatAppointment, formatDuration } from '../../ui/format.ts';

type Scheduled = Pick<Target, 'state' | 'startAt' | 'startAfterSeconds' | 'startsAt'>;

/** When a target that is not on its way yet goes live; null when it does as soon as the encoder sends. */
export function scheduleWords(target: Scheduled, nowMs: number): string | null {
  const { state } = target;
  if (state !== 'waiting' && state !== 'off') return null;
  const when = whenWords(target, nowMs);
  if (when === null) return null;
  return state === 'off' ? `“Go live” starts it ${when}` : `Goes live ${when}`;
}

function whenWords({ startAt, startAfterSeconds, startsAt }: Scheduled, nowMs: number): string | null {
  const known = isAhead(startsAt, nowMs);
  if (known !== null) return `at ${formatAppointment(known, nowMs)}`;
  const at = isAhead(startAt, nowMs);
  const after =
    startAfterSeconds === null || startAfterSeconds === 0
      ? null
      : `${formatDuration(startAfterSeconds)} after the show starts`;
  if (at === null) return after;
  const appointment = formatAppointment(at, nowMs);
  return after === null ? `at ${appointment}` : `${after}, not before ${appointment}`;
}

function isAhead(iso: string | null, nowMs: number): string | null {
  return iso !== null && Date.parse(iso) > nowMs ? iso : null;
}
