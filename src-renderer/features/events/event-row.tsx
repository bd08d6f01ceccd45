/**
 * @module
 */
import { memo } from 'react';
import type { LogEvent } from '../../../src-shared/model/log-event.ts';
import { useOwn } from '../../state/window-context.tsx';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { levelWord } from '../../state/words.ts';
import { classNames } from '../../ui/class-names.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatTimeOfDay } from '../../ui/format.ts';
import { LEVEL_MARKS } from '../../ui/state-marks.ts';
import { hitsIn } from './filter-events.ts';

const COLOURS: Readonly<Record<LogEvent['level'], string>> = {
  info: 'text-soft',
  warning: 'text-strained',
  error: 'text-failing',
};

export type EventRowProps = {
  readonly event: LogEvent;
  readonly oneLine?: boolean;
  /** What is searched for, to be marked. */
  readonly wanted?: string;
  /** The line as it is copied; undefined: it cannot be. */
  readonly onCopy?: (event: LogEvent) => string;
  /** Whether Tab comes to it; the arrows reach the others from there. */
  readonly isTabStop?: boolean;
};

/** One event: when, how bad, what. */
export const EventRow = memo(function EventRow({
  event,
  oneLine = false,
  wanted = '',
  onCopy,
  isTabStop = false,
}: EventRowProps) {
  const Icon = LEVEL_MARKS[event.level].icon;
  // Kept as it was drawn until the event changes, or the language.
  const language = useOwn((own) => own.spoken);
  return (
    <li
      data-testid="event-row"
      data-level={event.level}
      data-code={event.code}
      className={classNames(
        'group flex min-w-0 items-start gap-3 text-xs',
        oneLine ? 'px-0' : 'px-4 py-0.5 focus-within:bg-raised hover:bg-raised',
      )}
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
      <span className={classNames('min-w-0', oneLine ? 'truncate' : 'flex-1 break-words')}>
        <Message message={tStudio(event.message, language)} wanted={wanted} />
      </span>
      {onCopy !== undefined && (
        <CopyButton
          text={() => onCopy(event)}
          label={t('Copy this line')}
          testId="copy-event"
          look="ghost"
          tabIndex={isTabStop ? 0 : -1}
          className="-my-0.5 size-6 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
        />
      )}
    </li>
  );
});

function Message({ message, wanted }: { readonly message: string; readonly wanted: string }) {
  return hitsIn(message, wanted).map((piece, index) =>
    // Pieces have no name but their place.
    index % 2 === 0 ? (
      piece
    ) : (
      <mark key={index} className="rounded-xs bg-accent-fill text-on-accent">
        {piece}
      </mark>
    ),
  );
}
