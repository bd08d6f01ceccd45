/**
 * @module
 */
import { useState } from 'react';
import { t } from '../../language/translate.ts';
import type { Outcome } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { NumberField, typedNumber, type NumberFieldProps } from '../../ui/number-field.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { useSave } from '../use-save.ts';

export type NumberSettingProps = Omit<NumberFieldProps, 'value' | 'onValue' | 'error' | 'testId'> & {
  readonly start: number;
  /** As the contract names it. */
  readonly field: string;
  /** Stands in place of the field's name in what is said against it. */
  readonly subject: string;
  readonly send: (value: number) => Promise<Outcome<unknown>>;
  readonly testId: string;
};

/** One number with a "Save" of its own. */
export function NumberSetting(props: NumberSettingProps) {
  const { start, field, subject, send, testId, ...rest } = props;
  const [typed, setTyped] = useState(String(start));
  const save = useSave();
  const submit = () => {
    const value = typedNumber(typed);
    if (Number.isNaN(value)) save.refuse({ code: 'no-number', message: t('Give a number.'), field });
    else void save.follow(send(value));
  };
  return (
    <form
      noValidate
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <NumberField
        {...rest}
        error={refusalAt(save.refusal, field, subject)}
        testId={testId}
        value={typed}
        onValue={(value) => {
          setTyped(value);
          save.forget();
        }}
        after={
          <>
            <Button type="submit" size="sm" disabled={save.busy} data-testid={`${testId}-save`}>
              {t('Save')}
            </Button>
            <span role="status" className="text-sm text-good">
              {save.saved && t('Saved.')}
            </span>
          </>
        }
      />
      <FormRefusal refusal={save.refusal} fields={[field]} />
    </form>
  );
}
