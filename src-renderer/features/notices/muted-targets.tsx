/**
 * @module
 */
import { t } from '../../language/translate.ts';
import { useStudio } from '../../state/window-context.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { targetsMuted } from './muted-codes.ts';
import type { ChangeNotices } from './notice-settings.tsx';

/** Targets one by one: of a muted one nothing is told, whatever happens to it. */
export function MutedTargets({ change }: { readonly change: ChangeNotices }) {
  const targets = useStudio(({ view }) => view.targets);
  const muted = useStudio(({ view }) => view.notices.mutedTargets);
  if (targets.length === 0) return null;
  return (
    <section aria-labelledby="muted-targets-title" className="flex flex-col gap-2">
      <h4 id="muted-targets-title" className="text-sm font-medium">
        {t('Tell me of these targets')}
      </h4>
      {targets.map(({ id, name }) => {
        const isMuted = muted.includes(id);
        return (
          <CheckField
            key={id}
            label={name}
            hint={isMuted ? t('Muted: in the event log only.') : t('Told as chosen above.')}
            checked={!isMuted}
            testId="notice-target"
            onChecked={(told) => {
              change({ mutedTargets: targetsMuted(targets, muted, { id, muted: !told }) });
            }}
          />
        );
      })}
    </section>
  );
}
