/**
 * What ffprobe says of a file, in the words and units of the meters.
 * @module
 */
import type { Stage } from './stage.ts';
import { tool } from './tools.ts';

type Packet = { readonly dtsMs: number; readonly bytes: number; readonly isKey: boolean };

/** One stream of a file. */
export type ProbedStream = {
  readonly codec: string;
  readonly profile: string | null;
  /** `3.1`; null: ffprobe has none. */
  readonly level: string | null;
  readonly size: string;
  readonly hasBFrames: number;
  readonly pixFmt: string;
  readonly fieldOrder: string;
  /** Frames per second. */
  readonly avgFrameRate: number;
  readonly sampleRate: number;
  readonly channels: number;
  /** Whether every packet has a decoding time; else some have that of their presentation in its place. */
  readonly hasTimes: boolean;
  /** In the file's order. */
  readonly packets: readonly Packet[];
};

/** A file. */
export type Probed = { readonly video: ProbedStream | undefined; readonly audio: ProbedStream | undefined };

const NAMES: Readonly<Record<string, string>> = {
  ...{ h264: 'H.264', hevc: 'HEVC', av1: 'AV1', vp9: 'VP9' },
  ...{ aac: 'AAC', mp3: 'MP3', opus: 'Opus', flac: 'FLAC', ac3: 'AC-3', eac3: 'E-AC-3' },
};

/** ffprobe on a file. */
export async function probe(stage: Stage, file: string): Promise<Probed> {
  const entries =
    'stream=index,codec_type,codec_name,profile,level,width,height,has_b_frames,pix_fmt,field_order,' +
    'avg_frame_rate,sample_rate,channels:packet=stream_index,dts_time,pts_time,size,flags';
  const args = ['-v', 'error', '-show_entries', entries, '-of', 'json', file];
  const child = await stage.run('ffprobe', tool('ffprobe'), args);
  const { streams, packets } = JSON.parse(child.stdout) as { streams: RawStream[]; packets: RawPacket[] };
  const of = (type: string): ProbedStream | undefined => {
    const stream = streams.find(({ codec_type }) => codec_type === type);
    return stream === undefined ? undefined : probed(stream, packets);
  };
  return { video: of('video'), audio: of('audio') };
}

type RawStream = Readonly<Record<string, string | number | undefined>>;
type RawPacket = Readonly<Record<string, string | number | undefined>>;

function probed(stream: RawStream, packets: readonly RawPacket[]): ProbedStream {
  const [frames = 0, seconds = 1] = String(stream['avg_frame_rate']).split('/').map(Number);
  const text = (key: string): string => String(stream[key] ?? '');
  return {
    codec: NAMES[text('codec_name')] ?? text('codec_name'),
    profile: stream['profile'] === undefined || stream['profile'] === 'unknown' ? null : text('profile'),
    level: levelName(text('codec_name'), Number(stream['level'] ?? 0)),
    size: `${text('width')}x${text('height')}`,
    hasBFrames: Number(stream['has_b_frames'] ?? 0),
    pixFmt: text('pix_fmt'),
    fieldOrder: text('field_order'),
    avgFrameRate: seconds === 0 ? 0 : frames / seconds,
    sampleRate: Number(stream['sample_rate'] ?? 0),
    channels: Number(stream['channels'] ?? 0),
    hasTimes: packets.every((packet) => packet['dts_time'] !== undefined),
    packets: packets
      .filter((packet) => packet['stream_index'] === stream['index'])
      .map((packet) => ({
        dtsMs: Math.round(Number(packet['dts_time'] ?? packet['pts_time']) * 1000),
        bytes: Number(packet['size']),
        isKey: String(packet['flags']).startsWith('K'),
      })),
  };
}

function levelName(codec: string, level: number): string | null {
  if (level <= 0) return null;
  if (codec === 'h264') return (level / 10).toFixed(1);
  if (codec === 'hevc') return (level / 30).toFixed(1);
  return codec === 'av1' ? `${2 + (level >> 2)}.${level & 3}` : null;
}
