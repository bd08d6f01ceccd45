/**
 * Everything that is measured of a stream, as lines to be looked up.
 * @module
 */
import type {
  AudioHealth,
  HealthReport,
  StreamMeters,
  VideoHealth,
} from '../../../src-shared/model/health.ts';
import { formatCount, formatKbps, formatUnit, UNKNOWN } from '../../ui/format.ts';

export type MeterRow = {
  readonly name: string;
  readonly value: string;
  /** What the figure tells a streamer. */
  readonly meaning: string;
};

export type MeterGroup = { readonly title: string; readonly rows: readonly MeterRow[] };

/** Grouped as one would look for them; groups of tracks that are not there are left out. */
export function meterGroups({ video, audio, meters }: HealthReport): readonly MeterGroup[] {
  const groups = [
    { title: 'Picture', rows: video === null ? [] : pictureRows(video) },
    { title: 'Sound', rows: audio === null ? [] : soundRows(audio) },
    { title: 'Bitrate', rows: rateRows(meters) },
    { title: 'Frames and keyframes', rows: frameRows(meters) },
    { title: 'Timestamps', rows: timeRows(meters) },
    { title: 'Line from the encoder', rows: lineRows(meters) },
  ];
  return groups.filter(({ rows }) => rows.length > 0);
}

const row = (name: string, value: string, meaning: string): MeterRow => ({ name, value, meaning });

/** Rows of what only some codecs have; left out where it is not known. */
const known = <T>(value: T | null, make: (value: T) => MeterRow): readonly MeterRow[] =>
  value === null ? [] : [make(value)];

function pictureRows(video: VideoHealth): readonly MeterRow[] {
  const { codec, profile, level, width, height, fps } = video;
  const size = width === null || height === null ? UNKNOWN : `${width} × ${height}`;
  return [
    row('Codec', codec, 'How the picture is packed.'),
    row('Profile', profile ?? UNKNOWN, 'The set of tricks the encoder may use; players must know them all.'),
    row('Level', level ?? UNKNOWN, 'How much work playing it takes at most.'),
    row('Size', size, 'Width and height in points.'),
    row('Frame rate', formatUnit(fps, 'fps', 2), 'Pictures per second.'),
    ...known(video.reorderFrames, (count) =>
      row('Reorder frames', formatCount(count), 'Pictures held back so that B-frames can be put in order.'),
    ),
    ...known(video.cabac, (cabac) =>
      row(
        'CABAC',
        cabac ? 'yes' : 'no (CAVLC)',
        'The tighter of two ways of packing; old phones want it off.',
      ),
    ),
    ...known(video.interlaced, (interlaced) =>
      row('Interlaced', interlaced ? 'yes' : 'no', 'Half pictures; most platforms want whole ones.'),
    ),
    ...known(video.chroma, (chroma) =>
      row('Chroma', chroma, 'How finely colour is kept; platforms want 4:2:0.'),
    ),
    ...known(video.bitDepth, (bits) =>
      row('Bit depth', formatUnit(bits, 'bit'), 'Steps of brightness; most platforms want 8 bit.'),
    ),
  ];
}

function soundRows({ codec, profile, sampleRate, channels }: AudioHealth): readonly MeterRow[] {
  return [
    row('Codec', codec, 'How the sound is packed.'),
    ...known(profile, (name) => row('Profile', name, 'The kind of AAC; platforms want LC.')),
    row('Sample rate', formatUnit(sampleRate, 'Hz'), 'Platforms want 44 100 or 48 000 Hz.'),
    row('Channels', channels === null ? UNKNOWN : formatCount(channels), 'Two are stereo.'),
  ];
}

function rateRows({ video, audio }: StreamMeters): readonly MeterRow[] {
  const rows = (kind: string, rate: StreamMeters['video']): readonly MeterRow[] =>
    rate === null
      ? []
      : [
          row(`${kind}, last second`, formatKbps(rate.kbps1s), 'Jumps with what is in the picture.'),
          row(`${kind}, 10 seconds`, formatKbps(rate.kbps10s), 'What you have set in the encoder, about.'),
          row(
            `${kind}, peak`,
            formatKbps(rate.kbpsPeak),
            'The highest second so far: your line must carry it.',
          ),
        ];
  return [...rows('Video', video), ...rows('Audio', audio)];
}

function frameRows(meters: StreamMeters): readonly MeterRow[] {
  return [
    row(
      'Dropped frames',
      formatCount(meters.droppedFrames),
      'Pictures that never came: the computer is too busy.',
    ),
    row('Duplicate frames', formatCount(meters.duplicateFrames), 'Two pictures for the same moment.'),
    row('Keyframe interval', formatUnit(meters.keyframeIntervalSec, 's', 2), 'Platforms want about 2 s.'),
    row(
      'Keyframe spread',
      formatUnit(meters.keyframeSpreadSec, 's', 2),
      'Longest less shortest of the last intervals; near zero is best.',
    ),
    row(
      'Frames from keyframe to keyframe',
      meters.gopFrames === null ? UNKNOWN : formatCount(meters.gopFrames),
      'The last whole group of pictures.',
    ),
  ];
}

function timeRows(meters: StreamMeters): readonly MeterRow[] {
  return [
    row(
      'Jitter',
      formatUnit(meters.timestampJitterMs, 'ms', 1),
      'How unevenly the encoder stamps its pictures.',
    ),
    row('Gaps', formatCount(meters.gaps), 'Steps of more than half a second.'),
    row('Jumps back', formatCount(meters.backwardJumps), 'Time ran backwards; players stumble over it.'),
    row('Sound ahead of picture', formatUnit(meters.avOffsetMs, 'ms'), 'Below zero: sound is behind.'),
    row(
      'Drift of sound',
      formatUnit(meters.avDriftMsPerMin, 'ms/min', 1),
      'Should stay near zero, or lips and voice part over the hours.',
    ),
  ];
}

function lineRows(meters: StreamMeters): readonly MeterRow[] {
  return [
    row(
      'Arrival jitter',
      formatUnit(meters.arrivalJitterMs, 'ms', 1),
      'How unevenly the stream arrives; high values mean a strained line or computer.',
    ),
    row('Round trip', formatUnit(meters.roundTripMs, 'ms', 1), 'To the encoder and back.'),
    row('Behind', formatUnit(meters.behindMs, 'ms'), 'How much later media comes than at its best.'),
  ];
}
