/**
 * @module
 */
import { AudioLines, MonitorOff, Pause } from 'lucide-react';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import type { Target } from '../../../src-shared/model/target.ts';
import { t } from '../../language/translate.ts';
import { useOwn, useParts, useStudio } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { shedSentence, targetStateWord } from '../../state/words.ts';
import { Dialog, DialogBody } from '../../ui/dialog.tsx';
import { formatCount, formatUnit } from '../../ui/format.ts';
import { LivePicture } from '../preview/live-picture.tsx';
import { missingTrack } from '../preview/missing-track.ts';
import { PictureWords, playerWords, type Words } from '../preview/picture-words.tsx';
import { PicturesOff } from '../preview/preview.tsx';
import type { PreviewState } from '../preview/preview-session.ts';
import { TargetChips } from './target-chips.tsx';

/** What a target is really sent: after delay, hold and drops. */
export function SentDialog({ targetId }: { readonly targetId: string }) {
  const { own } = useParts();
  const target = useStudio(({ view }) => view.targets.find(({ id }) => id === targetId));
  const ingest = useStudio(({ view }) => view.ingests.find(({ id }) => id === target?.ingestId));
  if (target === undefined) return null;
  return (
    <Dialog
      title={t('What viewers of {{name}} get', { name: target.name })}
      description={t('Taken where it leaves this computer: after delay, hold and drops.')}
      onClose={() => {
        closeDialog(own);
      }}
      wide
      testId="sent-dialog"
    >
      <DialogBody>
        <div className="@container flex flex-col gap-3">
          <SentPicture target={target} ingest={ingest} />
          <SentFigures target={target} />
          <TargetChips target={target} />
        </div>
      </DialogBody>
    </Dialog>
  );
}

type SentPictureProps = { readonly target: Target; readonly ingest: Ingest | undefined };

function SentPicture({ target, ingest }: SentPictureProps) {
  const { id, name, shed, state } = target;
  const soundAlone = shed === 'sound';
  return (
    <LivePicture
      watched={{
        of: 'target',
        id,
        missing: soundAlone ? 'video' : missingTrack(ingest?.health ?? null),
      }}
      live={state === 'live'}
      seen
      label={t('Picture that {{name}} gets', { name })}
      testId="sent-video"
      className="overflow-hidden rounded-lg"
      behind={(time) => t('{{time}} after it was sent', { time })}
      over={(player) => {
        if (soundAlone || player?.type !== 'playing') {
          return <NoPicture target={target} ingest={ingest} player={player} />;
        }
        return ingest?.state === 'holding' && <Held />;
      }}
    />
  );
}

function Held() {
  return (
    <p
      className="absolute top-2 left-2 flex items-center gap-1.5 rounded bg-black/75 px-2 py-1 text-xs"
      data-testid="sent-held"
    >
      <Pause aria-hidden className="size-3.5" /> {t('The encoder is gone; this stands in for it')}
    </p>
  );
}

type NoPictureProps = SentPictureProps & { readonly player: PreviewState | null };

function NoPicture({ target, ingest, player }: NoPictureProps) {
  const off = useOwn(({ livePictures }) => !livePictures);
  if (target.state === 'live' && off) return <PicturesOff />;
  return <PictureWords words={wordsOf(target, ingest, player)} />;
}

function wordsOf({ state, shed }: Target, ingest: Ingest | undefined, player: PreviewState | null): Words {
  if (state !== 'live') {
    return {
      icon: MonitorOff,
      title: t('Viewers get nothing now'),
      text: t('The target is not live: {{state}}. The picture comes with it.', {
        state: targetStateWord(state),
      }),
    };
  }
  if (shed === 'sound') {
    return { icon: AudioLines, title: t('Viewers get sound alone'), text: shedSentence('sound') };
  }
  return playerWords(player, ingest?.health?.video?.codec);
}

function SentFigures({ target }: { readonly target: Target }) {
  const { delayedBySeconds, queueMs, droppedFrames, reconnects } = target;
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-2 text-sm @min-[22.4rem]:grid-cols-4">
      <Figure
        name={t('Delayed on purpose')}
        value={delayedBySeconds === 0 ? t('no') : formatUnit(delayedBySeconds, 's', 1)}
      />
      <Figure name={t('Waiting to be sent')} value={formatUnit(queueMs / 1000, 's', 1)} />
      <Figure name={t('Pictures dropped')} value={formatCount(droppedFrames)} />
      <Figure name={t('Reconnects')} value={formatCount(reconnects)} />
    </dl>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="flex flex-col">
      <dt className="text-xs text-soft">{name}</dt>
      <dd className="font-semibold">{value}</dd>
    </div>
  );
}
