/**
 * @module
 */
import { useState } from 'react';
import type { Refusal } from '../../../src-shared/bridge/contract.ts';
import { t } from '../../language/translate.ts';
import { useAsked } from '../use-asked.ts';
import { useCall } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { NumberField, typedNumber } from '../../ui/number-field.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';

const FIELD = 'historyDays';

/** How long shows are kept. */
export function KeptDays() {
  const { outcome } = useAsked('settings.get', {});
  if (outcome?.ok !== true) return null;
  return <KeptDaysForm days={outcome.value.historyDays} />;
}

function KeptDaysForm({ days }: { readonly days: number }) {
  const { saved, refusal, save, forget } = useSave();
  const [typed, setTyped] = useState(String(days));
  return (
    <form
      noValidate
      className="flex flex-col gap-2 border-t border-line pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        save(typedNumber(typed));
      }}
    >
      <div className="flex flex-wrap items-end gap-3">
        <NumberField
          label={t('Keep shows for')}
          error={refusalAt(refusal, FIELD, t('The number of days'))}
          unit={t('days')}
          min={0}
          max={3650}
          testId="history-days"
          value={typed}
          onValue={(value) => {
            setTyped(value);
            forget();
          }}
        />
        <Button type="submit" data-testid="history-days-save">
          {t('Save')}
        </Button>
      </div>
      <p className="text-xs text-soft">{t('Older shows are deleted. 0: no show is kept.')}</p>
      <p role="status" className="text-xs text-good empty:hidden">
        {saved && t('Saved.')}
      </p>
      <FormRefusal refusal={refusal} fields={[FIELD]} />
    </form>
  );
}

function useSave() {
  const call = useCall();
  const [saved, setSaved] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const save = async (historyDays: number) => {
    if (Number.isNaN(historyDays)) {
      setRefusal({
        code: 'no-number',
        message: t('Give a number of days, or 0 to keep none.'),
        field: FIELD,
      });
      return;
    }
    const outcome = await call('settings.update', { historyDays });
    setSaved(outcome.ok);
    setRefusal(outcome.ok ? null : outcome.refusal);
  };
  return {
    saved,
    refusal,
    save: (days: number) => void save(days),
    forget: () => {
      setSaved(false);
      setRefusal(null);
    },
  };
}
