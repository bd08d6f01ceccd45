/**
 * @module
 */
import { ArrowLeftRight, ChevronDown, CircleCheck } from 'lucide-react';
import type { BackupReport, Ingest } from '../../../src-shared/model/ingest.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useParts, useRun } from '../../state/window-context.tsx';
import { ask } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { BACKUP_MARKS } from '../../ui/state-marks.ts';
import { AddressLine } from './address-line.tsx';
import { backupState, backupStateWord, switchBackWords, switchOffer } from './backup-words.ts';
import { useWatched } from './on-air-line.tsx';

type BackupProps = { readonly ingest: Ingest; readonly backup: BackupReport };

/** The encoder that stands by: how it is, whether viewers would get through a switch, and the switch. */
export function BackupEncoder({ ingest, backup }: BackupProps) {
  const state = backupState(ingest.onAir, backup);
  return (
    <section
      aria-label={t('Backup encoder of {{name}}', { name: ingest.name })}
      data-testid="backup-encoder"
      className="relative flex flex-col gap-2 border-t border-line pt-2.5 text-xs"
    >
      <div className="flex flex-wrap items-center justify-between gap-1.5">
        <h4 className="font-semibold">{t('Backup encoder')}</h4>
        <StateBadge
          mark={BACKUP_MARKS[state]}
          word={backupStateWord(state)}
          about={t('State')}
          testId="backup-state"
        />
      </div>
      {backup.encoder !== null && (
        <p className="break-words text-soft">{backup.encoder.software ?? t('Encoder without a name')}</p>
      )}
      <Compatibility backup={backup} />
      <SwitchButton ingest={ingest} backup={backup} />
      {ingest.onAir === 'backup' && <p className="text-soft">{switchBackWords(ingest)}</p>}
    </section>
  );
}

function Compatibility({ backup: { compatible, message } }: { readonly backup: BackupReport }) {
  if (message === '') return null;
  if (compatible === true) {
    return (
      <p className="flex gap-1.5" data-testid="backup-compatibility">
        <CircleCheck aria-hidden className="mt-0.5 size-3.5 shrink-0 text-good" />
        <span>
          <span className="sr-only">{t('Fits:')} </span>
          {tStudio(message)}
        </span>
      </p>
    );
  }
  return (
    <Notice tone={compatible === null ? 'info' : 'warning'} testId="backup-compatibility">
      {tStudio(message)}
    </Notice>
  );
}

function SwitchButton({ ingest, backup }: BackupProps) {
  const run = useRun();
  const { own } = useParts();
  const watched = useWatched(ingest.id);
  const { to, words, why } = switchOffer(ingest, backup);
  const go = () => {
    run('ingest.switch-source', { id: ingest.id, to });
  };
  const press = () => {
    // Between two alike encoders viewers notice nothing but the other picture.
    if (backup.compatible === true || watched === 0) {
      go();
      return;
    }
    const alike =
      backup.message === ''
        ? t('It is not known yet whether the two encoders send alike.')
        : tStudio(backup.message);
    ask(own, {
      title: `${words}?`,
      text: `${alike} ${t('Viewers on {{count}} targets may have to load the stream again.', { count: watched })}`,
      confirm: words,
      onConfirm: go,
    });
  };
  return (
    <Button
      size="sm"
      data-testid="switch-source"
      disabled={why !== null}
      title={why ?? t('At the next keyframe; the targets stay connected.')}
      onClick={press}
    >
      <ArrowLeftRight aria-hidden className="size-3.5" />
      {words}
    </Button>
  );
}

/** What goes into the backup encoder, folded: it is needed once. */
export function BackupAddressFolded(props: BackupProps) {
  return (
    <details className="group text-xs">
      <summary className="flex h-6 items-center gap-1.5 rounded text-soft">
        {t('Address for the backup encoder')}
        <ChevronDown aria-hidden className="size-3.5 group-open:rotate-180" />
      </summary>
      <div className="pt-1.5">
        <BackupAddress {...props} testPrefix="backup-" />
      </div>
    </details>
  );
}

/** Server address and key of the backup encoder, each with its copy button. */
export function BackupAddress({ ingest, backup, testPrefix }: BackupProps & { readonly testPrefix: string }) {
  return (
    <dl className="flex flex-col gap-2">
      <AddressLine
        label={t('Backup server')}
        what={t('backup server')}
        value={ingest.serverUrl}
        secret={false}
        valueTestId={`${testPrefix}server-url`}
        copyTestId={`${testPrefix}copy-server-url`}
      />
      <AddressLine
        label={t('Backup stream key')}
        what={t('backup stream key')}
        value={backup.streamKey}
        secret
        valueTestId={`${testPrefix}stream-key`}
        copyTestId={`${testPrefix}copy-stream-key`}
      />
    </dl>
  );
}
