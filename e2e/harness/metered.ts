/**
 * Makes a stream for the meters and feeds it to one in virtual time: no network, no clock.
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { classifyMedia } from '../../src-main/flv/classify.ts';
import { flvFileHeader, flvTag, FlvTagReader } from '../../src-main/flv/flv-tags.ts';
import { StreamMeter } from '../../src-main/health/stream-meter.ts';
import type { HealthReport } from '../../src-shared/model/health.ts';
import { startFfmpeg8 } from './encoders.ts';
import type { MeterStream, SentTag } from './meter-stream.ts';
import { probe, type Probed } from './probe-figures.ts';
import type { Stage } from './stage.ts';
import { tool } from './tools.ts';

const SAMPLE_MS = 1_000;

/** What came of a stream. */
export type Metered = {
  /** One for each second. */
  readonly reports: readonly HealthReport[];
  /** Of the file that was fed: but of Matroska where FFmpeg 5 cannot read the FLV. */
  readonly probed: Probed;
  /** Whether frames come evenly, as the file's metadata says: ffprobe takes an FLV's average rate from there. */
  readonly isEven: boolean;
  /** When the last report was made, ms. */
  readonly endMs: number;
  /** When each packet that ffprobe lists came, ms, in the file's order. */
  readonly arrivals: { readonly video: readonly number[]; readonly audio: readonly number[] };
};

/** Makes the stream, feeds it, and asks ffprobe. */
export async function meter(stage: Stage, stream: MeterStream): Promise<Metered> {
  const made = join(stage.dir, stream.isEnhanced === true ? 'made.mkv' : 'made.flv');
  const quiet = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'];
  const child = await stage.run('ffmpeg', tool('ffmpeg'), [...quiet, ...stream.args, made]);
  if (child.exit?.code !== 0) throw new Error(`ffmpeg could not make it:\n${child.tail()}`);
  let file = made;
  if (stream.isEnhanced === true) {
    file = join(stage.dir, 'made.flv');
    await startFfmpeg8(stage, { inputs: [made], outputs: [file] }, 'ffmpeg8').ends(60_000);
  }
  const asMade = readTags(file).map((tag): SentTag => ({ ...tag, arrivalMs: tag.timestampMs }));
  const tags = (stream.edit ?? ((same) => same))(asMade);
  const fed = join(stage.dir, 'fed.flv');
  writeFileSync(fed, Buffer.concat([flvFileHeader(), ...tags.map(asTag)]));
  const probed = await probe(stage, stream.isEnhanced === true ? made : fed);
  const isEven = stream.edit === undefined && stream.isVariable !== true;
  return {
    ...feed(tags),
    probed,
    isEven,
    arrivals: { video: arrivalsOf(tags, 9), audio: arrivalsOf(tags, 8) },
  };
}

function readTags(file: string): SentTag[] {
  const reader = new FlvTagReader();
  reader.push(readFileSync(file));
  const tags: SentTag[] = [];
  for (let tag = reader.next(); tag !== undefined; tag = reader.next()) tags.push({ ...tag, arrivalMs: 0 });
  return tags;
}

function asTag({ typeId, timestampMs, payload }: SentTag): Uint8Array {
  return flvTag(typeId, timestampMs, payload);
}

function arrivalsOf(tags: readonly SentTag[], typeId: number): number[] {
  return tags
    .filter((tag) => tag.typeId === typeId)
    .filter(({ payload }) => ['keyframe', 'inter', 'audio'].includes(classifyMedia(typeId, payload).role))
    .map(({ arrivalMs }) => arrivalMs);
}

/** One report for each whole second. */
function feed(tags: readonly SentTag[]): Pick<Metered, 'reports' | 'endMs'> {
  const streamMeter = new StreamMeter(0);
  const reports: HealthReport[] = [];
  let nextMs = SAMPLE_MS;
  for (const { typeId, timestampMs, payload, arrivalMs } of tags.toSorted(
    (a, b) => a.arrivalMs - b.arrivalMs,
  )) {
    for (; arrivalMs >= nextMs; nextMs += SAMPLE_MS) reports.push(streamMeter.sample(nextMs));
    streamMeter.take({ typeId, timestamp: timestampMs, payload }, classifyMedia(typeId, payload), arrivalMs);
  }
  return { reports, endMs: nextMs - SAMPLE_MS };
}
