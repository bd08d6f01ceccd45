/**
 * The first lines of a diagnosis, for people.
 * @module
 */
import type { Target } from '../../src-shared/model/target.ts';
import type { DiagnosisFacts } from './diagnosis-facts.ts';

/** Most targets that are named; a reader wants the first look here, and the rest below. */
const MAX_NAMED = 30;
const BYTES_PER_GB = 1e9;

/** The texts are as masked as the facts are. */
export function diagnosisSummary(facts: Omit<DiagnosisFacts, 'secrets' | 'homeDir'>): readonly string[] {
  const { versions, computer, uptimeSeconds, ffmpeg, listening, state } = facts;
  const { relaydeck, node, electron, os, arch } = versions;
  const gb = (bytes: number): string => (bytes / BYTES_PER_GB).toFixed(1);
  return [
    `Relaydeck ${relaydeck}, ${electron === null ? 'headless' : `Electron ${electron}`}, Node ${node}, ${os} (${arch})`,
    `${computer.cpus} processors (${computer.cpuModel}), ${gb(computer.memoryBytes)} GB of memory, ${gb(computer.freeMemoryBytes)} GB free, ${gb(computer.usedBytes)} GB used by Relaydeck`,
    uptimeSeconds === null ? 'No studio was running.' : `Running for ${span(uptimeSeconds)}.`,
    ffmpeg === null ? 'FFmpeg: none was found.' : `FFmpeg: ${ffmpeg.version} at ${ffmpeg.path}`,
    listening.length === 0
      ? 'Listening: nowhere.'
      : `Listening: ${listening.map(({ what, host, port }) => `${what} ${host}:${port}`).join(', ')}`,
    ...stateLines(state),
    facts.secretsKnown
      ? 'Keys, passwords and tokens were taken out of this file, and so were the last parts of addresses.'
      : 'The keys could not be read (they are locked by the desktop program): they were left out by their place, but not looked for in texts. Read this file before you pass it on.',
  ];
}

function stateLines(state: DiagnosisFacts['state']): readonly string[] {
  if (state === null) return [];
  const ingests = state.ingests.map(({ name, state: word, health }) => {
    const verdict = health === null ? '' : `, ${[health.word, ...health.reasons].join('; ')}`;
    return `Ingest ${name}: ${word}${verdict}`;
  });
  const targets = state.targets.map(targetLine);
  const verdict = state.uplink.verdict.message;
  return [
    ...firstOf(ingests, 'ingests'),
    ...firstOf(targets, 'targets'),
    ...(verdict === '' ? [] : [`Line: ${verdict}`]),
  ];
}

function targetLine({
  name,
  platform,
  state,
  bitrateKbps,
  droppedFrames,
  reconnects,
  lastError,
}: Target): string {
  const figures = `${Math.round(bitrateKbps)} kbit/s, ${droppedFrames} frames dropped, ${reconnects} times reconnected`;
  const error =
    lastError === null ? '' : `; last error ${lastError.code} at ${lastError.at}: ${lastError.message}`;
  return `Target ${name} (${platform}): ${state}, ${figures}${error}`;
}

function firstOf(lines: readonly string[], what: string): readonly string[] {
  if (lines.length <= MAX_NAMED) return lines;
  return [...lines.slice(0, MAX_NAMED), `… and ${lines.length - MAX_NAMED} more ${what}`];
}

function span(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
