/**
 * @module
 */
import {
  CircleHelp,
  EyeOff,
  Hourglass,
  LoaderCircle,
  Pause,
  Volume2,
  VolumeX,
  type LucideIcon,
} from 'lucide-react';
import { useRef, useState } from 'react';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { formatUnit } from '../../ui/format.ts';
import { t } from '../../language/translate.ts';
import { useParts } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { keyPlace } from '../../ui/key-place.ts';
import { AudioMeter } from './audio-meter.tsx';
import type { PreviewState } from './preview-session.ts';
import { usePreview } from './use-preview.ts';

/** The picture of one ingest, muted until asked. */
export function Preview({ ingest }: { readonly ingest: Ingest }) {
  const video = useRef<HTMLVideoElement>(null);
  const [muted, setMuted] = useState(true);
  // The meter's audio graph may be made only after a click, and then stays for the element's life.
  const [everHeard, setEverHeard] = useState(false);
  const state = usePreview(video, ingest);
  const playing = state?.type === 'playing';
  return (
    <div className="relative aspect-video min-h-40 w-full shrink bg-picture text-white">
      <video
        ref={video}
        data-testid="preview-video"
        aria-label={t('Picture of {{name}}', { name: ingest.name })}
        muted={muted}
        autoPlay
        playsInline
        className={classNames('absolute inset-0 size-full object-contain', !playing && 'opacity-0')}
      />
      {!playing && <PictureWords ingest={ingest} state={state} />}
      {playing && ingest.state === 'holding' && <Held />}
      <div className="absolute inset-x-2 bottom-2 flex items-end justify-between gap-2">
        <Button
          look="picture"
          size="sm"
          disabled={!playing}
          {...keyPlace('mute')}
          aria-pressed={!muted}
          onClick={() => {
            setMuted(!muted);
            setEverHeard(true);
          }}
        >
          {muted ? <VolumeX aria-hidden className="size-4" /> : <Volume2 aria-hidden className="size-4" />}
          {muted ? t('Unmute') : t('Mute')}
        </Button>
        {everHeard && <AudioMeter video={video} muted={muted} />}
        {playing && <Behind behindSec={state.behindSec} />}
      </div>
    </div>
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

function Behind({ behindSec }: { readonly behindSec: number | null }) {
  if (behindSec === null) return null;
  return (
    <span className="ml-auto rounded bg-black/75 px-2 py-1 text-xs" data-testid="preview-behind">
      {t('{{time}} behind live', { time: formatUnit(behindSec, 's', 1) })}
    </span>
  );
}

type Words = {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly spin?: boolean;
};

function wordsOf({ state: ingestState, health }: Ingest, state: PreviewState | null): Words {
  if (ingestState === 'holding' && state === null) {
    return {
      icon: Pause,
      title: t('Holding'),
      text: t('The encoder is gone; the picture comes back with it.'),
    };
  }
  if (ingestState === 'waiting') {
    return {
      icon: Hourglass,
      title: t('Waiting for the encoder'),
      text: t('The picture appears here as soon as it sends.'),
    };
  }
  if (state?.type === 'unplayable') {
    const codec = health?.video?.codec ?? t('This codec');
    return {
      icon: EyeOff,
      title: t('{{codec}} cannot be shown here', { codec }),
      text: t('This window has no decoder for it. The stream is relayed all the same.'),
    };
  }
  if (state?.type === 'restarting') {
    return {
      icon: LoaderCircle,
      title: t('The picture was lost'),
      text: t('Asking for it again…'),
      spin: true,
    };
  }
  return {
    icon: LoaderCircle,
    title: t('Loading the picture'),
    text: t('Waiting for a keyframe…'),
    spin: true,
  };
}

function PictureWords({ ingest, state }: { readonly ingest: Ingest; readonly state: PreviewState | null }) {
  const { own } = useParts();
  const { icon: Icon, title, text, spin } = wordsOf(ingest, state);
  return (
    <div
      className="absolute inset-0 flex flex-col items-center justify-center gap-2 p-4 text-center"
      role="status"
    >
      <Icon aria-hidden className={classNames('size-7 text-white/70', spin === true && 'spin-slow')} />
      <p className="font-semibold">{title}</p>
      <p className="text-sm text-white/80">{text}</p>
      {ingest.state === 'waiting' && (
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
      )}
    </div>
  );
}
