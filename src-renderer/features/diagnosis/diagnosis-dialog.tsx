/**
 * @module
 */
import { FileText } from 'lucide-react';
import { useState } from 'react';
import type { Refusal } from '../../../src-shared/bridge/contract.ts';
import type { Diagnosis } from '../../../src-shared/model/studio-state.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useCall, useParts, useShown } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { FIRST_FOCUS } from '../../ui/focus-first.ts';
import { FormRefusal } from '../../ui/form-refusal.tsx';

/** Writes a file that may be shown to whoever helps, and tells where it is. */
export function DiagnosisDialog() {
  const { own } = useParts();
  const { diagnosis, refusal, busy, write } = useDiagnosis();
  return (
    <Dialog
      title={t('Save a diagnosis file')}
      description={t(
        'For somebody who helps you: settings, states and the event log in one file. No stream key is in it.',
      )}
      onClose={() => {
        closeDialog(own);
      }}
      testId="diagnosis-dialog"
    >
      <DialogBody>
        <div className="flex flex-col gap-4">
          <div role="status" className="text-sm">
            {diagnosis === null ? (
              <p className="text-soft">{t('The file is written on the computer that Relaydeck runs on.')}</p>
            ) : (
              <Written diagnosis={diagnosis} />
            )}
          </div>
          <FormRefusal refusal={refusal} fields={[]} />
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
        <Button {...FIRST_FOCUS} look="primary" data-testid="diagnosis-write" disabled={busy} onClick={write}>
          <FileText aria-hidden className="size-4" />{' '}
          {diagnosis === null ? t('Save the file') : t('Save another one')}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

function useDiagnosis() {
  const call = useCall();
  const [diagnosis, setDiagnosis] = useState<Diagnosis | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const write = async () => {
    setBusy(true);
    const outcome = await call('diagnosis.write', {});
    setBusy(false);
    if (outcome.ok) setDiagnosis(outcome.value);
    setRefusal(outcome.ok ? null : outcome.refusal);
  };
  return { diagnosis, refusal, busy, write: () => void write() };
}

function Written({ diagnosis: { path, summary } }: { readonly diagnosis: Diagnosis }) {
  const shown = useShown();
  return (
    <div className="flex flex-col gap-3">
      <p className="font-semibold">{t('The file is written.')}</p>
      <div className="flex items-center gap-2 rounded-lg border border-line bg-card px-2.5 py-2">
        <code className="min-w-0 flex-1 text-xs wrap-anywhere" data-testid="diagnosis-path">
          {path}
        </code>
        <CopyButton text={path} label={t('Copy the path')} />
      </div>
      <p className="whitespace-pre-line text-soft" data-testid="diagnosis-summary">
        {shown(tStudio(summary))}
      </p>
    </div>
  );
}
