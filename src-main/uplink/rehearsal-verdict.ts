/**
 * What a rehearsal says of the line, in one word and in sentences.
 * @module
 */
import type { Rehearsal, RehearsalRow } from '../../src-shared/model/rehearsal.ts';
import { listed, mbit, seconds } from './words.ts';

/** Share of the wanted bitrate from which a target got all: the meters of both ends stray by a percent or two. */
const WHOLE_SHARE = 0.98;
/** From this share on, a lower bitrate is advice; below it a show would break up. */
const TIGHT_SHARE = 0.9;
/** Media that waited longer is a line at its limit, ms. */
const QUEUE_MS = 1_000;
/** What of a measured line is to be planned with: lines sag, and half a minute does not show it. */
const PLANNED_SHARE = 0.8;
/** OBS's own audio bitrate, 1000 bit/s, for when the stream's is not known. */
const USUAL_SOUND_KBPS = 160;
/** Bitrates are advised in whole steps of this, 1000 bit/s, rounded down. */
const ADVISED_STEP_KBPS = 100;
/** No picture worth showing fits into less, 1000 bit/s. */
const LEAST_VIDEO_KBPS = 300;

/** A finished rehearsal's verdict, as in `Rehearsal.verdict`. */
export type RehearsalVerdict = NonNullable<Rehearsal['verdict']>;

/**
 * Judges by the rows that went to platforms; rows on this computer never met the line.
 * @param wantedKbps The stream's bitrate, picture and sound, 1000 bit/s; 0: not known.
 * @param soundKbps Of its sound alone.
 */
export function rehearsalVerdict(
  rows: readonly RehearsalRow[],
  wantedKbps: number,
  soundKbps: number = USUAL_SOUND_KBPS,
): RehearsalVerdict {
  const platforms = rows.filter(({ way }) => way === 'platform');
  const sent = platforms.filter(({ state, bytesSent }) => state !== 'failed' && bytesSent > 0);
  if (sent.length === 0) return { word: 'unknown', message: nothingSentWords(rows, platforms) };
  if (!(wantedKbps > 0))
    return {
      word: 'unknown',
      message: `The encoder's bitrate is not known, so it cannot be said whether ${mbit(sumOf(sent))} Mbit/s were all of it. Rehearse again while the encoder sends.`,
    };
  const missing = platforms.filter((row) => !sent.includes(row)).map(({ name }) => name);
  const without =
    missing.length === 0
      ? ''
      : ` ${listed(missing)} took no stream and ${missing.length === 1 ? 'is' : 'are'} not part of this: see there.`;
  const share = Math.min(...sent.map((row) => row.kbps / offeredTo(row, wantedKbps)));
  const isEven = sent.every(
    ({ worstQueueMs, droppedFrames }) => worstQueueMs < QUEUE_MS && droppedFrames === 0,
  );
  const load = { sent, count: platforms.length, wantedKbps, soundKbps };
  if (share < TIGHT_SHARE) return { word: 'too-slow', message: `${tooSlowWords(load)}${without}` };
  if (share < WHOLE_SHARE || !isEven) return { word: 'tight', message: `${tightWords(load)}${without}` };
  const carried = `Your line carried ${targets(sent.length)} at ${mbit(wantedKbps)} Mbit/s each, ${mbit(sumOf(sent))} in sum, without a pause`;
  return missing.length === 0
    ? { word: 'good', message: `${carried}. Leave the rest of the line free while you are live.` }
    : { word: 'unknown', message: `${carried}. Whether it carries all is not known.${without}` };
}

type Load = {
  readonly sent: readonly RehearsalRow[];
  /** Targets that are to go to platforms in the show. */
  readonly count: number;
  readonly wantedKbps: number;
  readonly soundKbps: number;
};

function tightWords(load: Load): string {
  const { sent, wantedKbps } = load;
  const worst = sent.reduce((a, b) => (b.kbps < a.kbps ? b : a));
  const offered = offeredTo(worst, wantedKbps);
  const queueMs = Math.max(...sent.map(({ worstQueueMs }) => worstQueueMs));
  const drops = sent.reduce((sum, { droppedFrames }) => sum + droppedFrames, 0);
  const signs = [
    ...(worst.kbps < offered * WHOLE_SHARE
      ? [`${worst.name} got ${mbit(worst.kbps)} of ${mbit(offered)} Mbit/s`]
      : []),
    ...(queueMs >= QUEUE_MS ? [`up to ${seconds(queueMs)} of the stream waited`] : []),
    ...(drops > 0 ? [`${drops} ${drops === 1 ? 'frame was' : 'frames were'} dropped`] : []),
  ];
  return `It just fits: ${listed(signs)}. ${videoAdvice(load)}`;
}

function tooSlowWords(load: Load): string {
  const { sent, count, wantedKbps } = load;
  const sum = sumOf(sent);
  const fitting = Math.floor((sum * PLANNED_SHARE) / wantedKbps);
  const atThisBitrate =
    fitting === 0
      ? 'With a reserve of 20 % that is not enough for even one target at this bitrate'
      : `With a reserve of 20 % that is enough for ${targets(Math.min(fitting, count))} at this bitrate`;
  return `${targets(sent.length)} at ${mbit(wantedKbps)} Mbit/s each need ${mbit(wantedKbps * sent.length)} Mbit/s; ${mbit(sum)} got through. ${atThisBitrate}. ${videoAdvice(load)}`;
}

function videoAdvice({ sent, count, wantedKbps, soundKbps }: Load): string {
  const eachKbps = Math.min(wantedKbps, (sumOf(sent) * PLANNED_SHARE) / count) - soundKbps;
  const videoKbps = Math.floor(eachKbps / ADVISED_STEP_KBPS) * ADVISED_STEP_KBPS;
  return videoKbps < LEAST_VIDEO_KBPS
    ? `No video bitrate fits ${targets(count)}: switch some off, or use a faster line.`
    : `For ${targets(count)} with a reserve of 20 %, set the video bitrate in the encoder to ${videoKbps} kbit/s${count > 1 ? ', or switch off a target' : ''}.`;
}

function nothingSentWords(rows: readonly RehearsalRow[], platforms: readonly RehearsalRow[]): string {
  if (rows.length === 0) return 'No target was rehearsed.';
  if (platforms.length > 0)
    return `Nothing got through to ${listed(platforms.map(({ name }) => name))}, so the line was not measured: see there what went wrong, and rehearse again.`;
  return 'All targets were rehearsed on this computer: that proves the encoder and the form of the keys, not your line. Twitch takes a bandwidth test that nobody sees; a rehearsal with it measures the line.';
}

/** An encoder's bitrate swings: what counts is what it sent while this row was measured. */
function offeredTo({ offeredKbps }: RehearsalRow, wantedKbps: number): number {
  return offeredKbps > 0 ? offeredKbps : wantedKbps;
}

function sumOf(rows: readonly RehearsalRow[]): number {
  return rows.reduce((sum, { kbps }) => sum + kbps, 0);
}

function targets(count: number): string {
  return count === 1 ? '1 target' : `${count} targets`;
}
