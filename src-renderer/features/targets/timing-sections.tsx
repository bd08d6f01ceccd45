/**
 * @module
 */
import { MAX_DELAY_SECONDS, MAX_START_AFTER_SECONDS } from '../../../src-shared/bridge/contract.ts';
import type { Target } from '../../../src-shared/model/target.ts';
import { t } from '../../language/translate.ts';
import { Button } from '../../ui/button.tsx';
import { Field, INPUT_CLASS } from '../../ui/field.tsx';
import { FormSection } from '../../ui/form-section.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { DELAY_FIELDS, SCHEDULE_FIELDS } from './timing-values.ts';
import type { TargetFormState } from './use-target-form.ts';

export type TargetSectionProps = { readonly target: Target | null; readonly form: TargetFormState };

/** How far this target stays behind the others. */
export function DelaySection({ target, form: { values, refusal, set } }: TargetSectionProps) {
  return (
    <FormSection
      title={t('Delay')}
      hint={t('Keeps this target behind the others, on purpose.')}
      startsOpen={target !== null && target.delaySeconds > 0}
      refusal={refusal}
      fields={DELAY_FIELDS}
      testId="target-delay"
    >
      <NumberField
        label={t('Behind the show by, seconds')}
        hint={t('0: live. A delay of the whole show comes on top.')}
        error={refusalAt(refusal, 'delaySeconds', t('The delay'))}
        unit="s"
        min={0}
        max={MAX_DELAY_SECONDS}
        testId="target-delay-seconds"
        value={values.delaySeconds}
        onValue={(delaySeconds) => {
          set({ delaySeconds });
        }}
      />
    </FormSection>
  );
}

/** The time before which this target does not go live. */
export function ScheduleSection({ target, form }: TargetSectionProps) {
  const { values, refusal, set } = form;
  return (
    <FormSection
      title={t('When it goes live')}
      hint={t('At a time of day, or some time after the show has begun.')}
      startsOpen={target !== null && (target.startAt !== null || target.startAfterSeconds !== null)}
      refusal={refusal}
      fields={SCHEDULE_FIELDS}
      testId="target-schedule"
    >
      <StartAtField form={form} />
      <NumberField
        label={t('After the show has begun, seconds')}
        hint={t('Leaves out the intro, for example. Empty: at once.')}
        error={refusalAt(refusal, 'startAfterSeconds', t('It'))}
        unit="s"
        min={0}
        max={MAX_START_AFTER_SECONDS}
        testId="target-start-after"
        value={values.startAfterSeconds}
        onValue={(startAfterSeconds) => {
          set({ startAfterSeconds });
        }}
      />
    </FormSection>
  );
}

function StartAtField({ form: { values, refusal, set } }: Pick<TargetSectionProps, 'form'>) {
  return (
    <Field
      label={t('Not before')}
      hint={t(
        'In the time of this computer. “Go live” waits until then; this target’s own Start does not. Empty: at once.',
      )}
      error={refusalAt(refusal, 'startAt', t('The time'))}
    >
      {(parts) => (
        <span className="flex items-center gap-1">
          <input
            {...parts}
            type="datetime-local"
            data-testid="target-start-at"
            className={`${INPUT_CLASS} max-w-64`}
            value={values.startAt}
            onChange={({ target }) => {
              set({ startAt: target.value });
            }}
          />
          {values.startAt !== '' && (
            <Button
              size="sm"
              look="ghost"
              aria-label={t('No time: at once')}
              onClick={() => {
                set({ startAt: '' });
              }}
            >
              {t('Clear')}
            </Button>
          )}
        </span>
      )}
    </Field>
  );
}
