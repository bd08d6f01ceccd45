/**
 * @module
 */
import { memo } from 'react';
import type { LogEvent } from '../../../src-shared/model/log-event.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { useShown, useOwn } from '../../state/window-context.tsx';
import { levelWord } from '../../state/words.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatTimeOfDay } from '../../ui/format.ts';
import { LEVEL_MARKS } from '../../ui/state-marks.ts';

const COLOURS: Readonly<Record<LogEvent['level'], string>> = {
  info: 'text-soft',
  warning: 'text-strained',
  error: 'text-failing',
};

export type EventRowProps = { readonly event: LogEvent; readonly oneLine?: boolean };

/** One event: when, how bad, what. */
export const EventRow = memo(function EventRow({ event, oneLine = false }: EventRowProps) {
  const shown = useShown();
  // Kept as it was drawn until the event changes, or the language.
  useOwn((own) => own.spoken);
  const Icon = LEVEL_MARKS[event.level].icon;
  return (
    <li
      data-testid="event-row"
      data-level={event.level}
      data-code={event.code}
      className={classNames('flex min-w-0 items-start gap-3 text-xs', oneLine ? 'px-0' : 'px-4 py-0.5')}
    >
      <time dateTime={event.at} className="text-faint">
        {formatTimeOfDay(event.at)}
      </time>
      <span
        className={classNames('flex w-20 shrink-0 items-center gap-1.5 font-medium', COLOURS[event.level])}
      >
        <Icon aria-hidden className="size-3.5 shrink-0" />
        {levelWord(event.level)}
      </span>
      <span className={classNames('min-w-0', oneLine ? 'truncate' : 'break-words')}>
        {shown(tStudio(event.message))}
      </span>
    </li>
  );
});
