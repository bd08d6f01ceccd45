/**
 * @module
 */
import { KeyRound, MonitorPlay, Pencil, QrCode, Square, Trash2, Tv } from 'lucide-react';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { useOwn, useParts, useRun, useRunWithUndo } from '../../state/window-context.tsx';
import { ask } from '../../state/window-store.ts';
import { Button, type ButtonLook } from '../../ui/button.tsx';
import { useRenewKey } from './use-renew-key.ts';

/** What can be done with an ingest. */
export function IngestActions({ ingest }: { readonly ingest: Ingest }) {
  const { own } = useParts();
  // The code is the key, only in another script.
  const discreet = useOwn((state) => state.discreet);
  const { id, name } = ingest;
  return (
    <div className="flex flex-wrap gap-1">
      <TestSignalButton
        ingest={ingest}
        testId={ingest.testSignal ? 'stop-test-signal' : 'start-test-signal'}
      />
      <span className="ml-auto flex">
        <Button
          look="ghost"
          size="icon"
          aria-label={t('QR code of {{name}}', { name })}
          disabled={discreet}
          onClick={() => {
            own.setState({ dialog: { type: 'qr', ingestId: id } });
          }}
        >
          <QrCode aria-hidden className="size-4" />
        </Button>
        <Button
          look="ghost"
          size="icon"
          aria-label={t('Watch {{name}}', { name })}
          data-testid="watch-ingest"
          onClick={() => {
            own.setState({ dialog: { type: 'watch', ingestId: id } });
          }}
        >
          <MonitorPlay aria-hidden className="size-4" />
        </Button>
        <RenewKeyButton ingest={ingest} />
        <Button
          look="ghost"
          size="icon"
          aria-label={t('Edit {{name}}', { name })}
          onClick={() => {
            own.setState({ dialog: { type: 'ingest', id } });
          }}
        >
          <Pencil aria-hidden className="size-4" />
        </Button>
        <DeleteIngestButton ingest={ingest} />
      </span>
    </div>
  );
}

export type TestSignalButtonProps = {
  readonly ingest: Ingest;
  readonly testId: string;
  readonly look?: ButtonLook;
};

/** Colour bars, clock and tone in place of an encoder. */
export function TestSignalButton({ ingest, testId, look = 'quiet' }: TestSignalButtonProps) {
  const run = useRun();
  const { id, testSignal, state } = ingest;
  const taken = !testSignal && state === 'live';
  return (
    <Button
      look={look}
      size="sm"
      data-testid={testId}
      disabled={taken}
      title={
        taken
          ? t('An encoder is using this ingest.')
          : t('Colour bars, a clock and a tone: no encoder needed.')
      }
      onClick={() => {
        run(testSignal ? 'ingest.stop-test-signal' : 'ingest.start-test-signal', { id });
      }}
    >
      {testSignal ? <Square aria-hidden className="size-3.5" /> : <Tv aria-hidden className="size-3.5" />}
      {testSignal ? t('Stop test signal') : t('Start test signal')}
    </Button>
  );
}

function RenewKeyButton({ ingest }: { readonly ingest: Ingest }) {
  const renew = useRenewKey(ingest);
  return (
    <Button
      look="ghost"
      size="icon"
      aria-label={t('Renew key of {{name}}', { name: ingest.name })}
      data-testid="renew-key"
      onClick={renew}
    >
      <KeyRound aria-hidden className="size-4" />
    </Button>
  );
}

function DeleteIngestButton({ ingest: { id, name, state } }: { readonly ingest: Ingest }) {
  const run = useRun();
  const runWithUndo = useRunWithUndo();
  const { own } = useParts();
  const remove = () => {
    runWithUndo(
      'ingest.delete',
      { id },
      {
        done: t('Deleted the ingest {{name}}.', { name }),
        run: () => {
          run('ingest.restore', { id });
        },
      },
    );
  };
  const asks = () => {
    ask(own, {
      title: t('Delete the ingest {{name}}?', { name }),
      text: t('Its encoder is cut off and its show ends. It can be brought back for a short while.'),
      confirm: t('Delete ingest'),
      onConfirm: remove,
    });
  };
  return (
    <Button
      look="ghost"
      size="icon"
      aria-label={t('Delete {{name}}', { name })}
      data-testid="delete-ingest"
      onClick={state === 'waiting' ? remove : asks}
    >
      <Trash2 aria-hidden className="size-4" />
    </Button>
  );
}
