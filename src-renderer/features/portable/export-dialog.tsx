/**
 * @module
 */
import { CircleCheck, Download } from 'lucide-react';
import { useRef, useState, type SyntheticEvent } from 'react';
import type { CommandAnswer, Refusal } from '../../../src-shared/bridge/contract.ts';
import { MIN_PASSPHRASE_CHARS } from '../../../src-shared/model/target-import.ts';
import { t } from '../../language/translate.ts';
import { useCall, useParts } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { Notice } from '../../ui/notice.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { SecretInput } from '../../ui/secret-input.tsx';
import { useFormFocus } from '../../ui/use-form-focus.ts';
import { saveText } from './save-text.ts';

/** Saves the targets as a file; their keys only under a passphrase. */
export function ExportDialog() {
  const { own } = useParts();
  const form = useExport();
  const place = useRef<HTMLFormElement>(null);
  useFormFocus(place, form.refusal);
  return (
    <Dialog
      title={t('Export targets')}
      description={t('A file with all targets: for another computer, or to be safe.')}
      onClose={() => {
        closeDialog(own);
      }}
      testId="export-dialog"
    >
      <form ref={place} className="flex min-h-0 flex-col" onSubmit={form.submit} noValidate>
        <DialogBody>
          <div className="flex flex-col gap-4">
            <CheckField
              label={t('Put the stream keys in, locked with a passphrase')}
              hint={t('Passwords and proxies with a password go with them.')}
              checked={form.withKeys}
              testId="export-with-keys"
              onChecked={form.setWithKeys}
            />
            {form.withKeys ? (
              <PassphraseFields form={form} />
            ) : (
              <Notice tone="info">
                {t(
                  'The file will hold no keys: paste each key again after the import. Nobody can stream with it.',
                )}
              </Notice>
            )}
            <FormRefusal refusal={form.refusal} fields={['passphrase', 'repeat']} />
            <div role="status" className="text-sm empty:hidden">
              {form.saved !== null && <Saved file={form.saved} />}
            </div>
          </div>
        </DialogBody>
        <DialogFoot>
          <Button
            onClick={() => {
              closeDialog(own);
            }}
          >
            {t('Close')}
          </Button>
          <Button look="primary" type="submit" data-testid="export-save" disabled={form.busy}>
            <Download aria-hidden className="size-4" />{' '}
            {form.busy && form.withKeys ? t('Locking the keys…') : t('Save the file')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

function PassphraseFields({ form }: { readonly form: ExportForm }) {
  const passphrase = t('Passphrase');
  const repeat = t('Passphrase again');
  return (
    <>
      <Field
        label={passphrase}
        error={refusalAt(form.refusal, 'passphrase', passphrase)}
        hint={t('At least {{chars}} characters; a few words are easier to remember.', {
          chars: MIN_PASSPHRASE_CHARS,
        })}
      >
        {(parts) => (
          <SecretInput
            parts={parts}
            testId="export-passphrase"
            what={t('passphrase')}
            value={form.passphrase}
            onValue={form.setPassphrase}
          />
        )}
      </Field>
      <Field label={repeat} error={refusalAt(form.refusal, 'repeat', repeat)}>
        {(parts) => (
          <SecretInput
            parts={parts}
            testId="export-repeat"
            what={t('passphrase')}
            value={form.repeat}
            onValue={form.setRepeat}
          />
        )}
      </Field>
      <Notice tone="warning">
        {t(
          'Nobody can bring a forgotten passphrase back: the keys in this file are lost then. The targets without their keys can still be imported.',
        )}
      </Notice>
    </>
  );
}

function Saved({ file }: { readonly file: CommandAnswer<'targets.export'> }) {
  const name = file.fileName;
  return (
    <p className="flex gap-2" data-testid="export-saved">
      <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
      <span className="min-w-0 break-words">
        {file.withKeys
          ? t('Saved as {{name}}, with the keys locked in it.', { name })
          : t('Saved as {{name}}, without keys.', { name })}
      </span>
    </p>
  );
}

type ExportForm = ReturnType<typeof useExport>;

function useExport() {
  const call = useCall();
  const [withKeys, setWithKeys] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const [repeat, setRepeat] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [saved, setSaved] = useState<CommandAnswer<'targets.export'> | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setSaved(null);
    if (withKeys && passphrase !== repeat) {
      const message = t('The two passphrases are not the same. Type them again.');
      setRefusal({ code: 'not-the-same', message, field: 'repeat' });
      return;
    }
    setBusy(true);
    const outcome = await call('targets.export', withKeys ? { passphrase } : {});
    setBusy(false);
    setRefusal(outcome.ok ? null : outcome.refusal);
    if (!outcome.ok) return;
    saveText(outcome.value.fileName, outcome.value.text);
    setSaved(outcome.value);
  };
  return {
    ...{ withKeys, passphrase, repeat, refusal, saved, busy },
    ...{ setWithKeys, setPassphrase, setRepeat },
    submit: (event: SyntheticEvent) => {
      event.preventDefault();
      void save();
    },
  };
}
