/**
 * @module
 */
import { ChevronRight, History } from 'lucide-react';
import { useState } from 'react';
import type { ShowSummary } from '../../../src-shared/model/show-report.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useAsked } from '../use-asked.ts';
import { useNow, useParts } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatAppointment } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { lengthWords } from './show-words.ts';
import { ShowReportView } from './show-report-view.tsx';

/** The shows that were kept, and the report of one of them. */
export function ShowsDialog() {
  const { own } = useParts();
  const [open, setOpen] = useState<ShowSummary | null>(null);
  const title = useNow((nowMs) =>
    open === null ? t('Shows') : t('Show of {{when}}', { when: formatAppointment(open.startedAt, nowMs) }),
  );
  const description = useNow((nowMs) =>
    open === null
      ? t('What happened in past shows: how long each target was live, and what went wrong.')
      : `${open.ingestName}, ${lengthWords(open, nowMs)}`,
  );
  const close = () => {
    closeDialog(own);
  };
  return (
    <Dialog title={title} description={description} onClose={close} wide testId="shows-dialog">
      {open === null ? (
        <>
          <DialogBody>
            <ShowList onOpen={setOpen} />
          </DialogBody>
          <DialogFoot>
            <Button
              look="ghost"
              className="mr-auto"
              onClick={() => {
                own.setState({ dialog: { type: 'settings', section: 'history' } });
              }}
            >
              {t('How long shows are kept…')}
            </Button>
            <Button onClick={close}>{t('Close')}</Button>
          </DialogFoot>
        </>
      ) : (
        <ShowReportView
          showId={open.id}
          onBack={() => {
            setOpen(null);
          }}
        />
      )}
    </Dialog>
  );
}

type ShowListProps = { readonly onOpen: (show: ShowSummary) => void };

function ShowList({ onOpen }: ShowListProps) {
  const { outcome } = useAsked('history.list', {});
  if (outcome === null) {
    return (
      <p role="status" className="text-sm text-soft">
        {t('Looking for shows…')}
      </p>
    );
  }
  if (!outcome.ok) return <Notice tone="error">{tStudio(outcome.refusal.message)}</Notice>;
  if (outcome.value.length === 0) {
    return (
      <EmptyState icon={History} title={t('No show has been kept yet')}>
        {t('A show begins when an encoder starts to send. Its report stands here from then on.')}
      </EmptyState>
    );
  }
  return (
    <ul className="flex flex-col gap-2">
      {outcome.value.map((show) => (
        <ShowRow key={show.id} show={show} onOpen={onOpen} />
      ))}
    </ul>
  );
}

function ShowRow({ show, onOpen }: ShowListProps & { readonly show: ShowSummary }) {
  const start = useNow((nowMs) => formatAppointment(show.startedAt, nowMs));
  const length = useNow((nowMs) => lengthWords(show, nowMs));
  return (
    <li>
      <button
        type="button"
        data-testid="show-row"
        className="flex w-full items-center gap-3 rounded-xl border border-line bg-card px-3 py-2 text-left text-sm hover:border-edge"
        onClick={() => {
          onOpen(show);
        }}
      >
        <span className="grid min-w-0 flex-1 gap-x-4 sm:grid-cols-[10rem_minmax(0,1fr)_auto]">
          <span className="font-semibold">
            <time dateTime={show.startedAt}>{start}</time>
          </span>
          <span className="truncate">
            {show.ingestName} · {length}
          </span>
          <span className="text-soft">
            {t('{{count}} targets', { count: show.targets })} ·{' '}
            {t('{{count}} reconnects', { count: show.reconnects })}
          </span>
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-soft" />
      </button>
    </li>
  );
}
