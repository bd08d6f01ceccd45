/**
 * What is in a recording: packets with their hashes, and whether it decodes.
 * @module
 */
import { tool } from './tools.ts';
import type { Stage } from './stage.ts';

/** One packet of a recording. */
export type RecordedPacket = {
  /** Decoding time, ms. */
  readonly dtsMs: number;
  readonly keyframe: boolean;
  /** Of the payload, so that two recordings of one stream can be compared. */
  readonly hash: string;
};

/** Packets of the first video or audio track, in the order of the file. */
export async function packetsOf(
  stage: Stage,
  file: string,
  track: 'v' | 'a' = 'v',
): Promise<readonly RecordedPacket[]> {
  const entries = [
    '-show_packets',
    '-show_data_hash',
    'MD5',
    '-show_entries',
    'packet=dts_time,flags,data_hash',
  ];
  const args = ['-v', 'error', '-select_streams', `${track}:0`, ...entries, '-of', 'json=compact=1', file];
  const child = await stage.run('ffprobe', tool('ffprobe'), args);
  const { packets } = JSON.parse(child.stdout) as { packets: readonly ProbedPacket[] };
  return packets.map(({ dts_time: dts, flags, data_hash: hash }) => {
    return { dtsMs: Math.round(Number(dts) * 1000), keyframe: flags.includes('K'), hash };
  });
}

type ProbedPacket = { readonly dts_time: string; readonly flags: string; readonly data_hash: string };

/**
 * What FFmpeg complains of when it decodes all of a recording; empty when it is whole. Pictures keep their times:
 * rounded to FFmpeg's guess of the frame rate, two of them fall on one time where a gap is half a frame off.
 */
export async function decodeErrors(stage: Stage, file: string): Promise<string> {
  const input = ['-hide_banner', '-nostdin', '-v', 'error', '-xerror', '-i', file];
  const args = [...input, '-enc_time_base', '-1', '-f', 'null', '-'];
  const child = await stage.run('ffmpeg-decode', tool('ffmpeg'), args, 120_000);
  return child.exit?.code === 0
    ? child.stderr.trim()
    : `exit ${child.exit?.code ?? 'by signal'}: ${child.stderr.trim()}`;
}

/** How a recording stands to what was sent. */
export type Comparison = {
  /** Where in what was sent the recording begins. */
  readonly firstSent: number;
  readonly recorded: number;
  /** Packets that were sent after its first one, and are not in it, or not in their place. */
  readonly lost: number;
  /** Packets sent after the recording's last one. */
  readonly notReached: number;
};

/**
 * Lays a recording along what was sent. The clip repeats, so the place is found by time as well as by hash: the
 * one among the equal runs that `near` points to.
 *
 * @param near Index in `sent` around which the recording should begin.
 */
export function compare(
  sent: readonly RecordedPacket[],
  recorded: readonly RecordedPacket[],
  near: number,
): Comparison {
  const first = recorded[0];
  if (first === undefined) return { firstSent: -1, recorded: 0, lost: sent.length, notReached: sent.length };
  let firstSent = -1;
  sent.forEach((packet, index) => {
    if (packet.hash !== first.hash) return;
    if (firstSent < 0 || Math.abs(index - near) < Math.abs(firstSent - near)) firstSent = index;
  });
  if (firstSent < 0) return { firstSent, recorded: recorded.length, lost: recorded.length, notReached: 0 };
  let at = firstSent;
  let lost = 0;
  for (const packet of recorded) {
    const found = sent.findIndex((other, index) => index >= at && other.hash === packet.hash);
    lost += found < 0 ? 1 : found - at;
    at = found < 0 ? at : found + 1;
  }
  return { firstSent, recorded: recorded.length, lost, notReached: sent.length - at };
}

/** The largest step from one decoding time to the next, ms; negative when time ever stands still or goes back. */
export function largestStepMs(packets: readonly RecordedPacket[]): number {
  let largest = 0;
  for (let i = 1; i < packets.length; i++) {
    const step = (packets[i]?.dtsMs ?? 0) - (packets[i - 1]?.dtsMs ?? 0);
    if (step <= 0) return -1;
    largest = Math.max(largest, step);
  }
  return largest;
}
