/**
 * @module
 */
import { CircleCheck, CircleDashed, Dot, TriangleAlert } from 'lucide-react';
import type { PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import type { Target } from '../../../src-shared/model/target.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useStudio } from '../../state/window-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { rulesOf, type LimitRow } from './compare-limits.ts';
import { findingsFor } from './finding-order.ts';
import { FindingList } from './target-findings.tsx';

const VERDICTS = {
  ok: { icon: CircleCheck, className: 'text-good' },
  over: { icon: TriangleAlert, className: 'text-strained' },
  unknown: { icon: CircleDashed, className: 'text-faint' },
} as const;

const NO_VERDICT = { icon: Dot, className: 'text-faint' } as const;

export type PlatformRulesProps = {
  readonly preset: PlatformPreset;
  /** Null: a new one, which the studio has found nothing on yet. */
  readonly target: Target | null;
  readonly ingestId: string;
};

/** What the platform accepts, beside what the encoder sends now. */
export function PlatformRules({ preset, target, ingestId }: PlatformRulesProps) {
  const health = useStudio(({ view }) => view.ingests.find(({ id }) => id === ingestId)?.health ?? null);
  const now = useStudio(({ view }) => view.targets.find(({ id }) => id === target?.id) ?? null);
  const findings = findingsFor(now, ingestId);
  const { rows, resolutions } = rulesOf(preset, health);
  const hasRules = rows.length + resolutions.length > 0;
  if (!hasRules && findings.length === 0 && preset.notes === '') return null;
  return (
    <aside
      aria-labelledby="rules-title"
      className="flex flex-col gap-3 self-start rounded-xl border border-line bg-card p-3.5"
    >
      <h3 id="rules-title" className="text-sm font-semibold">
        {hasRules || findings.length > 0
          ? t('What {{name}} accepts', { name: tStudio(preset.name) })
          : t('No limits are known')}
      </h3>
      {findings.length > 0 && <FindingList findings={findings} />}
      {rows.length > 0 && (
        <ul className="flex flex-col gap-2">
          {rows.map((row) => (
            <RuleRow key={row.name} row={row} judged={findings.length > 0} />
          ))}
        </ul>
      )}
      {resolutions.length > 0 && (
        <p className="text-xs text-soft">
          {t('Picture sizes: {{sizes}}', { sizes: resolutions.join(', ') })}
        </p>
      )}
      {hasRules && preset.limits.unconfirmed && (
        <p className="text-xs text-soft">{t('These limits could not be checked against the platform.')}</p>
      )}
      {rows.length > 0 && health === null && (
        <p className="text-xs text-soft">{t('Start the encoder to see how its stream fits.')}</p>
      )}
      {preset.notes !== '' && (
        <details className="text-xs text-soft">
          <summary className="rounded py-1 font-medium">
            {t('More about {{name}}', { name: tStudio(preset.name) })}
          </summary>
          <p className="pt-1 wrap-anywhere">{tStudio(preset.notes)}</p>
        </details>
      )}
    </aside>
  );
}

type RuleRowProps = {
  readonly row: LimitRow;
  /** The studio has judged already: two verdicts on one stream could contradict each other. */
  readonly judged: boolean;
};

function RuleRow({ row: { name, wanted, sent, verdict }, judged }: RuleRowProps) {
  const { icon: Icon, className } = judged ? NO_VERDICT : VERDICTS[verdict];
  const word =
    verdict === 'ok' && !judged
      ? t('fits')
      : verdict === 'over' && !judged
        ? t('does not fit')
        : t('not measured yet');
  return (
    <li className="flex gap-2 text-xs">
      <Icon aria-hidden className={classNames('mt-0.5 size-3.5 shrink-0', className)} />
      <span>
        <span className="font-medium">{name}:</span> {wanted}
        <span className={classNames('block', className)}>
          {sent === null
            ? word
            : judged
              ? t('you send {{sent}}', { sent })
              : t('you send {{sent}} – {{word}}', { sent, word })}
        </span>
      </span>
    </li>
  );
}
