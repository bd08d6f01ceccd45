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
        if (file !== undefined && busy === null) state.readFile(file);
      }}
    >
      <div className="flex flex-wrap gap-2">
        <Button {...FIRST_FOCUS} disabled={busy !== null} onClick={() => picker.current?.click()}>
          <FileInput aria-hidden className="size-4" /> {t('Choose a file…')}
        </Button>
        <Button disabled={busy !== null} data-testid="find-in-obs" onClick={state.findInObs}>
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
      <p className="text-xs break-words text-soft">
        {fileName === null
          ? t('Or drop a file here that “Export targets” has saved. OBS is only read, never changed.')
          : t('File: {{name}}', { name: fileName })}
      </p>
    </div>
  );
}

/** Asks for the passphrase while the keys of the file are locked. */
export function ImportPassphrase({ state }: ImportSourceProps) {
  const [passphrase, setPassphrase] = useState('');
  if (state.plan?.keys !== 'locked') return null;
  const label = t('Passphrase of this file');
  return (
    <form
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
      <Button
        type="submit"
        className="self-start"
        data-testid="import-unlock"
        disabled={state.busy !== null || passphrase === ''}
      >
        <KeyRound aria-hidden className="size-4" /> {t('Open the keys')}
      </Button>
    </form>
  );
}

/** What is waited for, in words. */
export function ImportProgress({ busy }: { readonly busy: ImportState['busy'] }) {
  return (
    <p role="status" className="flex min-h-5 items-center gap-2 text-sm text-soft">
      {busy !== null && (
        <>
          <LoaderCircle aria-hidden className="size-4 spin-slow" /> {busyWords(busy)}
        </>
      )}
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
