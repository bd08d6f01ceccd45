/**
 * How far apart sound and picture stand in a recording, against the clip that was published.
 * @module
 */
import { CLIP_SECONDS } from './clip.ts';
import type { RecordedPacket } from './recording.ts';

const CLIP_MS = CLIP_SECONDS * 1000;

/** Sound and picture, by their packets. */
export type Tracks = { readonly video: readonly RecordedPacket[]; readonly audio: readonly RecordedPacket[] };

/**
 * Sound minus picture at each recorded picture of the clip, ms, beyond what they are apart in the clip itself. Packets
 * that are not of the clip, such as silence, are left out, and keyframes.
 */
export function avOffsets(
  clip: Tracks,
  recorded: Tracks,
): readonly { readonly atMs: number; readonly offsetMs: number }[] {
  const sounds = shiftsOf(clip.audio, recorded.audio);
  // A keyframe may also be one that is repeated while the encoder is gone.
  const pictures = recorded.video.filter(({ keyframe }) => !keyframe);
  return shiftsOf(clip.video, pictures).flatMap(({ atMs, shiftMs }) => {
    const near = sounds.reduce<Shift | undefined>(
      (best, sound) =>
        best === undefined || Math.abs(sound.atMs - atMs) < Math.abs(best.atMs - atMs) ? sound : best,
      undefined,
    );
    return near === undefined || Math.abs(near.atMs - atMs) > 500
      ? []
      : [{ atMs, offsetMs: withinClip(near.shiftMs - shiftMs) }];
  });
}

/** A recorded packet: when it stands in the recording, and how far that is from its place in the clip, ms. */
export type Shift = { readonly atMs: number; readonly shiftMs: number };

/** The recorded packets that are of the clip, in their order. A packet that occurs twice in the clip tells no place. */
export function shiftsOf(
  clip: readonly RecordedPacket[],
  recorded: readonly RecordedPacket[],
): readonly Shift[] {
  const counts = new Map<string, number>();
  for (const { hash } of clip) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  const places = new Map(
    clip.filter(({ hash }) => counts.get(hash) === 1).map(({ hash, dtsMs }) => [hash, dtsMs]),
  );
  return recorded.flatMap(({ hash, dtsMs }) => {
    const place = places.get(hash);
    return place === undefined ? [] : [{ atMs: dtsMs, shiftMs: dtsMs - place }];
  });
}

/** The clip is played over and over: a whole length of it is no offset. */
export function withinClip(ms: number): number {
  const rest = ((ms % CLIP_MS) + CLIP_MS) % CLIP_MS;
  return rest > CLIP_MS / 2 ? rest - CLIP_MS : rest;
}
