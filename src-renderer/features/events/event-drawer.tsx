/**
 * @module
 */
import { ChevronDown, ChevronUp, FileText } from 'lucide-react';
import { useState } from 'react';
import type { LogEvent } from '../../../src-shared/model/log-event.ts';
import { t } from '../../language/translate.ts';
import { useOwn, useParts, useStudio } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { eventsAsText, filterEvents, type EventFilter } from './filter-events.ts';
import { EventRow } from './event-row.tsx';

/** What happened, in plain words; one line when closed, a list when open. */
export function EventDrawer() {
  const { own } = useParts();
  const open = useOwn((state) => state.drawerOpen);
  const events = useStudio(({ view }) => view.events);
  const latest = events.at(-1);
  const [filter, setFilter] = useState<EventFilter>({ level: 'all', text: '' });
  const shown = filterEvents(events, filter);
  const Chevron = open ? ChevronDown : ChevronUp;
  return (
    <footer className="border-t border-line bg-panel">
      <section aria-labelledby="events-title" data-testid="event-log">
        <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1">
          <h2 id="events-title" className="text-sm font-semibold">
            <button
              type="button"
              aria-expanded={open}
              className="flex h-8 items-center gap-2 rounded px-1 whitespace-nowrap"
              onClick={() => {
                own.setState({ drawerOpen: !open });
              }}
            >
              <Chevron aria-hidden className="size-4 text-soft" /> {t('Event log')}
            </button>
          </h2>
          {!open && latest !== undefined && (
            <ol
              className="min-w-0 flex-1 pb-1 max-[479px]:basis-full min-[480px]:pb-0"
              aria-label={t('Latest event')}
            >
              <EventRow event={latest} oneLine />
            </ol>
          )}
          {open && <EventTools filter={filter} onFilter={setFilter} shown={shown} total={events.length} />}
        </div>
        {open && <EventList shown={shown} empty={events.length === 0} />}
      </section>
    </footer>
  );
}

const levels = (): readonly (readonly [EventFilter['level'], string])[] => [
  ['all', t('All')],
  ['warning', t('Warnings and errors')],
  ['error', t('Errors')],
];

type EventToolsProps = {
  readonly filter: EventFilter;
  readonly onFilter: (filter: EventFilter) => void;
  readonly shown: readonly LogEvent[];
  readonly total: number;
};

function EventTools({ filter, onFilter, shown, total }: EventToolsProps) {
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
      <select
        aria-label={t('Level')}
        className="field-frame h-8 px-2 text-xs"
        value={filter.level}
        onChange={({ target }) => {
          onFilter({ ...filter, level: levels().find(([name]) => name === target.value)?.[0] ?? 'all' });
        }}
      >
        {levels().map(([level, label]) => (
          <option key={level} value={level}>
            {label}
          </option>
        ))}
      </select>
      <input
        type="search"
        aria-label={t('Search the event log')}
        placeholder={t('Search')}
        className="field-frame h-8 w-28 min-w-0 flex-1 px-2.5 text-xs sm:max-w-56"
        value={filter.text}
        onChange={({ target }) => {
          onFilter({ ...filter, text: target.value });
        }}
      />
      <CopyButton text={eventsAsText(shown)} label={t('Copy these events')} words={t('Copy')} />
      <DiagnosisButton />
      <span className="ml-auto text-xs text-soft" role="status">
        {t('{{shown}} of {{total}} events', { shown: shown.length, total })}
      </span>
    </div>
  );
}

function DiagnosisButton() {
  const { own } = useParts();
  return (
    <Button
      size="sm"
      data-testid="events-diagnosis"
      onClick={() => {
        own.setState({ dialog: { type: 'diagnosis' } });
      }}
    >
      <FileText aria-hidden className="size-3.5" /> {t('Save a diagnosis file…')}
    </Button>
  );
}

type EventListProps = { readonly shown: readonly LogEvent[]; readonly empty: boolean };

function EventList({ shown, empty }: EventListProps) {
  return (
    <ol
      className="h-36 overflow-y-auto border-t border-line py-1"
      aria-label={t('Events, newest first')}
      tabIndex={0}
    >
      {shown.map((event) => (
        <EventRow key={event.seq} event={event} />
      ))}
      {shown.length === 0 && (
        <li className="px-4 py-3 text-sm text-soft">
          {empty ? t('Nothing has happened yet.') : t('No event fits this filter.')}
        </li>
      )}
    </ol>
  );
}
