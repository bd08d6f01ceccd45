/**
 * @module
 */
import { t } from '../../language/translate.ts';
import { showOf, type Show } from '../../state/show.ts';
import { useNow, useStudio } from '../../state/window-context.tsx';
import { showWord } from '../../state/words.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatClock, formatCountdown } from '../../ui/format.ts';
import { SHOW_MARKS } from '../../ui/state-marks.ts';

const LOOKS: Readonly<Record<Show['type'], string>> = {
  'off-air': 'border-edge text-soft',
  'on-air': 'border-transparent bg-onair text-on-onair',
  holding: 'border-transparent bg-hold text-on-hold',
};

/** The state of the show, in the largest letters of the window. */
export function ShowBadge() {
  const type = useStudio(({ view }) => showOf(view).type);
  // One text, so that the selectors return something that compares by value.
  const time = useStudio(({ view }) => {
    const show = showOf(view);
    return show.type === 'on-air' ? show.sinceMs : show.type === 'holding' ? show.untilMs : null;
  });
  const clock = useNow((nowMs) => (time === null ? '' : clockText(type, time, nowMs)));
  // Without the studio nothing is known for sure: the light goes out, the last word stays.
  const known = useStudio(({ link }) => link.type !== 'lost');
  const Icon = SHOW_MARKS[type].icon;
  return (
    <p
      data-testid="show-state"
      data-state={type}
      className={classNames(
        'flex h-10 min-w-[13.5rem] items-center justify-center gap-2.5 rounded-lg border px-4 text-lg font-bold tracking-wide max-[479px]:w-full',
        known ? LOOKS[type] : 'border-2 border-dashed border-edge text-soft',
      )}
    >
      <Icon aria-hidden className="size-5 shrink-0" />
      <span>{showWord(type).toUpperCase()}</span>
      {known && clock !== '' && <span className="font-semibold">{clock}</span>}
      {!known && <span className="text-xs font-normal tracking-normal">{t('last known')}</span>}
    </p>
  );
}

function clockText(type: Show['type'], timeMs: number, nowMs: number): string {
  return type === 'holding' ? formatCountdown(timeMs - nowMs) : formatClock(nowMs - timeMs);
}
