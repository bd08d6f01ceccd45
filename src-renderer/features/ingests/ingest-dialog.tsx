/**
 * @module
 */
import { useRef, useState } from 'react';
import { MAX_NAME_CHARS } from '../../../src-shared/bridge/contract.ts';
import { t } from '../../language/translate.ts';
import { useParts } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { Field, INPUT_CLASS } from '../../ui/field.tsx';
import { FIRST_FOCUS } from '../../ui/focus-first.ts';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { useFormFocus } from '../../ui/use-form-focus.ts';
import { SecretInput } from '../../ui/secret-input.tsx';
import { BackupSection } from './ingest-backup-section.tsx';
import { HoldSection, type IngestSectionProps } from './ingest-hold-section.tsx';
import { BACKUP_FIELDS, HOLD_FIELDS } from './ingest-values.ts';
import { useIngestForm } from './use-ingest-form.ts';

const FIELDS = ['name', 'streamKey', ...HOLD_FIELDS, ...BACKUP_FIELDS];

/** Adds an ingest (`id` null) or changes one. */
export function IngestDialog({ id }: { readonly id: string | null }) {
  const { own, studio } = useParts();
  // Read once: what is being typed must not be overwritten by updates.
  const [ingest] = useState(() => studio.getState().view.ingests.find((one) => one.id === id) ?? null);
  const form = useIngestForm(ingest, ({ id: savedId }) => {
    own.setState({ dialog: null, selectedIngestId: savedId });
  });
  const place = useRef<HTMLFormElement>(null);
  useFormFocus(place, form.refusal);
  const close = () => {
    closeDialog(own);
  };
  return (
    <Dialog
      title={ingest === null ? t('Add an ingest') : t('Edit {{name}}', { name: ingest.name })}
      description={t('A slot for one encoder, with a stream key of its own.')}
      onClose={close}
      testId="ingest-form"
    >
      <form
        ref={place}
        onSubmit={(event) => {
          event.preventDefault();
          form.submit();
        }}
        className="flex min-h-0 flex-col"
        noValidate
      >
        <DialogBody>
          <div className="flex flex-col gap-4">
            <NameField form={form} />
            <KeyField form={form} isNew={ingest === null} />
            <HoldSection form={form} />
            <BackupSection ingest={ingest} form={form} />
            <FormRefusal refusal={form.refusal} fields={FIELDS} />
          </div>
        </DialogBody>
        <DialogFoot>
          <Button onClick={close}>{t('Cancel')}</Button>
          <Button look="primary" type="submit" disabled={form.save.busy} data-testid="ingest-save">
            {ingest === null ? t('Add ingest') : t('Save')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

function NameField({ form: { values, refusal, set } }: IngestSectionProps) {
  return (
    <Field label={t('Name')} error={refusalAt(refusal, 'name', t('Name'))}>
      {(parts) => (
        <input
          {...parts}
          {...FIRST_FOCUS}
          className={INPUT_CLASS}
          value={values.name}
          maxLength={MAX_NAME_CHARS}
          onChange={({ target }) => {
            set({ name: target.value });
          }}
        />
      )}
    </Field>
  );
}

type KeyFieldProps = IngestSectionProps & { readonly isNew: boolean };

function KeyField({ form: { values, refusal, set }, isNew }: KeyFieldProps) {
  return (
    <Field
      label={t('Stream key')}
      hint={
        isNew
          ? t('Leave it empty and a strong key is made for you.')
          : t('Changing it locks out encoders that use the old one.')
      }
      error={refusalAt(refusal, 'streamKey', t('Stream key'))}
    >
      {(parts) => (
        <SecretInput
          parts={parts}
          value={values.streamKey}
          onValue={(streamKey) => {
            set({ streamKey });
          }}
        />
      )}
    </Field>
  );
}
