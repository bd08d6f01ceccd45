/**
 * @module
 */
import { FileText } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { t } from '../../language/translate.ts';
import { useParts, useStudio } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { keyPlace } from '../../ui/key-place.ts';
import type { EventFilter } from './filter-events.ts';

const levels = (): readonly (readonly [EventFilter['level'], string])[] => [
  ['all', t('All')],
  ['warning', t('Warnings and errors')],
  ['error', t('Errors')],
];

const FIELD = 'field-frame h-8 px-2 text-xs';

export type EventToolsProps = {
  readonly filter: EventFilter;
  readonly onFilter: (filter: EventFilter) => void;
  readonly shownCount: number;
  readonly total: number;
  /** What is shown, as text to paste. */
  readonly onCopy: () => string;
};

/** What is shown of the log, and what can be done with it. */
export function EventTools({ filter, onFilter, shownCount, total, onCopy }: EventToolsProps) {
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
      <select
        aria-label={t('Level')}
        className={FIELD}
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
      <AboutFilter filter={filter} onFilter={onFilter} />
      <SearchField filter={filter} onFilter={onFilter} />
      <CopyButton text={onCopy} label={t('Copy these events')} words={t('Copy')} testId="copy-events" />
      <DiagnosisButton />
      <span className="ml-auto text-xs text-soft" role="status" data-testid="event-count">
        {filter.text.trim() === ''
          ? t('{{shown}} of {{total}} events', { shown: shownCount, total })
          : t('Hits: {{shown}} of {{total}} events', { shown: shownCount, total })}
      </span>
    </div>
  );
}

type FilterProps = Pick<EventToolsProps, 'filter' | 'onFilter'>;

/** One ingest or target, by name. */
function AboutFilter({ filter, onFilter }: FilterProps) {
  const ingests = useStudio(useShallow(({ view }) => view.ingests.map(({ id, name }) => `${id} ${name}`)));
  const targets = useStudio(useShallow(({ view }) => view.targets.map(({ id, name }) => `${id} ${name}`)));
  const options = (entries: readonly string[]) =>
    entries.map((entry) => {
      const id = entry.slice(0, entry.indexOf(' '));
      return (
        <option key={id} value={id}>
          {entry.slice(id.length + 1)}
        </option>
      );
    });
  return (
    <select
      aria-label={t('About')}
      data-testid="event-about"
      className={`${FIELD} max-w-40`}
      value={filter.aboutId ?? ''}
      onChange={({ target }) => {
        onFilter({ ...filter, aboutId: target.value === '' ? null : target.value });
      }}
    >
      <option value="">{t('About everything')}</option>
      <optgroup label={t('Ingests')}>{options(ingests)}</optgroup>
      {targets.length > 0 && <optgroup label={t('Targets')}>{options(targets)}</optgroup>}
    </select>
  );
}

function SearchField({ filter, onFilter }: FilterProps) {
  return (
    <input
      type="search"
      aria-label={t('Search the event log')}
      placeholder={t('Search')}
      data-testid="event-search"
      {...keyPlace('log-search')}
      className="field-frame h-8 w-28 min-w-0 flex-1 px-2.5 text-xs sm:max-w-56"
      value={filter.text}
      onChange={({ target }) => {
        onFilter({ ...filter, text: target.value });
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // First what was searched for goes, then the field is left.
        if (filter.text === '') event.currentTarget.blur();
        else onFilter({ ...filter, text: '' });
      }}
    />
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
