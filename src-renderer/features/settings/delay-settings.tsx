/**
 * @module
 */
import { Timer } from 'lucide-react';
import { MAX_DELAY_SECONDS } from '../../../src-shared/bridge/contract.ts';
import { t } from '../../language/translate.ts';
import { useCall, useStudio } from '../../state/window-context.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { NumberSetting } from './number-setting.tsx';
import { SettingsPart } from './settings-part.tsx';

/** How far each target stays behind the show. */
export function DelaySettings() {
  const call = useCall();
  const targets = useStudio(({ view }) => view.targets);
  return (
    <SettingsPart
      title={t('Delay')}
      hint={t(
        'Seconds that a target stays behind the show, on purpose; 0 is live. A delay of the whole show is armed at its ingest.',
      )}
    >
      {targets.length === 0 && (
        <EmptyState icon={Timer} title={t('There is no target yet')}>
          {t('Each target that you add has its delay here.')}
        </EmptyState>
      )}
      {targets.map(({ id, name, delaySeconds }) => (
        <NumberSetting
          key={id}
          label={name}
          unit="s"
          min={0}
          max={MAX_DELAY_SECONDS}
          start={delaySeconds}
          field="delaySeconds"
          subject={t('The delay')}
          testId="settings-delay-seconds"
          send={(seconds) => call('target.update', { id, delaySeconds: seconds })}
        />
      ))}
    </SettingsPart>
  );
}
