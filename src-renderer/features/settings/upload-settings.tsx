/**
 * @module
 */
import { useState } from 'react';
import { t } from '../../language/translate.ts';
import { useCall, useParts, useStudio } from '../../state/window-context.tsx';
import { formatMbps } from '../../ui/format.ts';
import { NumberField, typedNumber } from '../../ui/number-field.tsx';
import { RadioField } from '../../ui/radio-field.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { useSave } from '../use-save.ts';
import { SettingsForm, SettingsPart } from './settings-part.tsx';

const FIELD = 'uplinkBudgetKbps';
/** Where the field begins when nothing is given yet, Mbit/s: about what a home line sends. */
const USUAL_MBPS = 10;

/** How much of the line all targets may take together. */
export function UploadSettings() {
  const form = useUploadForm();
  const { values, save, set } = form;
  return (
    <SettingsPart
      title={t('Upload')}
      hint={t(
        'What all targets together may take of your line. When it is short, the last targets of the list give way first.',
      )}
    >
      <SettingsForm
        save={save}
        fields={values.given ? [FIELD] : []}
        saveTestId="upload-save"
        onSubmit={form.submit}
      >
        <RadioField
          legend={t('Budget')}
          showsLegend={false}
          value={values.given ? 'given' : 'automatic'}
          options={[
            [
              'automatic',
              t('Automatic'),
              t('What the line was found to carry, once it could not carry all.'),
            ],
            ['given', t('As given'), t('A number you know from your contract or from a speed test.')],
          ]}
          onValue={(choice) => {
            set({ given: choice === 'given' });
          }}
        />
        {values.given && (
          <NumberField
            label={t('Budget, Mbit/s')}
            hint={t('Leave some of your upload to everything else: about a fifth.')}
            error={refusalAt(save.refusal, FIELD, t('The budget'))}
            unit="Mbit/s"
            min={0.1}
            max={100_000}
            step="any"
            testId="upload-budget"
            value={values.mbps}
            onValue={(mbps) => {
              set({ mbps });
            }}
          />
        )}
        <Measured />
      </SettingsForm>
    </SettingsPart>
  );
}

type UploadValues = { readonly given: boolean; readonly mbps: string };

function useUploadForm() {
  const call = useCall();
  const { studio } = useParts();
  const [values, setValues] = useState(() => startUpload(studio.getState().view.uplink.budgetKbps));
  const save = useSave();
  return {
    values,
    save,
    set: (change: Partial<UploadValues>) => {
      setValues((before) => ({ ...before, ...change }));
      save.forget();
    },
    submit: () => {
      const uplinkBudgetKbps = values.given ? kbpsOf(values.mbps) : null;
      if (Number.isNaN(uplinkBudgetKbps)) {
        const message = t('Give a number, or choose “Automatic”.');
        save.refuse({ code: 'no-number', message, field: FIELD });
        return;
      }
      void save.follow(call('settings.update', { uplinkBudgetKbps }));
    },
  };
}

function startUpload(budgetKbps: number | null): UploadValues {
  return {
    given: budgetKbps !== null,
    mbps: String(budgetKbps === null ? USUAL_MBPS : budgetKbps / 1000),
  };
}

/** Whole 1000 bit/s: 12.3 × 1000 is not a whole number to a computer. */
function kbpsOf(mbps: string): number {
  return Math.round(typedNumber(mbps) * 1000);
}

function Measured() {
  const measuredKbps = useStudio(({ view }) => view.uplink.measuredKbps);
  return (
    <p className="text-sm text-soft">
      {measuredKbps === null
        ? t('Your line has carried everything so far, so its limit is not known.')
        : t('When it could not carry all, your line was found to carry {{rate}}.', {
            rate: formatMbps(measuredKbps),
          })}
    </p>
  );
}
