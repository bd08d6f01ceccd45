/**
 * What the judge of the line says: the figures, whose fault it is, what to do.
 * @module
 */
import type { EncoderFigures } from './encoder-watch.ts';
import type { TargetFigures } from './target-watch.ts';
import { listed, mbit, seconds } from './words.ts';

/** Below these a figure is as usual and says nothing. */
const TOLD_QUEUE_MS = 200;
const TOLD_ROUND_TRIP_MS = 300;
const TOLD_BYTES = 100_000;
const TOLD_JITTER_MS = 50;

/** Most targets lag, or all: the line. `spared`: names of targets that get less already. */
export function yourLineWords(lagging: readonly TargetFigures[], spared: readonly string[]): string {
  const names = listed(lagging.map(({ name }) => name));
  const what = lagging.length === 1 ? `${names} lags` : `${names} lag at the same time`;
  const although = spared.length === 0 ? '' : `, although ${listed(spared)} ${gets(spared)} less already`;
  return `Your line is too slow: ${what}${although}. ${figures(lagging)} Stop other uploads on this line, lower the video bitrate in the encoder, or switch off a target.`;
}

/** One target or a minority lags while the rest is fine. */
export function platformWords(lagging: readonly TargetFigures[], fine: readonly string[]): string {
  const names = listed(lagging.map(({ name }) => name));
  const takes = lagging.length === 1 ? 'takes' : 'take';
  const others =
    fine.length === 0
      ? 'Other targets were fine at the same time'
      : `${listed(fine)} ${fine.length === 1 ? 'is' : 'are'} fine`;
  return `${names} ${takes} the stream too slowly. ${figures(lagging)} ${others}, so the fault is at ${names} or on the way there, not in your line. Choose another server of ${names} near you, or lower the video bitrate if this goes on.`;
}

/** The only live target lags: nothing to compare it with. */
export function eitherWords(lagging: TargetFigures): string {
  return `Either this computer's upload or ${lagging.name} is too slow; with one live target the two cannot be told apart. ${figures([lagging])} Stop other uploads on this line or lower the video bitrate in the encoder; a rehearsal with a second target shows which of the two it is.`;
}

/** An encoder's stream comes in with gaps. `areTargetsLive`: their empty queues are known. */
export function encoderWords(encoder: EncoderFigures, areTargetsLive: boolean): string {
  const { name, gapMs, jitterMs, kbps, videoFps } = encoder;
  const jitter = `frames up to ${Math.round(jitterMs / 10) * 10} ms off their time`;
  const uneven = [
    ...(gapMs > TOLD_QUEUE_MS ? [`gaps of up to ${seconds(gapMs)}`] : []),
    ...(jitterMs > TOLD_JITTER_MS ? [jitter] : []),
  ];
  const fps = videoFps === null ? '' : ` and ${Math.round(videoFps)} frames per second`;
  const proof = areTargetsLive ? 'Nothing waits for the targets: the' : 'The';
  return `The encoder's stream on ${name} comes in unevenly: ${listed(uneven)}, at ${mbit(kbps)} Mbit/s${fps}. ${proof} fault is in the encoder (overloaded, see OBS → View → Stats) or the line between it and this computer.`;
}

/** The worst of several targets; bitrates in sum. */
function figures(lines: readonly TargetFigures[]): string {
  const worst = (of: (line: TargetFigures) => number): number => Math.max(0, ...lines.map(of));
  const total = (of: (line: TargetFigures) => number): number =>
    lines.reduce((sum, line) => sum + of(line), 0);
  const wantedKbps = total((line) => line.wantedKbps);
  const sent = mbit(total((line) => line.kbps));
  const queueMs = worst((line) => line.queueMs);
  const drops = total((line) => line.droppedFrames);
  const roundTripMs = worst((line) => line.roundTripMs ?? 0);
  const unacknowledged = worst((line) => (line.isAcknowledging ? line.waitingBytes : 0));
  const untaken = worst((line) => (line.isAcknowledging ? 0 : line.waitingBytes));
  const parts = [
    wantedKbps > 0 ? `${sent} of ${mbit(wantedKbps)} Mbit/s get through` : `${sent} Mbit/s get through`,
    ...(queueMs >= TOLD_QUEUE_MS ? [`${seconds(queueMs)} of the stream wait`] : []),
    ...(drops > 0 ? [`${drops} ${drops === 1 ? 'frame was' : 'frames were'} dropped in 10 s`] : []),
    ...(roundTripMs >= TOLD_ROUND_TRIP_MS
      ? [`the way there and back takes ${Math.round(roundTripMs / 10) * 10} ms`]
      : []),
    ...(unacknowledged >= TOLD_BYTES ? [`${hundredKb(unacknowledged)} kB are not acknowledged`] : []),
    ...(untaken >= TOLD_BYTES ? [`${hundredKb(untaken)} kB wait in this computer's network`] : []),
  ];
  return `${listed(parts)}.`;
}

function hundredKb(bytes: number): number {
  return Math.round(bytes / 100_000) * 100;
}

function gets(names: readonly string[]): string {
  return names.length === 1 ? 'gets' : 'get';
}
