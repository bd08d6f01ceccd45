/**
 * @module
 */
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ShowReport } from '../../../src-shared/model/show-report.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useAsked } from '../use-asked.ts';
import { Button } from '../../ui/button.tsx';
import { DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ReportLinks } from './report-links-row.tsx';
import { EncoderPart, TargetPart } from './report-parts.tsx';

export type ShowReportViewProps = { readonly showId: string; readonly onBack: () => void };

/** The report of one show. */
export function ShowReportView({ showId, onBack }: ShowReportViewProps) {
  const { outcome } = useAsked('history.report', { id: showId });
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The row that was pressed is gone, and the focus with it.
    back.current?.focus();
  }, []);
  return (
    <>
      <DialogBody>
        {outcome === null && (
          <p role="status" className="text-sm text-soft">
            {t('Putting the report together…')}
          </p>
        )}
        {outcome?.ok === false && <Notice tone="error">{tStudio(outcome.refusal.message)}</Notice>}
        {outcome?.ok === true && <Report report={outcome.value} />}
      </DialogBody>
      <DialogFoot>
        <Button ref={back} className="mr-auto" data-testid="shows-back" onClick={onBack}>
          <ArrowLeft aria-hidden className="size-4" /> {t('All shows')}
        </Button>
        <ReportLinks showId={showId} />
      </DialogFoot>
    </>
  );
}

function Report({ report }: { readonly report: ShowReport }) {
  return (
    <div className="flex flex-col gap-4" data-testid="show-report">
      <EncoderPart report={report} />
      {report.targets.map((target) => (
        <TargetPart key={target.targetId} target={target} />
      ))}
      {report.targets.length === 0 && (
        <p className="text-sm text-soft">{t('No target was live in this show.')}</p>
      )}
    </div>
  );
}
