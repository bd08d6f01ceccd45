/**
 * What makes an encoder's stream strained or failing: one table. docs/health.md shows it to people.
 * @module
 */
import type { HealthReport } from '../../src-shared/model/health.ts';
import type { HealthFinding, Patience } from './health-word.ts';
import type { FrameTotals } from './recent-counts.ts';

/** What the rules look at, once a second. */
export type IngestFacts = Pick<HealthReport, 'video' | 'audio' | 'avOffsetMs' | 'jitterMs' | 'meters'> & {
  /** ms without video, without audio. */
  readonly silentVideoMs: number;
  readonly silentAudioMs: number;
  /** Highest frame rate over five seconds so far; 0: not known. */
  readonly bestFps: number;
  /** ms of stream time since the last keyframe; null: there was none. */
  readonly sinceKeyframeMs: number | null;
  /** Whole intervals between keyframes that the meters stand on, ten at most. */
  readonly keyframeIntervals: number;
  /** In the last second: gaps that the stream's usual steps do not explain, and steps back. */
  readonly newGaps: number;
  readonly newBackwardJumps: number;
  /** In the last `RECENT_SEC`; dropped frames within gaps are left out. */
  readonly recent: FrameTotals;
};

/** One reason: when it is found, and after how many seconds it comes and goes. */
export type IngestRule = Patience & {
  readonly code: string;
  readonly level: HealthFinding['level'];
  /** What is wrong and what to change; undefined: nothing. */
  readonly find: (facts: IngestFacts) => string | undefined;
};

/** Seconds over which dropped and duplicate frames are looked at. */
export const RECENT_SEC = 3;
/** Without video or sound for this long, viewers see a frozen picture or hear nothing, ms. */
const SILENT_MS = 3_000;
/** Keyframes further apart than this make viewers wait and break platforms' 2 s rule, s. */
const LONG_KEYFRAME_INTERVAL_SEC = 4.5;
/** From the shortest to the longest interval: more makes platforms' segments uneven, s; from so many intervals on. */
const KEYFRAME_SPREAD_SEC = 1.5;
const KEYFRAME_SPREAD_FROM = 4;
/** Without a keyframe for this long, and for so many usual intervals, no new viewer gets a picture, ms. */
const NO_KEYFRAME_MS = 12_000;
const NO_KEYFRAME_INTERVALS = 3;
/** Arrival may stray from the media clock by this on a good line, ms, mean over a second. */
const HIGH_JITTER_MS = 120;
/** Encoders begin to drop frames when about this much waits in front of their line, ms. */
const FAR_BEHIND_MS = 1_500;
/** Audio and video this far apart are seen by everyone, ms. */
const HIGH_AV_OFFSET_MS = 500;
/** At this drift an hour ends with lips visibly off, ms a minute. */
const HIGH_DRIFT_MS_PER_MIN = 40;
/** Share of its own best frame rate below which an encoder counts as overloaded. */
const LOW_FRAME_RATE_SHARE = 0.85;
/** Share and least number of frames of the last seconds that are dropped or sent twice. */
const BAD_FRAME_SHARE = 0.02;
const BAD_FRAMES = 3;

/** In the order in which they are told. */
export const INGEST_RULES: readonly IngestRule[] = [
  {
    ...{ code: 'video-stopped', level: 'failing', enter: 1, leave: 2 },
    find: ({ video, silentVideoMs }) =>
      video === null || silentVideoMs <= SILENT_MS
        ? undefined
        : `No video from the encoder for ${seconds(silentVideoMs)} s.`,
  },
  {
    ...{ code: 'sound-stopped', level: 'failing', enter: 1, leave: 2 },
    find: ({ audio, silentAudioMs }) =>
      audio === null || silentAudioMs <= SILENT_MS
        ? undefined
        : `No sound from the encoder for ${seconds(silentAudioMs)} s: many players stop without it. Check the audio track in the encoder's output settings.`,
  },
  {
    ...{ code: 'no-picture', level: 'strained', enter: 1, leave: 1 },
    find: ({ video }) => (video === null ? 'The encoder sends sound but no picture.' : undefined),
  },
  {
    ...{ code: 'no-sound', level: 'strained', enter: 1, leave: 1 },
    find: ({ audio }) => (audio === null ? 'The encoder sends a picture but no sound.' : undefined),
  },
  {
    ...{ code: 'frame-rate-low', level: 'strained', enter: 2, leave: 2 },
    find: ({ video, bestFps }) => {
      const fps = video?.fps ?? 0;
      if (video === null || bestFps === 0 || fps >= bestFps * LOW_FRAME_RATE_SHARE) return undefined;
      return `Frame rate is down to ${fps} of ${Math.round(bestFps)} frames per second: the encoder or its computer is overloaded, or its line is. In OBS, choose a faster preset or a hardware encoder, or a lower frame rate.`;
    },
  },
  {
    ...{ code: 'frames-dropped', level: 'strained', enter: 2, leave: 3 },
    find: ({ recent: { dropped, frames } }) =>
      isMany(dropped, frames + dropped)
        ? `${dropped} of ${frames + dropped} frames are missing in the last ${RECENT_SEC} s: the encoder leaves them out. In OBS, the Stats window says why: network (lower the bitrate), encoding (a faster preset), rendering (less work for the graphics card).`
        : undefined,
  },
  {
    ...{ code: 'frames-duplicate', level: 'strained', enter: 2, leave: 3 },
    find: ({ recent: { duplicates, frames } }) =>
      isMany(duplicates, frames)
        ? `${duplicates} frames in the last ${RECENT_SEC} s have the timestamp of another; players skip them. Set the encoder to a constant frame rate that is a common one: 30 or 60.`
        : undefined,
  },
  {
    ...{ code: 'keyframes-far', level: 'strained', enter: 3, leave: 3 },
    find: ({ video, meters }) => {
      const meanSec = meters.keyframeIntervalSec ?? 0;
      const isFar = Math.min(meanSec, video?.keyframeIntervalSec ?? 0) > LONG_KEYFRAME_INTERVAL_SEC;
      return isFar
        ? `Keyframes come every ${meanSec} s; platforms want 2 s. Set the keyframe interval in the encoder to 2 s (OBS: Settings, Output, Streaming).`
        : undefined;
    },
  },
  {
    ...{ code: 'keyframes-uneven', level: 'strained', enter: 3, leave: 3 },
    find: ({ meters, keyframeIntervals }) => {
      const spreadSec = meters.keyframeSpreadSec ?? 0;
      const isUneven = keyframeIntervals >= KEYFRAME_SPREAD_FROM && spreadSec > KEYFRAME_SPREAD_SEC;
      return isUneven
        ? `Keyframes come unevenly: their intervals differ by ${spreadSec} s. Set a fixed keyframe interval of 2 s, and switch scene change detection off (x264 option: scenecut=0).`
        : undefined;
    },
  },
  {
    ...{ code: 'keyframes-stopped', level: 'strained', enter: 1, leave: 1 },
    find: ({ meters, sinceKeyframeMs }) => {
      const usualMs = (meters.keyframeIntervalSec ?? 0) * 1000 * NO_KEYFRAME_INTERVALS;
      const sinceMs = sinceKeyframeMs ?? 0;
      return sinceMs > Math.max(NO_KEYFRAME_MS, usualMs)
        ? `No keyframe for ${seconds(sinceMs)} s: nobody who comes now gets a picture. Set the keyframe interval in the encoder to 2 s; 0 and "auto" are not enough, and intra refresh must be off.`
        : undefined;
    },
  },
  {
    ...{ code: 'arrival-uneven', level: 'strained', enter: 2, leave: 3 },
    find: ({ jitterMs }) =>
      jitterMs !== null && jitterMs > HIGH_JITTER_MS
        ? `Frames arrive unevenly (${jitterMs} ms from their clock): the line from the encoder is strained. Use a cable in place of Wi-Fi, or lower the bitrate.`
        : undefined,
  },
  {
    ...{ code: 'far-behind', level: 'strained', enter: 3, leave: 5 },
    find: ({ meters: { behindMs } }) =>
      behindMs !== null && behindMs > FAR_BEHIND_MS
        ? `The encoder is ${(behindMs / 1000).toFixed(1)} s behind live: its line carries less than it sends. Lower the bitrate in the encoder.`
        : undefined,
  },
  {
    ...{ code: 'timestamp-gap', level: 'strained', enter: 1, leave: 5 },
    find: ({ newGaps }) =>
      newGaps > 0
        ? 'The stream left a gap of over half a second: the encoder dropped frames, or its clock jumped. If it comes again, lower the bitrate in the encoder.'
        : undefined,
  },
  {
    ...{ code: 'timestamps-back', level: 'strained', enter: 1, leave: 5 },
    find: ({ newBackwardJumps }) =>
      newBackwardJumps > 0
        ? 'The timestamps of the encoder jumped back; some platforms end the stream for that. If it comes again, restart the encoder, and take media files that loop out of its scenes.'
        : undefined,
  },
  {
    ...{ code: 'av-apart', level: 'strained', enter: 3, leave: 3 },
    find: ({ avOffsetMs }) =>
      avOffsetMs !== null && Math.abs(avOffsetMs) > HIGH_AV_OFFSET_MS
        ? `Sound and picture are ${Math.abs(avOffsetMs)} ms apart as they come from the encoder. Check the sync offset of its audio sources (OBS: Advanced Audio Properties).`
        : undefined,
  },
  {
    ...{ code: 'av-drift', level: 'strained', enter: 10, leave: 10 },
    find: ({ meters: { avDriftMsPerMin } }) =>
      avDriftMsPerMin !== null && Math.abs(avDriftMsPerMin) > HIGH_DRIFT_MS_PER_MIN
        ? `Sound and picture drift apart by ${Math.abs(avDriftMsPerMin)} ms a minute. Set the audio device and the encoder to the same sample rate, 48 kHz.`
        : undefined,
  },
  {
    ...{ code: 'interlaced', level: 'strained', enter: 1, leave: 1 },
    find: ({ video }) =>
      video?.interlaced === true
        ? 'The picture is interlaced; platforms show it with combed edges. Set the encoder to progressive, and deinterlace the source (OBS: right-click it, Deinterlacing).'
        : undefined,
  },
];

const PATIENCE = new Map(INGEST_RULES.map((rule): [string, Patience] => [rule.code, rule]));

/** @throws {Error} A code that is not in the table: ours to mend. */
export function ingestPatience(code: string): Patience {
  const patience = PATIENCE.get(code);
  if (patience === undefined) throw new Error(`no rule has the code ${code}`);
  return patience;
}

/** What is wrong in this second. */
export function ingestFindings(facts: IngestFacts): readonly HealthFinding[] {
  return INGEST_RULES.flatMap(({ code, level, find }) => {
    const message = find(facts);
    return message === undefined ? [] : [{ code, level, message }];
  });
}

function isMany(count: number, of: number): boolean {
  return count >= BAD_FRAMES && count > of * BAD_FRAME_SHARE;
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
