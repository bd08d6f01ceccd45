/**
 * Which minute was the worst one, and why.
 * @module
 */
import type { KeptMinute, KeptOutage } from './history-batch.ts';

const MINUTE_MS = 60_000;

/** Less than this lost in a minute is no worse than any other, in seconds of watching. */
const WORTH_TELLING_S = 0.5;

/** Frames of one second, where the rate is not known: dropped frames are weighed as seconds of picture. */
const USUAL_FPS = 30;

/** A queue this long is a lag that the line's judge calls one too, ms. */
const LAG_MS = 1_000;

/** Frames that come this unevenly are seen as stutter, ms. */
const UNEVEN_MS = 100;

/** Below this share of the usual bitrate, the picture is visibly worse. */
const LOW_SHARE = 0.7;

/** Minutes shorter than this say nothing about a bitrate, ms. */
const RATED_ENOUGH_MS = 10_000;

/** Whose minutes they are: the words differ. */
export type MinuteOwner = 'encoder' | 'target';

/** One thing that was wrong in a minute. `lostS` weighs it: about as bad as that many seconds without a picture. */
type Fault = { readonly lostS: number; readonly words: string };

/** The worst minute with its causes, the gravest first; null when none was worth telling. */
export function worstMinute(
  owner: MinuteOwner,
  kept: { readonly minutes: readonly KeptMinute[]; readonly outages: readonly KeptOutage[] },
): { readonly at: string; readonly cause: string } | null {
  const usualKbps = median(kept.minutes.filter((row) => row.ratedMs >= RATED_ENOUGH_MS).map(rate));
  let worst: { readonly lostS: number; readonly at: number; readonly cause: string } | undefined;
  for (const minute of kept.minutes) {
    const faults = faultsOf(owner, minute, { usualKbps, outages: kept.outages });
    const lostS = faults.reduce((sum, fault) => sum + fault.lostS, 0);
    if (lostS < WORTH_TELLING_S || lostS <= (worst?.lostS ?? 0)) continue;
    const words = faults.toSorted((a, b) => b.lostS - a.lostS).map((fault) => fault.words);
    worst = { lostS, at: minute.at, cause: words.join(' ') };
  }
  return worst === undefined ? null : { at: new Date(worst.at).toISOString(), cause: worst.cause };
}

function faultsOf(
  owner: MinuteOwner,
  minute: KeptMinute,
  { usualKbps, outages }: { readonly usualKbps: number; readonly outages: readonly KeptOutage[] },
): readonly Fault[] {
  const { droppedFrames, queueMs, jitterMs, fps } = minute;
  const faults: (Fault | undefined)[] = [outageFault(owner, minute, outages), lowFault(minute, usualKbps)];
  if (droppedFrames > 0) {
    const why =
      owner === 'encoder'
        ? 'its computer was too busy, or its line to this computer too slow.'
        : 'the platform or the line to it did not take them fast enough.';
    const frames = droppedFrames === 1 ? '1 video frame was' : `${droppedFrames} video frames were`;
    faults.push({ lostS: droppedFrames / Math.max(1, fps ?? USUAL_FPS), words: `${frames} dropped: ${why}` });
  }
  if (queueMs !== null && queueMs > LAG_MS) {
    const words = `Up to ${(queueMs / 1000).toFixed(1)} s of the show waited in its queue: the platform or the line to it was too slow.`;
    faults.push({ lostS: queueMs / 1000 / 2, words });
  }
  if (jitterMs !== null && jitterMs > UNEVEN_MS) {
    const words = `Frames came unevenly, up to ${Math.round(jitterMs)} ms off: its computer was too busy, or its line to this computer too slow.`;
    faults.push({ lostS: jitterMs / 1000, words });
  }
  return faults.filter((fault) => fault !== undefined);
}

function outageFault(
  owner: MinuteOwner,
  { at, liveMs, wantedMs }: KeptMinute,
  outages: readonly KeptOutage[],
): Fault | undefined {
  const lostS = (wantedMs - liveMs) / 1000;
  if (lostS < WORTH_TELLING_S) return undefined;
  const outage = outages.find((row) => row.at < at + MINUTE_MS && (row.endedAt ?? Infinity) > at);
  const what = owner === 'encoder' ? 'There was no picture of the encoder' : 'It was not live';
  const why = outage === undefined ? '.' : `: ${outage.cause}`;
  return { lostS, words: `${what} for ${Math.round(lostS)} s${why}` };
}

function lowFault(minute: KeptMinute, usualKbps: number): Fault | undefined {
  const kbps = rate(minute);
  if (minute.ratedMs < RATED_ENOUGH_MS || usualKbps === 0 || kbps >= usualKbps * LOW_SHARE) return undefined;
  const words = `The bitrate was ${Math.round(kbps)} kbit/s; ${Math.round(usualKbps)} was usual in this show.`;
  return { lostS: ((1 - kbps / usualKbps) * minute.ratedMs) / 1000 / 4, words };
}

const rate = ({ bits, ratedMs }: KeptMinute): number => (ratedMs === 0 ? 0 : bits / ratedMs);

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
