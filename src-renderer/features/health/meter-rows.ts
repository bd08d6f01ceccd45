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
import { t } from '../../language/translate.ts';
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
    { title: t('Picture'), rows: video === null ? [] : pictureRows(video) },
    { title: t('Sound'), rows: audio === null ? [] : soundRows(audio) },
    { title: t('Bitrate'), rows: rateRows(meters) },
    { title: t('Frames and keyframes'), rows: frameRows(meters) },
    { title: t('Timestamps'), rows: timeRows(meters) },
    { title: t('Line from the encoder'), rows: lineRows(meters) },
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
    row(t('Codec'), codec, t('How the picture is packed.')),
    row(
      t('Profile'),
      profile ?? UNKNOWN,
      t('The set of tricks the encoder may use; players must know them all.'),
    ),
    row(t('Level'), level ?? UNKNOWN, t('How much work playing it takes at most.')),
    row(t('Size'), size, t('Width and height in points.')),
    row(t('Frame rate'), formatUnit(fps, 'fps', 2), t('Pictures per second.')),
    ...known(video.reorderFrames, (count) =>
      row(
        t('Reorder frames'),
        formatCount(count),
        t('Pictures held back so that B-frames can be put in order.'),
      ),
    ),
    ...known(video.cabac, (cabac) =>
      row(
        'CABAC',
        cabac ? t('yes') : t('no (CAVLC)'),
        t('The tighter of two ways of packing; old phones want it off.'),
      ),
    ),
    ...known(video.interlaced, (interlaced) =>
      row(
        t('Interlaced'),
        interlaced ? t('yes') : t('no'),
        t('Half pictures; most platforms want whole ones.'),
      ),
    ),
    ...known(video.chroma, (chroma) =>
      row(t('Chroma'), chroma, t('How finely colour is kept; platforms want 4:2:0.')),
    ),
    ...known(video.bitDepth, (bits) =>
      row(t('Bit depth'), formatUnit(bits, 'bit'), t('Steps of brightness; most platforms want 8 bit.')),
    ),
  ];
}

function soundRows({ codec, profile, sampleRate, channels }: AudioHealth): readonly MeterRow[] {
  return [
    row(t('Codec'), codec, t('How the sound is packed.')),
    ...known(profile, (name) => row(t('Profile'), name, t('The kind of AAC; platforms want LC.'))),
    row(t('Sample rate'), formatUnit(sampleRate, 'Hz'), t('Platforms want 44 100 or 48 000 Hz.')),
    row(t('Channels'), channels === null ? UNKNOWN : formatCount(channels), t('Two are stereo.')),
  ];
}

function rateRows({ video, audio }: StreamMeters): readonly MeterRow[] {
  const rows = (kind: string, rate: StreamMeters['video']): readonly MeterRow[] =>
    rate === null
      ? []
      : [
          row(
            t('{{kind}}, last second', { kind }),
            formatKbps(rate.kbps1s),
            t('Jumps with what is in the picture.'),
          ),
          row(
            t('{{kind}}, 10 seconds', { kind }),
            formatKbps(rate.kbps10s),
            t('What you have set in the encoder, about.'),
          ),
          row(
            t('{{kind}}, peak', { kind }),
            formatKbps(rate.kbpsPeak),
            t('The highest second so far: your line must carry it.'),
          ),
        ];
  return [...rows(t('Video'), video), ...rows(t('Audio'), audio)];
}

function frameRows(meters: StreamMeters): readonly MeterRow[] {
  return [
    row(
      t('Dropped frames'),
      formatCount(meters.droppedFrames),
      t('Pictures that never came: the computer is too busy.'),
    ),
    row(t('Duplicate frames'), formatCount(meters.duplicateFrames), t('Two pictures for the same moment.')),
    row(
      t('Keyframe interval'),
      formatUnit(meters.keyframeIntervalSec, 's', 2),
      t('Platforms want about 2 s.'),
    ),
    row(
      t('Keyframe spread'),
      formatUnit(meters.keyframeSpreadSec, 's', 2),
      t('Longest less shortest of the last intervals; near zero is best.'),
    ),
    row(
      t('Frames from keyframe to keyframe'),
      meters.gopFrames === null ? UNKNOWN : formatCount(meters.gopFrames),
      t('The last whole group of pictures.'),
    ),
  ];
}

function timeRows(meters: StreamMeters): readonly MeterRow[] {
  return [
    row(
      t('Jitter'),
      formatUnit(meters.timestampJitterMs, 'ms', 1),
      t('How unevenly the encoder stamps its pictures.'),
    ),
    row(t('Gaps'), formatCount(meters.gaps), t('Steps of more than half a second.')),
    row(
      t('Jumps back'),
      formatCount(meters.backwardJumps),
      t('Time ran backwards; players stumble over it.'),
    ),
    row(t('Sound ahead of picture'), formatUnit(meters.avOffsetMs, 'ms'), t('Below zero: sound is behind.')),
    row(
      t('Drift of sound'),
      formatUnit(meters.avDriftMsPerMin, 'ms/min', 1),
      t('Should stay near zero, or lips and voice part over the hours.'),
    ),
  ];
}

function lineRows(meters: StreamMeters): readonly MeterRow[] {
  return [
    row(
      t('Arrival jitter'),
      formatUnit(meters.arrivalJitterMs, 'ms', 1),
      t('How unevenly the stream arrives; high values mean a strained line or computer.'),
    ),
    row(t('Round trip'), formatUnit(meters.roundTripMs, 'ms', 1), t('To the encoder and back.')),
    row(t('Behind'), formatUnit(meters.behindMs, 'ms'), t('How much later media comes than at its best.')),
  ];
}
