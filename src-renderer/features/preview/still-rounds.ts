/**
 * Small pictures of many ingests: each in turn has its newest one fetched and drawn, one at a time over one connection,
 * so that any number of them costs little. Browsers open six connections to a server and no more.
 * @module
 */
import { drawStill } from './draw-still.ts';
import { readStill } from './read-still.ts';

/** Time between two rounds, ms: encoders send a keyframe every two seconds. */
const ROUND_MS = 2000;
/** How long one picture may take to come, ms. */
const FETCH_MS = 5000;

/** How a small picture is. */
export type StillState = 'shown' | 'none' | 'unplayable' | 'lost';

export type StillRoundsOptions = {
  /** Asked anew for each round. */
  readonly places: () => ReadonlyMap<string, HTMLCanvasElement>;
  /** Asked anew each time, because an address may be good once only. */
  readonly url: (id: string) => Promise<string | null>;
  readonly onState: (id: string, state: StillState) => void;
};

/** Starts; returns the way to stop. Nothing is fetched while the page is hidden. */
export function startStillRounds(options: StillRoundsOptions): () => void {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const round = async () => {
    for (const [id, canvas] of document.hidden ? [] : [...options.places()]) {
      const state = await showStill(await options.url(id), canvas, abort.signal).catch(() => 'lost' as const);
      if (abort.signal.aborted) return;
      options.onState(id, state);
    }
    timer = setTimeout(() => void round(), ROUND_MS);
  };
  void round();
  return () => {
    abort.abort();
    clearTimeout(timer);
  };
}

async function showStill(
  address: string | null,
  canvas: HTMLCanvasElement,
  signal: AbortSignal,
): Promise<StillState> {
  if (address === null) return 'lost';
  const url = new URL(address, location.href);
  url.searchParams.set('frames', 'newest-keyframe');
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(FETCH_MS)]) });
  if (response.status === 204) return 'none';
  if (!response.ok) return 'lost';
  const still = readStill(new Uint8Array(await response.arrayBuffer()));
  if (still === null) return 'unplayable';
  return (await drawStill(still, canvas)) ? 'shown' : 'unplayable';
}
