/**
 * @module
 */
import { CircleCheck, CirclePlus, CircleX, TriangleAlert } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import type { ImportEntry, ImportMatch } from '../../../src-shared/model/target-import.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useShown } from '../../state/window-context.tsx';
import { StateBadge, type StateMark } from '../../ui/state-badge.tsx';
import { usePlatformName } from '../targets/use-platform-name.ts';
import { consequences, matchWord, originWords } from './import-words.ts';
import type { ImportState } from './use-import.ts';

const MARKS: Readonly<Record<ImportMatch, StateMark>> = {
  new: { icon: CirclePlus, tone: 'good' },
  same: { icon: CircleCheck, tone: 'idle' },
  differs: { icon: TriangleAlert, tone: 'strained' },
  unusable: { icon: CircleX, tone: 'failing' },
};

/** What was found, each with a box to tick. */
export function ImportList({ state }: { readonly state: ImportState }) {
  const { plan } = state;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What asked for the list may be gone; and whoever cannot see it come hears it.
    place.current?.focus();
  }, [plan]);
  if (plan === null) return null;
  const { entries, skipped } = plan;
  return (
    <div ref={place} tabIndex={-1} className="flex flex-col gap-2 outline-none">
      {entries.length > 0 && (
        <ul aria-label={t('Targets found')} className="flex flex-col gap-2">
          {entries.map((entry) => (
            <li key={entry.id}>
              <ImportRow
                entry={entry}
                chosen={state.chosen.has(entry.id)}
                onChosen={(chosen) => {
                  state.choose(entry.id, chosen);
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {entries.length === 0 && <p className="text-sm">{t('Nothing was found that can be imported.')}</p>}
      {skipped.map((words) => (
        <p key={words} className="text-xs break-words text-soft">
          {tStudio(words)}
        </p>
      ))}
    </div>
  );
}

type ImportRowProps = {
  readonly entry: ImportEntry;
  readonly chosen: boolean;
  readonly onChosen: (chosen: boolean) => void;
};

function ImportRow({ entry, chosen, onChosen }: ImportRowProps) {
  const id = useId();
  const shown = useShown();
  const platform = usePlatformName(entry.platform);
  const words = consequences(entry);
  return (
    <div
      data-testid="import-row"
      data-match={entry.match}
      className="flex items-start gap-2.5 rounded-xl border border-line bg-card p-3"
    >
      <input
        id={id}
        type="checkbox"
        aria-describedby={`${id}-about`}
        className="mt-0.5 size-4.5 shrink-0 accent-accent-fill"
        disabled={entry.match === 'unusable'}
        checked={chosen}
        onChange={({ target }) => {
          onChosen(target.checked);
        }}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
          <label htmlFor={id} className="min-w-0 text-sm font-semibold break-words">
            {entry.name}
          </label>
          <StateBadge mark={MARKS[entry.match]} word={matchWord(entry.match)} />
        </div>
        <div id={`${id}-about`} className="flex flex-col gap-1 text-xs text-soft">
          <p className="break-words text-ink">{originWords(entry, platform)}</p>
          {entry.url !== '' && <p className="font-mono break-all">{shown(entry.url)}</p>}
          {words.map((sentence) => (
            <p key={sentence} className="break-words">
              {shown(sentence)}
            </p>
          ))}
        </div>
      </div>
    </div>
  );
}
