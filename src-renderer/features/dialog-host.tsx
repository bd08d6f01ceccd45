/**
 * @module
 */
import { useOwn } from '../state/window-context.tsx';
import type { OpenDialog } from '../state/window-store.ts';
import { DiagnosisDialog } from './diagnosis/diagnosis-dialog.tsx';
import { IngestDialog } from './ingests/ingest-dialog.tsx';
import { QrDialog } from './ingests/qr-dialog.tsx';
import { WatchDialog } from './ingests/watch-dialog.tsx';
import { KeysDialog } from './keyboard/keys-dialog.tsx';
import { DockDialog } from './dock/dock-dialog.tsx';
import { ExportDialog } from './portable/export-dialog.tsx';
import { ImportDialog } from './portable/import-dialog.tsx';
import { RehearsalDialog } from './rehearsal/rehearsal-dialog.tsx';
import { SettingsDialog } from './settings/settings-dialog.tsx';
import { ShowsDialog } from './shows/shows-dialog.tsx';
import { WebhooksDialog } from './webhooks/webhooks-dialog.tsx';
import { QuestionDialog } from './question-dialog.tsx';
import { SentDialog } from './targets/sent-dialog.tsx';
import { TargetDialog } from './targets/target-dialog.tsx';

/** The one dialog that is open, if any, and over it what it asks. */
export function DialogHost() {
  const dialog = useOwn((own) => own.dialog);
  const isQuestion = dialog?.type === 'question';
  return (
    <>
      <PlainDialog dialog={isQuestion ? dialog.over : dialog} />
      {isQuestion && <QuestionDialog question={dialog.question} />}
    </>
  );
}

type PlainDialogProps = { readonly dialog: Exclude<OpenDialog, { readonly type: 'question' }> | null };

function PlainDialog({ dialog }: PlainDialogProps) {
  switch (dialog?.type) {
    case 'target':
      return <TargetDialog id={dialog.id} />;
    case 'ingest':
      return <IngestDialog id={dialog.id} />;
    case 'qr':
      return <QrDialog ingestId={dialog.ingestId} />;
    case 'watch':
      return <WatchDialog ingestId={dialog.ingestId} />;
    case 'settings':
      return <SettingsDialog section={dialog.section} />;
    case 'sent':
      return <SentDialog targetId={dialog.targetId} />;
    case 'rehearsal':
      return <RehearsalDialog />;
    case 'shows':
      return <ShowsDialog />;
    case 'webhooks':
      return <WebhooksDialog />;
    case 'diagnosis':
      return <DiagnosisDialog />;
    case 'export':
      return <ExportDialog />;
    case 'import':
      return <ImportDialog />;
    case 'dock':
      return <DockDialog />;
    case 'keys':
      return <KeysDialog />;
    case undefined:
      return null;
  }
}
