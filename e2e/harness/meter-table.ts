/**
 * Holds what the meters say against ffprobe and against how a stream was made.
 * @module
 */
import type { HealthReport } from '../../src-shared/model/health.ts';
import type { KnownFigures } from './meter-stream.ts';
import type { Metered } from './metered.ts';
import type { Probed, ProbedStream } from './probe-figures.ts';

type Value = string | number | boolean | null | undefined;

/** One figure from up to three sides; undefined: that side does not tell. */
export type Figure = {
  readonly name:
    | keyof KnownFigures
    | 'level'
    | 'averageFps'
    | 'videoKbps'
    | 'audioKbps'
    | 'peakKbps'
    | 'timestampJitterMs';
  readonly ours: Value;
  readonly probed: Value;
  readonly known: Value;
  /** How far numbers may be apart. */
  readonly tolerance: number;
};

/** A gap, as the meters define it, ms. */
const GAP_MS = 500;
const WINDOW_MS = 10_000;

/** All figures of a stream, from its last report. */
export function figuresOf(
  { reports, probed, isEven, endMs, arrivals }: Metered,
  known: KnownFigures,
): readonly Figure[] {
  const report = reports.at(-1);
  if (report === undefined) throw new Error('the stream was shorter than a second');
  const { video, audio } = probed;
  const figure = (name: Figure['name'], ours: Value, fromProbe: Value, tolerance = 0): Figure => ({
    ...{ name, ours, probed: fromProbe, tolerance },
    known: name in known ? known[name as keyof KnownFigures] : undefined,
  });
  return [
    ...(video === undefined || !isEven ? [] : [averageFps(figure, report, video)]),
    ...(video === undefined ? [] : videoFigures(figure, { report, video, endMs, arrivals: arrivals.video })),
    ...(audio === undefined ? [] : audioFigures(figure, { report, audio, endMs, arrivals: arrivals.audio })),
    ...timeFigures(figure, report, probed),
  ];
}

type Make = (name: Figure['name'], ours: Value, fromProbe: Value, tolerance?: number) => Figure;
type Side = { readonly report: HealthReport; readonly endMs: number; readonly arrivals: readonly number[] };

/** Ours is counted over five seconds, ffprobe's over the whole file: a frame more or less is 2 % at most. */
function averageFps(figure: Make, { video: ours }: HealthReport, { avgFrameRate }: ProbedStream): Figure {
  return figure('averageFps', ours?.fps, avgFrameRate, avgFrameRate * 0.02);
}

function videoFigures(
  figure: Make,
  { report, video, endMs, arrivals }: Side & { readonly video: ProbedStream },
): readonly Figure[] {
  const { video: ours, meters } = report;
  const gop = gopOf(video, arrivals, endMs);
  const kbps = kbpsOf(video, arrivals, endMs);
  const isH264 = video.codec === 'H.264';
  return [
    figure('codec', ours?.codec, video.codec),
    figure('profile', ours?.profile, video.profile),
    figure('level', ours?.level, video.level ?? undefined),
    figure('size', `${ours?.width ?? 0}x${ours?.height ?? 0}`, video.size),
    // Over five seconds a frame more or less is 0.2; the last second may begin or end in mid-step.
    figure('fps', ours?.fps, inWindow(arrivals, endMs, 5_000) / 5, 0.3),
    figure('reorderFrames', ours?.reorderFrames, video.codec === 'AV1' ? undefined : video.hasBFrames),
    figure('cabac', ours?.cabac, isH264 ? undefined : null),
    figure('interlaced', ours?.interlaced, !['progressive', 'unknown', ''].includes(video.fieldOrder)),
    figure('chroma', ours?.chroma, chromaOf(video.pixFmt)),
    figure('bitDepth', ours?.bitDepth, /p10/.test(video.pixFmt) ? 10 : 8),
    figure('keyframeIntervalSec', meters.keyframeIntervalSec, gop.meanSec, 0.02),
    figure('keyframeSpreadSec', meters.keyframeSpreadSec, gop.spreadSec, 0.02),
    figure('gopFrames', meters.gopFrames, gop.frames),
    // Ours count the message, with its header of 5 to 8 bytes; ffprobe's the frame.
    figure('videoKbps', meters.video?.kbps10s, kbps.mean, tolerance(kbps.mean, kbps.perSec)),
    figure('peakKbps', meters.video?.kbpsPeak, kbps.peak, tolerance(kbps.peak, kbps.perSec)),
  ];
}

function audioFigures(
  figure: Make,
  { report, audio, endMs, arrivals }: Side & { readonly audio: ProbedStream },
): readonly Figure[] {
  const kbps = kbpsOf(audio, arrivals, endMs);
  return [
    figure('audioCodec', report.audio?.codec, audio.codec),
    figure('audioProfile', report.audio?.profile, audio.codec === 'AAC' ? audio.profile : null),
    figure('sampleRate', report.audio?.sampleRate, audio.sampleRate),
    figure('channels', report.audio?.channels, audio.channels),
    figure('audioKbps', report.meters.audio?.kbps10s, kbps.mean, tolerance(kbps.mean, kbps.perSec)),
  ];
}

/** What packets' times tell; the rest is known from how the stream was made. */
function timeFigures(figure: Make, { meters, avOffsetMs }: HealthReport, probed: Probed): readonly Figure[] {
  const both = [probed.video, probed.audio].map((stream) => stepsOf(stream));
  const hasTimes = [probed.video, probed.audio].every((stream) => stream?.hasTimes !== false);
  const count = (is: (step: number) => boolean): number | undefined =>
    hasTimes ? both.flat().filter(is).length : undefined;
  return [
    figure('droppedFrames', meters.droppedFrames, undefined),
    figure('duplicateFrames', meters.duplicateFrames, (both[0] ?? []).filter((step) => step === 0).length),
    figure(
      'gaps',
      meters.gaps,
      count((step) => step > GAP_MS),
    ),
    figure(
      'backwardJumps',
      meters.backwardJumps,
      count((step) => step < 0),
    ),
    // As they come, one of both is always up to a frame ahead.
    figure('avOffsetMs', avOffsetMs, undefined, 45),
    figure('avDriftMsPerMin', meters.avDriftMsPerMin, driftOf(probed), 3),
    figure('behindMs', meters.behindMs, undefined, 250),
  ];
}

function stepsOf(stream: ProbedStream | undefined): number[] {
  const times = (stream?.packets ?? []).map(({ dtsMs }) => dtsMs);
  return times.slice(1).map((time, at) => time - (times[at] ?? 0));
}

function inWindow(arrivals: readonly number[], endMs: number, windowMs: number): number {
  return arrivals.filter((at) => at >= endMs - windowMs && at < endMs).length;
}

/** Keyframes up to the last report, gaps left out as in the meters. */
function gopOf(
  { packets }: ProbedStream,
  arrivals: readonly number[],
  endMs: number,
): { readonly meanSec: number | null; readonly spreadSec: number | null; readonly frames: number | null } {
  const keys = packets.flatMap(({ isKey }, at) => (isKey && (arrivals[at] ?? 0) < endMs ? [at] : []));
  const intervals = keys.slice(1).flatMap((at, n) => {
    const span = packets.slice(keys[n], at + 1).map(({ dtsMs }) => dtsMs);
    const isWhole = span.every((time, k) => k === 0 || isPlain(time - (span[k - 1] ?? 0)));
    return isWhole ? [((span.at(-1) ?? 0) - (span[0] ?? 0)) / 1000] : [];
  });
  const last = intervals.slice(-10);
  if (last.length === 0) return { meanSec: null, spreadSec: null, frames: null };
  return {
    meanSec: last.reduce((sum, one) => sum + one, 0) / last.length,
    spreadSec: Math.max(...last) - Math.min(...last),
    frames: (keys.at(-1) ?? 0) - (keys.at(-2) ?? 0),
  };
}

function isPlain(step: number): boolean {
  return step >= 0 && step <= GAP_MS;
}

function kbpsOf(
  { packets }: ProbedStream,
  arrivals: readonly number[],
  endMs: number,
): { readonly mean: number; readonly peak: number; readonly perSec: number } {
  const spanMs = Math.min(WINDOW_MS, endMs);
  const inSpan = packets.filter((_, at) => isIn(arrivals[at], endMs - spanMs, endMs));
  const seconds = Array.from({ length: endMs / 1000 }, (_, n) =>
    packets.filter((_, at) => isIn(arrivals[at], n * 1000, (n + 1) * 1000)),
  );
  const bytes = (some: ProbedStream['packets']): number => some.reduce((sum, one) => sum + one.bytes, 0);
  return {
    mean: (bytes(inSpan) * 8) / spanMs,
    peak: Math.max(...seconds.map((some) => bytes(some) * 8)) / 1000,
    perSec: (inSpan.length * 1000) / spanMs,
  };
}

function isIn(at: number | undefined, from: number, to: number): boolean {
  return at !== undefined && at >= from && at < to;
}

/** 1 % and the headers; x264 puts its settings, 700 bytes, before its first frame. */
function tolerance(kbps: number, messagesPerSec: number): number {
  return kbps * 0.01 + (messagesPerSec * 8 * 8) / 1000 + 6;
}

/** By its samples AAC knows how long it is; its timestamps say otherwise where it drifts. */
function driftOf({ audio, video }: Probed): number | undefined {
  const first = audio?.packets[0];
  const last = audio?.packets.at(-1);
  if (video === undefined || audio?.codec !== 'AAC' || first === undefined || last === undefined)
    return undefined;
  const spanMs = last.dtsMs - first.dtsMs;
  const samplesMs = ((audio.packets.length - 1) * 1024 * 1000) / audio.sampleRate;
  if (stepsOf(audio).some((step) => !isPlain(step))) return undefined;
  return spanMs < 30_000 ? undefined : (spanMs / samplesMs - 1) * 60_000;
}

function chromaOf(pixFmt: string): string | undefined {
  const [, y, u, v] = /^yuvj?(4)(\d)(\d)/.exec(pixFmt) ?? [];
  return y === undefined || u === undefined || v === undefined ? undefined : `${y}:${u}:${v}`;
}
