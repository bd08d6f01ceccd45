/**
 * @module
 */
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { RichText } from '../../ui/rich-text.tsx';
import { t } from '../../language/translate.ts';
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
  const what = onAirWords(ingest) ?? t('the last picture, standing still');
  return (
    <div
      className="relative flex flex-col gap-2 rounded-lg border border-hold/60 p-2.5 text-xs"
      data-testid="hold-notice"
    >
      <p>
        {t('The encoder is gone.')}{' '}
        {watched > 0 ? t('Viewers see {{what}}.', { what }) : t('Targets get {{what}}.', { what })}{' '}
        <HoldTime ingest={ingest} /> {t('Start the encoder again and the show goes on.')}
      </p>
      <Button
        look="grave"
        size="sm"
        onClick={() => {
          ask(own, {
            title: t('End the show of {{name}} now?', { name }),
            text:
              watched === 0
                ? t('Nobody is watching. The targets are told goodbye.')
                : t('Viewers on {{count}} targets will see the stream end.', { count: watched }),
            confirm: t('End show now'),
            onConfirm: () => {
              run('ingest.end-hold', { id });
            },
          });
        }}
      >
        {t('End show now')}
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
      <RichText
        text={
          holdThen === 'stay'
            ? t('It <b>stays until you end it</b>.')
            : t('It <b>stays until you end it</b>, or the encoder comes back.')
        }
      />
    );
  }
  return (
    <RichText text={t('Targets are kept alive for <b>{{left}}</b>.', { left })} bold="whitespace-nowrap" />
  );
}

/** Why the picture for a hold cannot be had: better read before it is needed. */
export function SlateTrouble({ ingest: { slate, holdPicture } }: { readonly ingest: Ingest }) {
  if (holdPicture !== 'slate' || (slate.state !== 'unavailable' && slate.state !== 'failed')) return null;
  return (
    <Notice tone={slate.state === 'failed' ? 'error' : 'warning'} testId="slate-trouble">
      <p className="font-semibold">
        {slate.state === 'failed'
          ? t('The picture for a lost encoder could not be made.')
          : t('There is no picture for a lost encoder.')}
      </p>
      <p>{slate.message === '' ? t('The last picture is shown in its place.') : tStudio(slate.message)}</p>
    </Notice>
  );
}
