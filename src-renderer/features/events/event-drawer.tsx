/**
 * @module
 */
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { LogEvent } from '../../../src-shared/model/log-event.ts';
import { t } from '../../language/translate.ts';
import { useOwn, useParts, useStudio } from '../../state/window-context.tsx';
import { EventList } from './event-list.tsx';
import { EventRow } from './event-row.tsx';
import { EventTools } from './event-tools.tsx';
import { eventsAsText, filterEvents, type EventFilter } from './filter-events.ts';

/** What happened, in plain words; one line when closed, a list when open. */
export function EventDrawer() {
  const { own } = useParts();
  const open = useOwn((state) => state.drawerOpen);
  const latest = useStudio(({ view }) => view.events.at(-1));
  const [filter, setFilter] = useState<EventFilter>({ level: 'all', aboutId: null, text: '' });
  const log = useShownEvents(filter);
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
          {open && (
            <EventTools
              filter={filter}
              onFilter={setFilter}
              shownCount={log.shown.length}
              total={log.total}
              onCopy={() => log.asText(log.shown)}
            />
          )}
        </div>
        {open && (
          <EventList shown={log.shown} empty={log.total === 0} wanted={log.wanted} onCopy={log.lineAsText} />
        )}
      </section>
    </footer>
  );
}

/** The log as it is filtered. A filter on what has been deleted since is none. */
function useShownEvents(filter: EventFilter) {
  const { studio } = useParts();
  const events = useStudio(({ view }) => view.events);
  const isThere = useStudio(({ view: { ingests, targets } }) =>
    [...ingests, ...targets].some(({ id }) => id === filter.aboutId),
  );
  // The field follows each key at once, the list as soon as it can.
  const { level, aboutId, text } = useDeferredValue(filter);
  const language = useOwn(({ spoken }) => spoken);
  const shown = useMemo(
    () => filterEvents(events, { level, aboutId: isThere ? aboutId : null, text, language }),
    [events, level, aboutId, isThere, text, language],
  );
  // What is copied is what happened, also while the screen hides some of it.
  const asText = useCallback(
    (lines: readonly LogEvent[]) => {
      const seqs = new Set(lines.map(({ seq }) => seq));
      const all = studio.getState().view.events.filter(({ seq }) => seqs.has(seq));
      return eventsAsText(all.reverse());
    },
    [studio],
  );
  const lineAsText = useCallback((line: LogEvent) => asText([line]), [asText]);
  return { shown, total: events.length, wanted: text, asText, lineAsText };
}
