/**
 * Plays live FLV in a video element, again and again until it is stopped.
 * @module
 */
import mpegts from 'mpegts.js';
import { isUnplayable, restartDelayMs } from './preview-rules.ts';

// Its warnings are about its own recovery; what a streamer needs is said by `PreviewState`.
mpegts.LoggingControl.applyConfig({
  enableVerbose: false,
  enableDebug: false,
  enableInfo: false,
  enableWarn: false,
});

/** How the picture is. `behindSec`: how far the picture is behind what has arrived here. */
export type PreviewState =
  | { readonly type: 'loading' }
  | { readonly type: 'playing'; readonly behindSec: number | null }
  | { readonly type: 'restarting' }
  | { readonly type: 'unplayable' };

export type PreviewOptions = {
  readonly video: HTMLVideoElement;
  /** Asked anew each time, because an address may be good once only. */
  readonly url: () => Promise<string | null>;
  /** Left out until known: a stated track that never comes keeps the player waiting for ever. */
  readonly tracks: { readonly hasVideo?: boolean; readonly hasAudio?: boolean };
  /** No new picture for this long: the line is taken anew, ms. */
  readonly stalledMs: number;
  readonly onState: (state: PreviewState) => void;
};

/** Starts playing; returns the way to stop. */
export function startPreview({ video, url, tracks, stalledMs, onState }: PreviewOptions): () => void {
  let stopped = false;
  let failures = 0;
  let player: mpegts.Player | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watch: ReturnType<typeof setInterval> | undefined;

  const clear = () => {
    clearTimeout(timer);
    clearInterval(watch);
    player?.destroy();
    player = null;
  };
  const restart = () => {
    if (stopped) return;
    clear();
    failures += 1;
    onState({ type: 'restarting' });
    timer = setTimeout(() => void begin(), restartDelayMs(failures));
  };
  const giveUp = () => {
    clear();
    stopped = true;
    onState({ type: 'unplayable' });
  };
  const begin = async () => {
    const address = await url();
    if (stopped) return;
    if (address === null) {
      restart();
      return;
    }
    const made = makePlayer(new URL(address, location.href).href, tracks);
    player = made;
    // The player goes on with its own work after an event, so it must not be destroyed inside of one.
    const afterwards = (act: () => void) => {
      setTimeout(() => {
        if (player === made) act();
      }, 0);
    };
    made.on(mpegts.Events.ERROR, (type: unknown, detail: unknown) => {
      afterwards(isUnplayable(String(type), String(detail), failures) ? giveUp : restart);
    });
    made.on(mpegts.Events.LOADING_COMPLETE, () => {
      afterwards(restart);
    });
    made.attachMediaElement(video);
    made.load();
    void Promise.resolve(made.play()).catch(() => undefined);
    watch = watchProgress({
      video,
      stalledMs,
      onMoved: (behindSec) => {
        failures = 0;
        onState({ type: 'playing', behindSec });
      },
      onStalled: restart,
    });
  };

  onState({ type: 'loading' });
  if (!mpegts.isSupported()) giveUp();
  else void begin();
  return () => {
    stopped = true;
    clear();
  };
}

function makePlayer(url: string, tracks: PreviewOptions['tracks']): mpegts.Player {
  return mpegts.createPlayer(
    { type: 'flv', isLive: true, url, ...tracks },
    {
      // The CSP allows no workers, and one stream needs none.
      enableWorker: false,
      enableStashBuffer: false,
      lazyLoad: false,
      // Jumps back to the edge when far behind, and plays a little faster when somewhat behind.
      liveBufferLatencyChasing: true,
      liveBufferLatencyMaxLatency: 1.3,
      liveBufferLatencyMinRemain: 0.4,
      liveSync: true,
      liveSyncMaxLatency: 0.75,
      liveSyncTargetLatency: 0.4,
      liveSyncPlaybackRate: 1.2,
      autoCleanupSourceBuffer: true,
      autoCleanupMaxBackwardDuration: 30,
      autoCleanupMinBackwardDuration: 10,
    },
  );
}

type WatchOptions = {
  readonly stalledMs: number;
  readonly video: HTMLVideoElement;
  readonly onMoved: (behindSec: number | null) => void;
  readonly onStalled: () => void;
};

function watchProgress({
  video,
  stalledMs,
  onMoved,
  onStalled,
}: WatchOptions): ReturnType<typeof setInterval> {
  let lastTime = video.currentTime;
  let movedAt = performance.now();
  return setInterval(() => {
    if (video.currentTime !== lastTime) {
      lastTime = video.currentTime;
      movedAt = performance.now();
      onMoved(behindSec(video));
    } else if (document.hidden) {
      // Browsers stop the picture of a hidden tab themselves.
      movedAt = performance.now();
    } else if (performance.now() - movedAt > stalledMs) {
      onStalled();
    }
  }, 500);
}

function behindSec({ buffered, currentTime }: HTMLVideoElement): number | null {
  return buffered.length === 0 ? null : Math.max(0, buffered.end(buffered.length - 1) - currentTime);
}
