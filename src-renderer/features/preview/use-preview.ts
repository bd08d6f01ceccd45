/**
 * @module
 */
import { useEffect, useState, type RefObject } from 'react';
import { useCall } from '../../state/window-context.tsx';
import { startPreview, type PreviewState } from './preview-session.ts';

/** What is to be played. */
export type Watched = {
  readonly of: 'ingest' | 'target';
  readonly id: string;
  /** Only a missing track is stated, and only when the other one is there. */
  readonly missing: 'none' | 'audio' | 'video';
};

/** Keeps a live picture in `video` while it is `wanted`; null while it is not. */
export function usePreview(
  video: RefObject<HTMLVideoElement | null>,
  { of, id, missing }: Watched,
  wanted: boolean,
): PreviewState | null {
  const call = useCall();
  const [state, setState] = useState<PreviewState | null>(null);
  useEffect(() => {
    const element = video.current;
    if (!wanted || element === null) return undefined;
    const stop = startPreview({
      video: element,
      url: async () => {
        const outcome = await call(`${of}.preview-url`, { id });
        return outcome.ok ? outcome.value.url : null;
      },
      tracks: TRACKS[missing],
      stalledMs: STALLED_MS[of],
      onState: setState,
    });
    return () => {
      stop();
      setState(null);
    };
  }, [video, call, of, id, missing, wanted]);
  return wanted ? (state ?? { type: 'loading' }) : null;
}

const TRACKS = {
  none: {},
  audio: { hasVideo: true, hasAudio: false },
  video: { hasVideo: false, hasAudio: true },
} as const;

/**
 * No new picture for this long: the line is taken anew. Two keyframe intervals of a slow encoder; what a target is
 * sent begins at its next keyframe, for which it must be waited as long as encoders ever let one wait.
 */
const STALLED_MS = { ingest: 8_000, target: 25_000 } as const;
