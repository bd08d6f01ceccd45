/**
 * @module
 */
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { onAirWords } from '../../state/viewers-see.ts';
import { useNow, useParts, useRun } from '../../state/window-context.tsx';
import { ask } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { formatCountdown } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { useWatched } from './on-air-line.tsx';

/** While the encoder is gone and the targets are kept alive: what is seen, how long still, and the way to end it. */
export function HoldNotice({ ingest }: { readonly ingest: Ingest }) {
  const run = useRun();
  const { own } = useParts();
  const { id, name } = ingest;
  const watched = useWatched(id);
  return (
    <div
      className="relative flex flex-col gap-2 rounded-lg border border-hold/60 p-2.5 text-xs"
      data-testid="hold-notice"
    >
      <p>
        The encoder is gone. {watched > 0 ? 'Viewers see' : 'Targets get'}{' '}
        {onAirWords(ingest) ?? 'the last picture, standing still'}. <HoldTime ingest={ingest} /> Start the
        encoder again and the show goes on.
      </p>
      <Button
        look="grave"
        size="sm"
        onClick={() => {
          ask(own, {
            title: `End the show of ${name} now?`,
            text:
              watched === 0
                ? 'Nobody is watching. The targets are told goodbye.'
                : `Viewers on ${watched} ${watched === 1 ? 'target' : 'targets'} will see the stream end.`,
            confirm: 'End show now',
            onConfirm: () => {
              run('ingest.end-hold', { id });
            },
          });
        }}
      >
        End show now
      </Button>
    </div>
  );
}

function HoldTime({ ingest: { holdEndsAt, holdThen } }: { readonly ingest: Ingest }) {
  const left = useNow((nowMs) =>
    holdEndsAt === null ? '' : formatCountdown(Date.parse(holdEndsAt) - nowMs),
  );
  if (holdEndsAt === null) {
    return (
      <>
        It <strong>stays until you end it</strong>
        {holdThen === 'stay' ? '.' : ', or the encoder comes back.'}
      </>
    );
  }
  return (
    <>
      Targets are kept alive for <strong className="whitespace-nowrap">{left}</strong>.
    </>
  );
}

/** Why the picture for a hold cannot be had: better read before it is needed. */
export function SlateTrouble({ ingest: { slate, holdPicture } }: { readonly ingest: Ingest }) {
  if (holdPicture !== 'slate' || (slate.state !== 'unavailable' && slate.state !== 'failed')) return null;
  return (
    <Notice tone={slate.state === 'failed' ? 'error' : 'warning'} testId="slate-trouble">
      <p className="font-semibold">
        {slate.state === 'failed'
          ? 'The picture for a lost encoder could not be made.'
          : 'There is no picture for a lost encoder.'}
      </p>
      <p>{slate.message === '' ? 'The last picture is shown in its place.' : slate.message}</p>
    </Notice>
  );
}
