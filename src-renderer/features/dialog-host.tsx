/**
 * @module
 */
import { useOwn } from '../state/window-context.tsx';
import { DiagnosisDialog } from './diagnosis/diagnosis-dialog.tsx';
import { IngestDialog } from './ingests/ingest-dialog.tsx';
import { QrDialog } from './ingests/qr-dialog.tsx';
import { WatchDialog } from './ingests/watch-dialog.tsx';
import { NoticesDialog } from './notices/notices-dialog.tsx';
import { ExportDialog } from './portable/export-dialog.tsx';
import { ImportDialog } from './portable/import-dialog.tsx';
import { RehearsalDialog } from './rehearsal/rehearsal-dialog.tsx';
import { FfmpegDialog } from './settings/ffmpeg-dialog.tsx';
import { UploadDialog } from './settings/upload-dialog.tsx';
import { ShowsDialog } from './shows/shows-dialog.tsx';
import { WebhooksDialog } from './webhooks/webhooks-dialog.tsx';
import { QuestionDialog } from './question-dialog.tsx';
import { TargetDialog } from './targets/target-dialog.tsx';

/** The one dialog that is open, if any. */
export function DialogHost() {
  const dialog = useOwn((own) => own.dialog);
  switch (dialog?.type) {
    case 'target':
      return <TargetDialog id={dialog.id} />;
    case 'ingest':
      return <IngestDialog id={dialog.id} />;
    case 'qr':
      return <QrDialog ingestId={dialog.ingestId} />;
    case 'watch':
      return <WatchDialog ingestId={dialog.ingestId} />;
    case 'upload-budget':
      return <UploadDialog />;
    case 'rehearsal':
      return <RehearsalDialog />;
    case 'ffmpeg':
      return <FfmpegDialog />;
    case 'shows':
      return <ShowsDialog />;
    case 'notices':
      return <NoticesDialog />;
    case 'webhooks':
      return <WebhooksDialog />;
    case 'diagnosis':
      return <DiagnosisDialog />;
    case 'export':
      return <ExportDialog />;
    case 'import':
      return <ImportDialog />;
    case 'question':
      return <QuestionDialog question={dialog.question} />;
    case undefined:
      return null;
  }
}
