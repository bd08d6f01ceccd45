/**
 * @module
 */
import { useRef, useState, type SyntheticEvent } from 'react';
import type { Refusal } from '../../../src-shared/bridge/contract.ts';
import { t } from '../../language/translate.ts';
import { useCall, useParts, useStudio } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { formatMbps } from '../../ui/format.ts';
import { FIRST_FOCUS } from '../../ui/focus-first.ts';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { NumberField, typedNumber } from '../../ui/number-field.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { useFormFocus } from '../../ui/use-form-focus.ts';

const FIELD = 'uplinkBudgetKbps';
/** Where the field begins when nothing is given yet, Mbit/s: about what a home line sends. */
const USUAL_MBPS = 10;

/** How much of the line all targets may take together. */
export function UploadDialog() {
  const { own, studio } = useParts();
  const form = useUploadForm(studio.getState().view.uplink.budgetKbps);
  const place = useRef<HTMLFormElement>(null);
  useFormFocus(place, form.refusal);
  const close = () => {
    closeDialog(own);
  };
  return (
    <Dialog
      title={t('Upload budget')}
      description={t(
        'What all targets together may take of your line. When it is short, the last targets of the list give way first.',
      )}
      onClose={close}
      testId="upload-dialog"
    >
      <form ref={place} onSubmit={form.submit} noValidate className="flex min-h-0 flex-col">
        <DialogBody>
          <div className="flex flex-col gap-4">
            <Choice form={form} />
            {form.values.given && (
              <NumberField
                label={t('Budget, Mbit/s')}
                hint={t('Leave some of your upload to everything else: about a fifth.')}
                error={refusalAt(form.refusal, FIELD, t('The budget'))}
                unit="Mbit/s"
                min={0.1}
                max={100_000}
                step="any"
                testId="upload-budget"
                value={form.values.mbps}
                onValue={(mbps) => {
                  form.set({ mbps });
                }}
              />
            )}
            <Measured />
            <FormRefusal refusal={form.refusal} fields={form.values.given ? [FIELD] : []} />
          </div>
        </DialogBody>
        <DialogFoot>
          <Button onClick={close}>{t('Cancel')}</Button>
          <Button look="primary" type="submit" disabled={form.busy} data-testid="upload-save">
            {t('Save')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

type UploadValues = { readonly given: boolean; readonly mbps: string };

function useUploadForm(budgetKbps: number | null) {
  const call = useCall();
  const { own } = useParts();
  const [values, setValues] = useState<UploadValues>({
    given: budgetKbps !== null,
    mbps: String(budgetKbps === null ? USUAL_MBPS : budgetKbps / 1000),
  });
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const uplinkBudgetKbps = values.given ? kbpsOf(values.mbps) : null;
    if (Number.isNaN(uplinkBudgetKbps)) {
      setBusy(false);
      setRefusal({ code: 'no-number', message: t('Give a number, or choose “Automatic”.'), field: FIELD });
      return;
    }
    const outcome = await call('settings.update', { uplinkBudgetKbps });
    setBusy(false);
    if (outcome.ok) closeDialog(own);
    else setRefusal(outcome.refusal);
  };
  return {
    values,
    refusal,
    busy,
    set: (change: Partial<UploadValues>) => {
      setValues((before) => ({ ...before, ...change }));
      setRefusal(null);
    },
    submit: (event: SyntheticEvent) => {
      event.preventDefault();
      void save();
    },
  };
}

/** Whole 1000 bit/s: 12.3 × 1000 is not a whole number to a computer. */
function kbpsOf(mbps: string): number {
  return Math.round(typedNumber(mbps) * 1000);
}

function Choice({ form: { values, set } }: { readonly form: ReturnType<typeof useUploadForm> }) {
  const option = (given: boolean, words: string, hint: string) => (
    <label className="flex items-start gap-2.5 text-sm">
      <input
        type="radio"
        name="upload"
        className="mt-0.5 size-4.5 shrink-0 accent-accent-fill"
        checked={values.given === given}
        {...(values.given === given ? FIRST_FOCUS : {})}
        onChange={() => {
          set({ given });
        }}
      />
      <span>
        {words}
        <span className="block text-xs text-soft">{hint}</span>
      </span>
    </label>
  );
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">{t('Budget')}</legend>
      {option(false, t('Automatic'), t('What the line was found to carry, once it could not carry all.'))}
      {option(true, t('As given'), t('A number you know from your contract or from a speed test.'))}
    </fieldset>
  );
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
