/**
 * @module
 */
import { useEffect, useState, type RefObject } from 'react';
import type { HealthReport } from '../../../src-shared/model/health.ts';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { useCall } from '../../state/window-context.tsx';
import { startPreview, type PreviewState } from './preview-session.ts';

/** Keeps the picture of `ingest` in `video` while its encoder sends; null while it does not. */
export function usePreview(video: RefObject<HTMLVideoElement | null>, ingest: Ingest): PreviewState | null {
  const call = useCall();
  const [state, setState] = useState<PreviewState | null>(null);
  const { id, health } = ingest;
  const live = ingest.state === 'live';
  // A new encoder may send another codec: the player must start afresh.
  const encoderSince = ingest.encoder?.connectedAt ?? '';
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
  }, [video, call, id, live, encoderSince, missing]);
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
