/**
 * What is missing in a stream that a slow peer got: every message that came has its place in what was sent, and the
 * places that are skipped are the holes. For streams that repeat themselves, too: a place is a time and a hash.
 * @module
 */
import type { Trail, TrailMessage } from './trail.ts';

/** How what came stands to what was sent. */
export type Holes = {
  /** Messages that came and were never sent, or not at that time. */
  readonly strangers: number;
  /** Messages that stand no later than one of their kind that came before them. */
  readonly outOfOrder: number;
  /** Pictures that came. */
  readonly pictures: number;
  readonly keyframes: number;
  /** Pictures that came behind a hole, or first: what each of them is. */
  readonly behindHoles: readonly TrailMessage[];
  readonly missingPictures: number;
  /** From the sound before a hole to the sound behind it, ms. */
  readonly soundHolesMs: readonly number[];
};

/**
 * Lays what came along what was sent.
 *
 * @param offsetMs How much later a message is in what came than in what was sent.
 */
export function holesIn(sent: Trail, came: Trail, offsetMs: number): Holes {
  const pictures = lay(sent, came, { offsetMs, belongs: isPicture });
  const sound = lay(sent, came, { offsetMs, belongs: ({ kind }) => kind === 'sound' });
  return {
    strangers: pictures.strangers + sound.strangers,
    outOfOrder: pictures.outOfOrder + sound.outOfOrder,
    pictures: pictures.placed.length,
    keyframes: pictures.placed.filter(({ message }) => message.kind === 'keyframe').length,
    behindHoles: pictures.placed.filter(({ skipped }) => skipped !== 0).map(({ message }) => message),
    missingPictures: pictures.placed.reduce((sum, { skipped }) => sum + Math.max(0, skipped), 0),
    soundHolesMs: sound.placed.filter(({ skipped }) => skipped > 0).map(({ sinceMs }) => sinceMs),
  };
}

/** How much later the same message is in a stream that is whole than in what was sent, ms. */
export function offsetMsOf(sent: Trail, whole: Trail): number {
  return (whole.find(isMedia)?.timestampMs ?? NaN) - (sent.find(isMedia)?.timestampMs ?? NaN);
}

type Placed = {
  readonly message: TrailMessage;
  /** Messages left out right before it; -1: it is the first. */
  readonly skipped: number;
  /** Since the one before it, ms. */
  readonly sinceMs: number;
};
type Laid = { readonly placed: readonly Placed[]; readonly strangers: number; readonly outOfOrder: number };

function lay(
  sent: Trail,
  came: Trail,
  { offsetMs, belongs }: { offsetMs: number; belongs: (message: TrailMessage) => boolean },
): Laid {
  const places = new Map(
    sent.filter(belongs).map(({ timestampMs, hash }, index) => [`${timestampMs + offsetMs} ${hash}`, index]),
  );
  const placed: Placed[] = [];
  let [strangers, outOfOrder, last] = [0, 0, -1];
  for (const message of came.filter(belongs)) {
    const place = places.get(`${message.timestampMs} ${message.hash}`);
    if (place === undefined) strangers++;
    else if (place <= last) outOfOrder++;
    else {
      const before = placed.at(-1)?.message.timestampMs;
      const skipped = before === undefined ? -1 : place - last - 1;
      placed.push({ message, skipped, sinceMs: message.timestampMs - (before ?? message.timestampMs) });
      last = place;
    }
  }
  return { placed, strangers, outOfOrder };
}

/** Picture or sound, no header. */
export function isMedia(message: TrailMessage): boolean {
  return isPicture(message) || message.kind === 'sound';
}

/** Whether others build on it or not. */
function isPicture({ kind }: TrailMessage): boolean {
  return kind === 'keyframe' || kind === 'frame';
}
