/**
 * @module
 */
import { Globe, Monitor, Video, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { RichText } from '../../ui/rich-text.tsx';
import { t } from '../../language/translate.ts';
import { selectedIngest } from '../../state/selectors.ts';
import { useOwn, useStudio } from '../../state/window-context.tsx';
import { usePresets } from '../targets/use-platform-name.ts';
import { rehearsalPlan } from './rehearsal-words.ts';

/** What a rehearsal sends and where, with the names of the targets. */
export function RehearsalExplained() {
  const presets = usePresets();
  const chosenId = useOwn((own) => own.selectedIngestId);
  const ingest = useStudio(({ view }) => selectedIngest(view, chosenId));
  const targets = useStudio(({ view }) => view.targets);
  const plan = presets === null ? null : rehearsalPlan(targets, presets, ingest?.id ?? null);
  return (
    <ul className="flex flex-col gap-2.5 text-sm" data-testid="rehearsal-explained">
      <Point icon={Globe} names={plan?.platform}>
        <RichText
          text={t(
            'Platforms that take a <b>hidden bandwidth test</b> get the real stream as such a test: nobody sees it, nobody is notified.',
          )}
        />
      </Point>
      <Point icon={Monitor} names={plan?.local}>
        <RichText
          text={t(
            'Everything else is received <b>on this computer</b>. That shows whether it starts and what it sends, but says nothing about your line.',
          )}
        />
      </Point>
      <Point icon={Video}>{t('Your encoder or the test signal has to be live, and no target may be.')}</Point>
    </ul>
  );
}

type PointProps = {
  readonly icon: LucideIcon;
  /** The targets it is about; undefined while they are not known. */
  readonly names?: readonly string[] | undefined;
  readonly children: ReactNode;
};

function Point({ icon: Icon, names, children }: PointProps) {
  return (
    <li className="flex gap-2.5">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-soft" />
      <span className="min-w-0 break-words">
        {children}
        {names !== undefined && (
          <span className="block text-soft">
            {names.length === 0
              ? t('None of your targets.')
              : t('Of yours: {{names}}.', { names: names.join(', ') })}
          </span>
        )}
      </span>
    </li>
  );
}
