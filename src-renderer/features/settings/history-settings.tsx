/**
 * @module
 */
import { t } from '../../language/translate.ts';
import { useCall } from '../../state/window-context.tsx';
import { FfmpegSettings } from './ffmpeg-settings.tsx';
import { NumberSetting } from './number-setting.tsx';
import { SettingsPart } from './settings-part.tsx';
import type { KeptSettingsProps } from './use-settings.ts';

/** Longest that shows are kept, days; the contract's. */
const MAX_DAYS = 3650;

/** How long shows are kept, and which FFmpeg is used. */
export function HistorySettings({ settings, onSettings }: KeptSettingsProps) {
  const call = useCall();
  return (
    <>
      <SettingsPart title={t('History')} hint={t('Shows of the past, with their reports.')}>
        <NumberSetting
          label={t('Keep shows for')}
          hint={t('Older shows are deleted. 0: no show is kept.')}
          unit={t('days')}
          min={0}
          max={MAX_DAYS}
          start={settings.historyDays}
          field="historyDays"
          subject={t('The number of days')}
          testId="history-days"
          send={async (historyDays) => {
            const outcome = await call('settings.update', { historyDays });
            if (outcome.ok) onSettings(outcome.value);
            return outcome;
          }}
        />
      </SettingsPart>
      <hr className="my-6 border-line" />
      <FfmpegSettings settings={settings} onSettings={onSettings} />
    </>
  );
}
