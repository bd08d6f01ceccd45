/**
 * @module
 */
import { ArrowUp } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { LogEvent } from '../../../src-shared/model/log-event.ts';
import { t } from '../../language/translate.ts';
import { Button } from '../../ui/button.tsx';
import { EventRow } from './event-row.tsx';

/** Scrolled further than this, somebody reads and wants to stay where they are, px. */
const READS_FROM_PX = 4;

export type EventListProps = {
  /** Newest first. */
  readonly shown: readonly LogEvent[];
  /** Nothing has happened at all yet. */
  readonly empty: boolean;
  readonly wanted: string;
  readonly onCopy: (event: LogEvent) => string;
};

/** The events; whoever has scrolled down stays there while new ones come, and is told how many. */
export function EventList({ shown, empty, wanted, onCopy }: EventListProps) {
  const list = useRef<HTMLOListElement>(null);
  /** Newest event when the reader left the top; null: they are there. */
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const fresh = leftAt === null ? 0 : shown.filter(({ seq }) => seq > leftAt).length;
  const toTop = () => {
    if (list.current === null) return;
    list.current.scrollTop = 0;
    list.current.querySelector('button')?.focus();
  };
  return (
    <div className="relative border-t border-line">
      {fresh > 0 && (
        <Button
          size="sm"
          data-testid="new-events"
          className="absolute top-1.5 left-1/2 z-10 -translate-x-1/2 border-edge! shadow-lg"
          onClick={toTop}
        >
          <ArrowUp aria-hidden className="size-3.5" /> {t('{{fresh}} new', { fresh })}
        </Button>
      )}
      <ol
        ref={list}
        data-testid="event-list"
        className="relative h-36 overflow-y-auto py-1"
        aria-label={t('Events, newest first')}
        onKeyDown={moveByArrows}
        onScroll={({ currentTarget: { scrollTop } }) => {
          if (scrollTop <= READS_FROM_PX) setLeftAt(null);
          else setLeftAt((before) => before ?? shown[0]?.seq ?? 0);
        }}
      >
        {shown.map((event, index) => (
          <EventRow key={event.seq} event={event} wanted={wanted} onCopy={onCopy} isTabStop={index === 0} />
        ))}
        {shown.length === 0 && (
          <li className="px-4 py-3 text-sm text-soft">
            {empty ? t('Nothing has happened yet.') : t('No event fits this filter.')}
          </li>
        )}
      </ol>
    </div>
  );
}

/** One stop of Tab for the whole list: up and down go from line to line. */
function moveByArrows(event: KeyboardEvent<HTMLOListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const next = buttons[buttons.findIndex((button) => button === document.activeElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
