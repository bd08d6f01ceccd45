/**
 * @module
 */
import { t } from '../../language/translate.ts';
import { targetCount } from '../../state/show.ts';
import { useStudio } from '../../state/window-context.tsx';

/** How many targets are live of those that should be. */
export function TargetCount() {
  const text = useStudio(({ view: { targets } }) => {
    const { live, wanted } = targetCount(targets);
    if (wanted > 0) return t('{{live}} of {{wanted}} live', { live, wanted });
    return targets.length === 0 ? t('No targets yet') : t('0 of {{all}} started', { all: targets.length });
  });
  return (
    <p className="flex flex-col leading-tight" data-testid="target-count">
      <span className="text-xs text-soft">{t('Targets')}</span>
      <span className="font-semibold whitespace-nowrap">{text}</span>
    </p>
  );
}
