/**
 * @module
 */
import { Volume2, VolumeX } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { t } from '../../language/translate.ts';
import { useOwn } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { keyPlace } from '../../ui/key-place.ts';
import { formatUnit } from '../../ui/format.ts';
import { usePageHidden } from '../../ui/use-page-hidden.ts';
import { AudioMeter } from './audio-meter.tsx';
import type { PreviewState } from './preview-session.ts';
import { usePreview, type Watched } from './use-preview.ts';
import { useSound } from './use-sound.ts';

export type LivePictureProps = {
  readonly watched: Watched;
  /** There is something to see. */
  readonly live: boolean;
  /** False: it is folded away. */
  readonly seen: boolean;
  readonly label: string;
  readonly testId: string;
  /** How far the picture is behind, in words. */
  readonly behind: (time: string) => string;
  /** What lies over the picture, or stands in its place. */
  readonly over: (state: PreviewState | null) => ReactNode;
  readonly className?: string;
};

/** A live picture, muted until asked; its meter moves as soon as the browser allows it. */
export function LivePicture(props: LivePictureProps) {
  const { watched, live, seen, label, testId, behind, over, className } = props;
  const video = useRef<HTMLVideoElement>(null);
  const [heard, setHeard] = useState(false);
  const wanted = useOwn(({ livePictures }) => livePictures);
  const hidden = usePageHidden();
  // Whoever listens does so from another window, too.
  const state = usePreview(video, watched, live && wanted && (heard || (seen && !hidden)));
  const sound = useSound(video, heard);
  const playing = state?.type === 'playing';
  const silent = watched.missing === 'audio';
  return (
    <div className={classNames('@container relative aspect-video w-full bg-picture text-white', className)}>
      <video
        ref={video}
        data-testid={testId}
        aria-label={label}
        muted={sound === null}
        autoPlay
        playsInline
        className={classNames('absolute inset-0 size-full object-contain', !playing && 'opacity-0')}
      />
      {over(state)}
      <div className="absolute inset-x-2 bottom-2 flex flex-wrap items-end justify-between gap-2">
        <Button
          look="picture"
          size="sm"
          disabled={!playing || silent}
          {...(watched.of === 'ingest' ? keyPlace('mute') : {})}
          aria-pressed={heard}
          onClick={() => {
            setHeard(!heard);
          }}
        >
          {heard ? <Volume2 aria-hidden className="size-4" /> : <VolumeX aria-hidden className="size-4" />}
          {silent ? t('No sound') : heard ? t('Mute') : t('Unmute')}
        </Button>
        {playing && sound !== null && !silent && <AudioMeter sound={sound} />}
        {playing && state.behindSec !== null && (
          <span
            className="ml-auto rounded bg-black/75 whitespace-nowrap px-2 py-1 text-xs"
            data-testid={`${testId.replace(/-video$/, '')}-behind`}
          >
            {behind(formatUnit(state.behindSec, 's', 1))}
          </span>
        )}
      </div>
    </div>
  );
}
