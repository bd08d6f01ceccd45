/**
 * @module
 */
import { ChevronDown } from 'lucide-react';
import type { Finding, Target } from '../../../src-shared/model/target.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { levelWord } from '../../state/words.ts';
import { classNames } from '../../ui/class-names.ts';
import { LEVEL_MARKS } from '../../ui/state-marks.ts';
import { bySeverity } from './finding-order.ts';

const COLOURS: Readonly<Record<Finding['severity'], string>> = {
  info: 'text-soft',
  warning: 'text-strained',
  error: 'text-failing',
};

/** What the platform's rules say against what is sent: folded, with the fix inside. */
export function TargetFindings({ target: { findings } }: { readonly target: Target }) {
  const worst = bySeverity(findings)[0]?.severity;
  if (worst === undefined) return null;
  const count = findings.length;
  const Icon = LEVEL_MARKS[worst].icon;
  return (
    <details className="group text-xs" data-testid="target-findings">
      <summary className={classNames('flex h-6 items-center gap-1.5 rounded', COLOURS[worst])}>
        <Icon aria-hidden className="size-3.5 shrink-0" />
        {worst === 'info'
          ? t('{{count}} things to know about this platform', { count })
          : t('{{count}} things this platform may not like', { count })}
        <ChevronDown aria-hidden className="size-3.5 shrink-0 group-open:rotate-180" />
      </summary>
      <FindingList findings={findings} className="mt-1 border-l border-line pl-3" />
    </details>
  );
}

export type FindingListProps = { readonly findings: readonly Finding[]; readonly className?: string };

/** The worst first: what is sent, what is wanted, what comes of it, what to do. */
export function FindingList({ findings, className = '' }: FindingListProps) {
  return (
    <ul className={classNames('flex flex-col gap-2.5 text-xs', className)}>
      {bySeverity(findings).map((finding) => (
        <FindingWords key={finding.rule} finding={finding} />
      ))}
    </ul>
  );
}

function FindingWords({ finding }: { readonly finding: Finding }) {
  const { rule, severity, sent, wanted, consequence, fix, unconfirmed } = finding;
  const Icon = LEVEL_MARKS[severity].icon;
  return (
    <li className="flex gap-1.5" data-testid="finding" data-rule={rule} data-severity={severity}>
      <Icon aria-hidden className={classNames('mt-0.5 size-3.5 shrink-0', COLOURS[severity])} />
      <div className="flex min-w-0 flex-col gap-0.5 wrap-anywhere">
        <p>
          <span className={classNames('font-semibold', COLOURS[severity])}>{levelWord(severity)}:</span>{' '}
          {t('you send {{sent}}, wanted is {{wanted}}.', { sent: tStudio(sent), wanted: tStudio(wanted) })}
        </p>
        <p className="text-soft">{tStudio(consequence)}</p>
        <p>{tStudio(fix)}</p>
        {unconfirmed && (
          <p className="text-faint">
            {t('Not confirmed: this figure could not be checked against the platform.')}
          </p>
        )}
      </div>
    </li>
  );
}
