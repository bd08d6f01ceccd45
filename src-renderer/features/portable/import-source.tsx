/**
 * @module
 */
import { FileInput, KeyRound, LoaderCircle, MonitorPlay } from 'lucide-react';
import { useRef, useState } from 'react';
import { t } from '../../language/translate.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Field } from '../../ui/field.tsx';
import { FIRST_FOCUS } from '../../ui/focus-first.ts';
import { refusalAt } from '../../ui/refusal-at.ts';
import { SecretInput } from '../../ui/secret-input.tsx';
import { useFormFocus } from '../../ui/use-form-focus.ts';
import type { ImportState } from './use-import.ts';

type ImportSourceProps = { readonly state: ImportState };

/** Where targets may come from: a file, chosen or dropped, or OBS. */
export function ImportSource({ state }: ImportSourceProps) {
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const { busy, fileName } = state;
  return (
    <div
      data-testid="import-drop"
      className={classNames(
        'flex flex-col gap-2 rounded-xl border border-dashed p-4',
        over ? 'border-accent bg-raised' : 'border-line',
      )}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file !== undefined) state.readFile(file);
      }}
    >
      <div className="flex flex-wrap gap-2">
        <Button {...FIRST_FOCUS} aria-disabled={busy !== null} onClick={() => picker.current?.click()}>
          <FileInput aria-hidden className="size-4" /> {t('Choose a file…')}
        </Button>
        <Button aria-disabled={busy !== null} data-testid="find-in-obs" onClick={state.findInObs}>
          <MonitorPlay aria-hidden className="size-4" /> {t('Look for OBS profiles')}
        </Button>
      </div>
      <input
        ref={picker}
        type="file"
        hidden
        accept="application/json,.json"
        data-testid="import-file"
        onChange={({ target }) => {
          const file = target.files?.[0];
          // The same file may be chosen again after it was mended.
          target.value = '';
          if (file !== undefined) state.readFile(file);
        }}
      />
      <ImportProgress busy={busy} fileName={fileName} />
    </div>
  );
}

/** Asks for the passphrase while the keys of the file are locked. */
export function ImportPassphrase({ state }: ImportSourceProps) {
  const [passphrase, setPassphrase] = useState('');
  const place = useRef<HTMLFormElement>(null);
  useFormFocus(place, state.refusal);
  if (state.plan?.keys !== 'locked') return null;
  const label = t('Passphrase of this file');
  return (
    <form
      ref={place}
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        state.unlock(passphrase);
      }}
    >
      <Field
        label={label}
        error={refusalAt(state.refusal, 'passphrase', label)}
        hint={t('Its stream keys are locked. Without the passphrase the targets come without their keys.')}
      >
        {(parts) => (
          <SecretInput
            parts={parts}
            testId="import-passphrase"
            what={t('passphrase')}
            value={passphrase}
            onValue={setPassphrase}
          />
        )}
      </Field>
      <Button type="submit" className="self-start" data-testid="import-unlock" disabled={passphrase === ''}>
        <KeyRound aria-hidden className="size-4" /> {t('Open the keys')}
      </Button>
    </form>
  );
}

type ImportProgressProps = Pick<ImportState, 'busy' | 'fileName'>;

/** What is waited for, in words; else what there is to choose, or what was chosen. */
function ImportProgress({ busy, fileName }: ImportProgressProps) {
  const idle =
    fileName === null
      ? t('Or drop a file here that “Export targets” has saved. OBS is only read, never changed.')
      : t('File: {{name}}', { name: fileName });
  return (
    <p role="status" className="flex items-center gap-2 text-xs text-soft">
      {busy !== null && <LoaderCircle aria-hidden className="size-3.5 shrink-0 spin-slow" />}
      <span className="min-w-0 break-words">{busy === null ? idle : busyWords(busy)}</span>
    </p>
  );
}

function busyWords(busy: NonNullable<ImportState['busy']>): string {
  const words = {
    reading: t('Reading the file…'),
    opening: t('Opening the keys…'),
    searching: t('Looking for OBS profiles on the computer that Relaydeck runs on…'),
    importing: t('Importing…'),
  };
  return words[busy];
}
