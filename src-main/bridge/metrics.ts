/**
 * The state as Prometheus reads it.
 * @module
 */
import { healthWordSchema, type StreamMeters } from '../../src-shared/model/health.ts';
import { shedLevelSchema, targetStateSchema } from '../../src-shared/model/target.ts';
import type { StudioState } from '../../src-shared/model/studio-state.ts';

/** Prometheus text format 0.0.4. */
export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

type Meter = {
  readonly name: string;
  readonly help: string;
  readonly of: (m: StreamMeters) => number | null;
};

/** See docs/health.md. */
const INGEST_METERS: readonly Meter[] = [
  { name: 'video_kbps', help: 'Video, 1000 bit/s over ten seconds.', of: (m) => m.video?.kbps10s ?? null },
  { name: 'audio_kbps', help: 'Audio, 1000 bit/s over ten seconds.', of: (m) => m.audio?.kbps10s ?? null },
  {
    name: 'dropped_frames',
    help: 'Frames missing by timestamp since the encoder began.',
    of: (m) => m.droppedFrames,
  },
  { name: 'keyframe_interval_seconds', help: 'Mean of the last ten.', of: (m) => m.keyframeIntervalSec },
  { name: 'arrival_jitter_ms', help: 'Arrival against the media clock, ms.', of: (m) => m.arrivalJitterMs },
  { name: 'av_offset_ms', help: 'Audio minus video as they arrive, ms.', of: (m) => m.avOffsetMs },
  { name: 'behind_ms', help: 'Later than its timestamps say, ms.', of: (m) => m.behindMs },
];

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

/** One metric per block: help, type, samples. `rssBytes`: memory of this process. */
export function metricsText(state: StudioState, rssBytes: number): string {
  const ofIngests = (value: (ingest: StudioState['ingests'][number]) => number): Sample[] =>
    state.ingests.map((ingest) => [{ ingest: ingest.id }, value(ingest)]);
  const ofTargets = (value: (target: StudioState['targets'][number]) => number): Sample[] =>
    state.targets.map((target) => [{ target: target.id }, value(target)]);
  const states = state.targets.flatMap((target) =>
    targetStateSchema.options.map((name): Sample => [
      { target: target.id, state: name },
      name === target.state ? 1 : 0,
    ]),
  );

  return [
    metric('info', 'gauge', 'The version that runs.', [[{ version: state.version }, 1]]),
    metric(
      'ingest_info',
      'gauge',
      'Name of each ingest.',
      state.ingests.map((ingest) => [{ ingest: ingest.id, name: ingest.name }, 1]),
    ),
    metric(
      'ingest_live',
      'gauge',
      '1 while an encoder publishes.',
      ofIngests((i) => (i.state === 'live' ? 1 : 0)),
    ),
    metric(
      'ingest_bytes_received_total',
      'counter',
      'Bytes from the encoder that publishes now.',
      ofIngests((i) => i.encoder?.bytesReceived ?? 0),
    ),
    metric(
      'ingest_players',
      'gauge',
      'Players watching.',
      ofIngests((i) => i.players),
    ),
    metric(
      'target_info',
      'gauge',
      'Name and platform of each target.',
      state.targets.map((t) => [{ target: t.id, name: t.name, platform: t.platform, ingest: t.ingestId }, 1]),
    ),
    metric('target_state', 'gauge', '1 for the state the target is in, 0 for all others.', states),
    metric(
      'target_bytes_sent_total',
      'counter',
      'Bytes sent since the target went on.',
      ofTargets((t) => t.bytesSent),
    ),
    metric(
      'target_bitrate_kbps',
      'gauge',
      '1000 bit/s over the last second.',
      ofTargets((t) => t.bitrateKbps),
    ),
    metric(
      'target_dropped_frames_total',
      'counter',
      'Video frames dropped.',
      ofTargets((t) => t.droppedFrames),
    ),
    metric(
      'target_queue_ms',
      'gauge',
      'Stream time waiting to be sent, ms.',
      ofTargets((t) => t.queueMs),
    ),
    metric(
      'target_reconnects_total',
      'counter',
      'Times lost and back.',
      ofTargets((t) => t.reconnects),
    ),
    metric(
      'ingest_health',
      'gauge',
      '0: good, 1: strained, 2: failing, 3: waiting; of ingests with an encoder.',
      state.ingests.flatMap((i): Sample[] =>
        i.health === null ? [] : [[{ ingest: i.id }, healthWordSchema.options.indexOf(i.health.word)]],
      ),
    ),
    ...INGEST_METERS.map(({ name, help, of }) =>
      metric(
        `ingest_${name}`,
        'gauge',
        help,
        state.ingests.flatMap((i): Sample[] => {
          const value = i.health === null ? null : of(i.health.meters);
          return value === null ? [] : [[{ ingest: i.id }, value]];
        }),
      ),
    ),
    metric(
      'target_health',
      'gauge',
      '0: good, 1: strained, 2: failing, 3: waiting.',
      ofTargets((t) => healthWordSchema.options.indexOf(t.health.word)),
    ),
    metric(
      'target_findings',
      'gauge',
      'Rules of the platform that what is sent does not keep.',
      ofTargets((t) => t.findings.length),
    ),
    metric(
      'target_round_trip_ms',
      'gauge',
      'Time of a ping to the server and back, ms, of targets whose server answers pings.',
      state.targets.flatMap((t): Sample[] =>
        t.roundTripMs === null ? [] : [[{ target: t.id }, t.roundTripMs]],
      ),
    ),
    metric(
      'target_shed',
      'gauge',
      '0: the target gets all; 1: sound and keyframes; 2: sound alone.',
      ofTargets((t) => shedLevelSchema.options.indexOf(t.shed)),
    ),
    metric('uplink_kbps', 'gauge', 'Upload of all targets, 1000 bit/s.', [[{}, state.uplink.totalKbps]]),
    metric('process_resident_memory_bytes', 'gauge', 'Memory of the studio process.', [[{}, rssBytes]]),
  ].join('');
}

function metric(name: string, type: 'counter' | 'gauge', help: string, samples: readonly Sample[]): string {
  const full = `relaydeck_${name}`;
  const lines = samples.map(([labels, value]) => `${full}${labelText(labels)} ${value}\n`);
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join('')}`;
}

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

const escapeLabel = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
