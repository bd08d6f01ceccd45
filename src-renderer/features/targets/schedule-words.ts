/**
 * @module
 */
import type { Target } from '../../../src-shared/model/target.ts';
import { t } from '../../language/translate.ts';
import { formatAppointment, formatDuration } from '../../ui/format.ts';

type Scheduled = Pick<Target, 'state' | 'startAt' | 'startAfterSeconds' | 'startsAt'>;

/** When a target that is not on its way yet goes live; null when it does as soon as the encoder sends. */
export function scheduleWords(target: Scheduled, nowMs: number): string | null {
  const { state } = target;
  if (state !== 'waiting' && state !== 'off') return null;
  const when = whenWords(target, nowMs);
  if (when === null) return null;
  return state === 'off' ? t('“Go live” starts it {{when}}', { when }) : t('Goes live {{when}}', { when });
}

function whenWords({ startAt, startAfterSeconds, startsAt }: Scheduled, nowMs: number): string | null {
  const known = isAhead(startsAt, nowMs);
  if (known !== null) return t('at {{time}}', { time: formatAppointment(known, nowMs) });
  const at = isAhead(startAt, nowMs);
  const after =
    startAfterSeconds === null || startAfterSeconds === 0
      ? null
      : t('{{time}} after the show starts', { time: formatDuration(startAfterSeconds) });
  if (at === null) return after;
  const time = formatAppointment(at, nowMs);
  return after === null ? t('at {{time}}', { time }) : t('{{after}}, not before {{time}}', { after, time });
}

function isAhead(iso: string | null, nowMs: number): string | null {
  return iso !== null && Date.parse(iso) > nowMs ? iso : null;
}
