/**
 * @module
 */
import { CircleHelp, Hourglass, ImageOff, Pause } from 'lucide-react';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { useOwn, useParts } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { LivePicture } from './live-picture.tsx';
import { missingTrack } from './missing-track.ts';
import { PictureWords, playerWords, type Words } from './picture-words.tsx';
import type { PreviewState } from './preview-session.ts';

export type PreviewProps = {
  readonly ingest: Ingest;
  /** False: it is folded away, and plays only while it is heard. */
  readonly seen: boolean;
};

/** The picture of one ingest: what viewers get of it, during a hold, too. */
export function Preview({ ingest, seen }: PreviewProps) {
  const { id, name, health, state: ingestState, onAir } = ingest;
  return (
    <LivePicture
      watched={{ of: 'ingest', id, missing: missingTrack(health) }}
      live={onAir !== null}
      seen={seen}
      label={t('Picture of {{name}}', { name })}
      testId="preview-video"
      className="min-h-40 shrink"
      behind={(time) => t('{{time}} behind live', { time })}
      over={(state) =>
        state?.type === 'playing' ? (
          ingestState === 'holding' && <Held />
        ) : (
          <NoPicture ingest={ingest} state={state} />
        )
      }
    />
  );
}

/** What the picture is while the encoder is gone. */
function Held() {
  return (
    <p
      className="absolute top-2 left-2 flex items-center gap-1.5 rounded bg-black/75 px-2 py-1 text-xs"
      data-testid="preview-held"
    >
      <Pause aria-hidden className="size-3.5" /> {t('Viewers see this until the encoder is back')}
    </p>
  );
}

type NoPictureProps = { readonly ingest: Ingest; readonly state: PreviewState | null };

function NoPicture({ ingest, state }: NoPictureProps) {
  const { own } = useParts();
  const off = useOwn(({ livePictures }) => !livePictures);
  if (ingest.state === 'waiting') {
    return (
      <PictureWords
        words={{
          icon: Hourglass,
          title: t('Waiting for the encoder'),
          text: t('The picture appears here as soon as it sends.'),
        }}
      >
        <Button
          look="picture"
          size="sm"
          className="mt-1"
          onClick={() => {
            own.setState({ guideOpen: true });
          }}
        >
          <CircleHelp aria-hidden className="size-4" /> {t('How to connect')}
        </Button>
      </PictureWords>
    );
  }
  return off ? <PicturesOff /> : <PictureWords words={wordsOf(ingest, state)} />;
}

/** Live pictures are switched off in this window; the way to switch them on. */
export function PicturesOff() {
  const { own } = useParts();
  return (
    <PictureWords
      words={{
        icon: ImageOff,
        title: t('Live pictures are off'),
        text: t('The stream is relayed all the same.'),
      }}
    >
      <Button
        look="picture"
        size="sm"
        className="mt-1"
        data-testid="pictures-on"
        onClick={() => {
          own.setState({ livePictures: true });
        }}
      >
        {t('Show live pictures')}
      </Button>
    </PictureWords>
  );
}

function wordsOf({ state: ingestState, health, onAir }: Ingest, state: PreviewState | null): Words {
  if (ingestState === 'holding' && onAir === null) {
    return {
      icon: Pause,
      title: t('Holding'),
      text: t('The encoder is gone; the picture comes back with it.'),
    };
  }
  return playerWords(state, health?.video?.codec);
}
