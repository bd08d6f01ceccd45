/**
 * @module
 */
import { useState } from 'react';
import type { Refusal } from '../../../src-shared/bridge/contract.ts';
import type { NoticeSettingsPatch } from '../../../src-shared/model/notice.ts';
import { t } from '../../language/translate.ts';
import { useCall, useNow, useParts, useStudio } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { formatAppointment } from '../../ui/format.ts';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { SettingsPart } from '../settings/settings-part.tsx';
import { BrowserPermission } from './browser-permission.tsx';
import { leastLevels } from './muted-codes.ts';
import { MutedKinds } from './muted-kinds.tsx';
import { MutedTargets } from './muted-targets.tsx';

/** One hour: a pause of a show, or the time to mend something in peace. */
const QUIET_MS = 3_600_000;

/** Carries out a change of the settings at once. */
export type ChangeNotices = (change: NoticeSettingsPatch) => void;

/** What a person is told of, and how. Each change holds at once. */
export function NoticeSettings() {
  const call = useCall();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const change: ChangeNotices = (patch) => {
    void call('notices.update', patch).then((outcome) => {
      setRefusal(outcome.ok ? null : outcome.refusal);
    });
  };
  return (
    <SettingsPart
      title={t('Notifications')}
      hint={t('What you are told of when it happens. The event log has everything all the same.')}
    >
      <Ways change={change} />
      <Quiet change={change} />
      <MutedTargets change={change} />
      <MutedKinds change={change} />
      <FormRefusal refusal={refusal} fields={[]} />
    </SettingsPart>
  );
}

type PartProps = { readonly change: ChangeNotices };

function Ways({ change }: PartProps) {
  const { leastLevel, window: inWindow, desktop, sound } = useStudio(({ view }) => view.notices);
  return (
    <>
      <SelectField
        label={t('Tell me of')}
        error={null}
        value={leastLevel}
        options={leastLevels()}
        testId="notice-level"
        onValue={(level) => {
          change({ leastLevel: level });
        }}
      />
      <CheckField
        label={t('In this window')}
        hint={t('A message at the lower edge.')}
        checked={inWindow}
        testId="notice-window"
        onChecked={(checked) => {
          change({ window: checked });
        }}
      />
      <CheckField
        label={t('As a notification of the system')}
        hint={t(
          'Seen over other programs too: from the desktop program, or from a browser that you allow it.',
        )}
        checked={desktop}
        testId="notice-desktop"
        onChecked={(checked) => {
          change({ desktop: checked });
        }}
      />
      {desktop && <BrowserPermission />}
      <CheckField
        label={t('With a sound')}
        hint={t('Your microphone may pick it up when you use loudspeakers.')}
        checked={sound}
        testId="notice-sound"
        onChecked={(checked) => {
          change({ sound: checked });
        }}
      />
    </>
  );
}

function Quiet({ change }: PartProps) {
  const { own } = useParts();
  const quietUntil = useStudio(({ view }) => view.notices.quietUntil);
  const until = useNow((nowMs) =>
    quietUntil === null || Date.parse(quietUntil) <= nowMs ? null : formatAppointment(quietUntil, nowMs),
  );
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-xl border border-line bg-card px-3 py-2">
      <p className="text-sm" role="status" data-testid="notice-quiet-words">
        {until === null ? t('Notifications are on.') : t('Quiet until {{until}}.', { until })}
      </p>
      {until === null ? (
        <Button
          size="sm"
          data-testid="notice-quiet"
          onClick={() => {
            change({ quietUntil: new Date(own.getState().nowMs + QUIET_MS).toISOString() });
          }}
        >
          {t('Quiet for 1 h')}
        </Button>
      ) : (
        <Button
          size="sm"
          data-testid="notice-loud"
          onClick={() => {
            change({ quietUntil: null });
          }}
        >
          {t('End the quiet time')}
        </Button>
      )}
    </div>
  );
}
