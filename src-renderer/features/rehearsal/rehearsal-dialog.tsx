/**
 * @module
 */
import { Gauge, Square } from 'lucide-react';
import { useState } from 'react';
import type { Refusal } from '../../../src-shared/bridge/contract.ts';
import type { Rehearsal } from '../../../src-shared/model/rehearsal.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { selectedIngest } from '../../state/selectors.ts';
import { useCall, useNow, useOwn, useParts, useRun, useStudio } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { rehearsalVerdictWord } from '../../state/words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { formatTimeOfDay } from '../../ui/format.ts';
import { FIRST_FOCUS } from '../../ui/focus-first.ts';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { REHEARSAL_VERDICT_MARKS } from '../../ui/state-marks.ts';
import { RehearsalExplained } from './rehearsal-explained.tsx';
import { RehearsalRows } from './rehearsal-rows.tsx';
import { progressWords, REHEARSAL_SECONDS, rehearsalProgress, whyNoRehearsal } from './rehearsal-words.ts';

/** Sends to every target at once, without viewers, and tells what the line carries. */
export function RehearsalDialog() {
  const { own } = useParts();
  const rehearsal = useStudio(({ view }) => view.rehearsal);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  return (
    <Dialog
      title={t('Rehearse for {{seconds}} s', { seconds: REHEARSAL_SECONDS })}
      description={t(
        'Sends to all your targets at once and tells whether your line carries it. No viewer sees anything.',
      )}
      onClose={() => {
        closeDialog(own);
      }}
      wide
      testId="rehearsal-dialog"
    >
      <DialogBody>
        <div className="flex flex-col gap-4">
          {rehearsal === null ? <RehearsalExplained /> : <Report rehearsal={rehearsal} />}
          <FormRefusal refusal={refusal} fields={[]} />
        </div>
      </DialogBody>
      <RehearsalFoot rehearsal={rehearsal} onRefusal={setRefusal} />
    </Dialog>
  );
}

function Report({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { state, verdict, startedAt } = rehearsal;
  const when = formatTimeOfDay(startedAt);
  return (
    <>
      {state === 'running' ? (
        <Progress rehearsal={rehearsal} />
      ) : (
        <p className="text-sm text-soft">
          {state === 'cancelled'
            ? t('Rehearsal of {{when}}, cancelled.', { when })
            : t('Rehearsal of {{when}}, done.', { when })}
        </p>
      )}
      <div role="status" className="empty:hidden" data-testid="rehearsal-verdict">
        {verdict !== null && (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border border-line bg-card px-3 py-2.5 text-sm">
            <StateBadge
              mark={REHEARSAL_VERDICT_MARKS[verdict.word]}
              word={rehearsalVerdictWord(verdict.word)}
              about={t('Verdict')}
            />
            <p className="min-w-48 flex-1">{tStudio(verdict.message)}</p>
          </div>
        )}
      </div>
      <RehearsalRows rehearsal={rehearsal} />
      <details className="text-sm">
        <summary className="rounded py-1 text-soft">{t('What a rehearsal sends, and where')}</summary>
        <div className="pt-1.5">
          <RehearsalExplained />
        </div>
      </details>
    </>
  );
}

function Progress({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { all } = rehearsalProgress(rehearsal, 0);
  const done = useNow((nowMs) => rehearsalProgress(rehearsal, nowMs).done);
  return (
    <ProgressBar
      label={t('Rehearsal')}
      value={done}
      max={all}
      words={progressWords({ done, all })}
      testId="rehearsal-progress"
    />
  );
}

type FootProps = {
  readonly rehearsal: Rehearsal | null;
  readonly onRefusal: (refusal: Refusal | null) => void;
};

function RehearsalFoot({ rehearsal, onRefusal }: FootProps) {
  const { own } = useParts();
  const run = useRun();
  const running = rehearsal?.state === 'running';
  return (
    <DialogFoot>
      <Button
        onClick={() => {
          closeDialog(own);
        }}
      >
        {t('Close')}
      </Button>
      {running ? (
        <Button
          data-testid="rehearsal-stop"
          onClick={() => {
            run('rehearsal.stop', {});
          }}
        >
          <Square aria-hidden className="size-3.5 fill-current" /> {t('Cancel the rehearsal')}
        </Button>
      ) : (
        <StartButton again={rehearsal !== null} onRefusal={onRefusal} />
      )}
    </DialogFoot>
  );
}

type StartProps = Pick<FootProps, 'onRefusal'> & { readonly again: boolean };

function StartButton({ again, onRefusal }: StartProps) {
  const call = useCall();
  const [busy, setBusy] = useState(false);
  const chosenId = useOwn((own) => own.selectedIngestId);
  const ingest = useStudio(({ view }) => selectedIngest(view, chosenId));
  const why = useStudio(({ view }) => whyNoRehearsal(view, ingest?.id ?? null));
  const start = async () => {
    setBusy(true);
    const outcome = await call('rehearsal.start', {
      seconds: REHEARSAL_SECONDS,
      ...(ingest === null ? {} : { ingestId: ingest.id }),
    });
    setBusy(false);
    onRefusal(outcome.ok ? null : outcome.refusal);
  };
  return (
    <>
      {why !== null && (
        <Notice tone="info" className="order-first mr-auto" testId="rehearsal-why-not">
          {why}
        </Notice>
      )}
      <Button
        look="primary"
        {...(why === null ? FIRST_FOCUS : {})}
        data-testid="rehearsal-start"
        disabled={busy || why !== null}
        onClick={() => {
          onRefusal(null);
          void start();
        }}
      >
        <Gauge aria-hidden className="size-4" />
        {again ? t('Rehearse again') : t('Start the rehearsal')}
      </Button>
    </>
  );
}
