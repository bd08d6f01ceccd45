/**
 * @module
 */
import { useRef, useState, type ComponentProps, type SyntheticEvent } from 'react';
import type { Refusal } from '../../../src-shared/bridge/contract.ts';
import type { Webhook } from '../../../src-shared/model/notice.ts';
import { t } from '../../language/translate.ts';
import { useCall } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { AddressInput } from '../../ui/address-input.tsx';
import { Field, INPUT_CLASS } from '../../ui/field.tsx';
import { FIRST_FOCUS } from '../../ui/focus-first.ts';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { SecretInput } from '../../ui/secret-input.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { useFormFocus } from '../../ui/use-form-focus.ts';
import { leastLevels } from '../notices/muted-codes.ts';
import { createArgs, startWebhook, updateArgs, type WebhookValues } from './webhook-values.ts';

export type WebhookFormProps = {
  /** Null: a new one. */
  readonly webhook: Webhook | null;
  /** Saved, or thought better of. */
  readonly onDone: () => void;
};

const FIELDS = ['name', 'url', 'leastLevel', 'codes', 'secret'];

/** Where a webhook goes and what it is told of. */
export function WebhookForm({ webhook, onDone }: WebhookFormProps) {
  const form = useWebhookForm(webhook, onDone);
  const place = useRef<HTMLFormElement>(null);
  useFormFocus(place, form.refusal);
  return (
    <form ref={place} onSubmit={form.submit} noValidate className="flex min-h-0 flex-col">
      <DialogBody>
        <div className="flex flex-col gap-4">
          <TextField form={form} field="name" label={t('Name')} focus />
          <TextField
            form={form}
            field="url"
            label={t('Address')}
            hint={t(
              'Begins with https:// or http://. Programs on this computer or in your network are fine.',
            )}
          />
          <SelectField
            label={t('Tell it of')}
            error={refusalAt(form.refusal, 'leastLevel', t('The level'))}
            value={form.values.leastLevel}
            options={leastLevels()}
            testId="webhook-level"
            onValue={(leastLevel) => {
              form.set({ leastLevel });
            }}
          />
          <TextField
            form={form}
            field="codes"
            label={t('Only these codes')}
            hint={t('Such as encoder-left, target-lost. Empty: all.')}
          />
          <SecretPart form={form} webhook={webhook} />
          <CheckField
            label={t('In use')}
            hint={t('Off: nothing is sent, but it stays in the list.')}
            checked={form.values.enabled}
            onChecked={(enabled) => {
              form.set({ enabled });
            }}
          />
          <FormRefusal refusal={form.refusal} fields={FIELDS} />
        </div>
      </DialogBody>
      <DialogFoot>
        <Button onClick={onDone}>{t('Cancel')}</Button>
        <Button look="primary" type="submit" disabled={form.busy} data-testid="webhook-save">
          {t('Save')}
        </Button>
      </DialogFoot>
    </form>
  );
}

type Form = ReturnType<typeof useWebhookForm>;

function useWebhookForm(webhook: Webhook | null, onDone: () => void) {
  const call = useCall();
  const [values, setValues] = useState(() => startWebhook(webhook));
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const outcome =
      webhook === null
        ? await call('webhook.create', createArgs(values))
        : await call('webhook.update', { ...updateArgs(webhook, values), id: webhook.id });
    setBusy(false);
    if (outcome.ok) onDone();
    else setRefusal(outcome.refusal);
  };
  return {
    values,
    refusal,
    busy,
    set: (change: Partial<WebhookValues>) => {
      setValues((before) => ({ ...before, ...change }));
      setRefusal(null);
    },
    submit: (event: SyntheticEvent) => {
      event.preventDefault();
      void save();
    },
  };
}

type TextFieldProps = {
  readonly form: Form;
  readonly field: 'name' | 'url' | 'codes';
  readonly label: string;
  readonly hint?: string;
  readonly focus?: boolean;
};

function TextField({ form, field, label, hint, focus = false }: TextFieldProps) {
  const Input = field === 'url' ? AddressInput : PlainInput;
  return (
    <Field label={label} hint={hint} error={refusalAt(form.refusal, field, label)}>
      {(parts) => (
        <Input
          {...parts}
          {...(focus ? FIRST_FOCUS : {})}
          data-testid={`webhook-${field}`}
          value={form.values[field]}
          onChange={({ target }) => {
            form.set({ [field]: target.value });
          }}
        />
      )}
    </Field>
  );
}

function PlainInput(props: ComponentProps<'input'>) {
  return <input {...props} spellCheck={false} autoComplete="off" className={INPUT_CLASS} />;
}

function SecretPart({ form, webhook }: { readonly form: Form; readonly webhook: Webhook | null }) {
  const has = webhook?.hasSecret === true;
  return (
    <>
      <Field
        label={t('Secret for the signature')}
        hint={t(
          'Your program can check with it that an event is from Relaydeck. Empty: requests are not signed.',
        )}
        error={refusalAt(form.refusal, 'secret', t('The secret'))}
      >
        {(parts) => (
          <SecretInput
            parts={parts}
            what={t('secret')}
            testId="webhook-secret"
            placeholder={has ? t('The one that is set stays') : t('Not set')}
            value={form.values.secret}
            onValue={(secret) => {
              form.set({ secret, forgetSecret: false });
            }}
          />
        )}
      </Field>
      {has && (
        <CheckField
          label={t('Remove the secret')}
          hint={t('Requests are not signed any more.')}
          checked={form.values.forgetSecret}
          onChecked={(forgetSecret) => {
            form.set({ forgetSecret, ...(forgetSecret ? { secret: '' } : {}) });
          }}
        />
      )}
    </>
  );
}
