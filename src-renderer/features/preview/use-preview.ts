/**
 * @module
 */
import { useEffect, useState, type RefObject } from 'react';
import type { HealthReport } from '../../../src-shared/model/health.ts';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { useCall } from '../../state/window-context.tsx';
import { startPreview, type PreviewState } from './preview-session.ts';

/** Keeps what viewers get of `ingest` in `video`, during a hold, too; null while they get nothing. */
export function usePreview(video: RefObject<HTMLVideoElement | null>, ingest: Ingest): PreviewState | null {
  const call = useCall();
  const [state, setState] = useState<PreviewState | null>(null);
  const { id, health } = ingest;
  const live = ingest.onAir !== null;
  const missing = missingTrack(health);
  useEffect(() => {
    const element = video.current;
    if (!live || element === null) return undefined;
    const stop = startPreview({
      video: element,
      url: async () => {
        const outcome = await call('ingest.preview-url', { id });
        return outcome.ok ? outcome.value.url : null;
      },
      tracks: TRACKS[missing],
      onState: setState,
    });
    return () => {
      stop();
      setState(null);
    };
  }, [video, call, id, live, missing]);
  return live ? (state ?? { type: 'loading' }) : null;
}

/** Only a missing track is stated, and only when the other one is there. */
const TRACKS = {
  none: {},
  audio: { hasVideo: true, hasAudio: false },
  video: { hasVideo: false, hasAudio: true },
} as const;

function missingTrack(health: HealthReport | null): keyof typeof TRACKS {
  if (health === null || (health.video === null) === (health.audio === null)) return 'none';
  return health.audio === null ? 'audio' : 'video';
}
