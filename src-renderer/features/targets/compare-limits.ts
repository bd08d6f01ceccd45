/**
 * A platform's limits beside what is sent.
 * @module
 */
import type { HealthReport } from '../../../src-shared/model/health.ts';
import type { PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import { t } from '../../language/translate.ts';
import { formatKbps, formatUnit } from '../../ui/format.ts';

/** `unknown`: nothing is measured to hold against the limit. */
export type LimitVerdict = 'ok' | 'over' | 'unknown';

export type LimitRow = {
  readonly name: string;
  readonly wanted: string;
  readonly sent: string | null;
  readonly verdict: LimitVerdict;
};

type Limits = PlatformPreset['limits'];

/** Room above a bitrate limit: encoders do not hit their rate exactly. */
const BITRATE_ROOM = 1.05;
/** Room above a keyframe interval: the last frame of an interval may come late. */
const KEYFRAME_ROOM = 1.3;

/** What is known of a platform's limits; nothing of a server of one's own, which has no rules but its owner's. */
export function rulesOf(
  { category, limits }: Pick<PlatformPreset, 'category' | 'limits'>,
  health: HealthReport | null,
): { readonly rows: readonly LimitRow[]; readonly resolutions: readonly string[] } {
  if (category === 'custom') return { rows: [], resolutions: [] };
  return { rows: compareLimits(limits, health), resolutions: limits.resolutions };
}

/** One row per limit the platform states. */
export function compareLimits(limits: Limits, health: HealthReport | null): readonly LimitRow[] {
  return [...bitrateRows(limits, health), ...pictureRows(limits, health), ...codecRows(limits, health)];
}

function bitrateRows(
  { maxVideoKbps, maxAudioKbps }: Limits,
  health: HealthReport | null,
): readonly LimitRow[] {
  const row = (name: string, most: number | null, sent: number | undefined): readonly LimitRow[] =>
    most === null
      ? []
      : [
          {
            name,
            wanted: t('up to {{most}}', { most: formatKbps(most) }),
            sent: sent === undefined ? null : formatKbps(sent),
            verdict: verdict(sent, (kbps) => kbps <= most * BITRATE_ROOM),
          },
        ];
  return [
    ...row(t('Video bitrate'), maxVideoKbps, health?.video?.kbps),
    ...row(t('Audio bitrate'), maxAudioKbps, health?.audio?.kbps),
  ];
}

function pictureRows(
  { keyframeIntervalSec, maxFps }: Limits,
  health: HealthReport | null,
): readonly LimitRow[] {
  const video = health?.video;
  const rows: LimitRow[] = [];
  if (keyframeIntervalSec !== null) {
    const sent = video?.keyframeIntervalSec ?? undefined;
    rows.push({
      name: t('Keyframe interval'),
      wanted: formatUnit(keyframeIntervalSec, 's'),
      sent: sent === undefined ? null : formatUnit(sent, 's', 1),
      verdict: verdict(sent, (sec) => sec <= keyframeIntervalSec * KEYFRAME_ROOM),
    });
  }
  if (maxFps !== null) {
    const sent = video?.fps ?? undefined;
    rows.push({
      name: t('Frame rate'),
      wanted: t('up to {{most}}', { most: formatUnit(maxFps, 'fps') }),
      sent: sent === undefined ? null : formatUnit(sent, 'fps'),
      verdict: verdict(sent, (fps) => fps <= maxFps + 0.5),
    });
  }
  return rows;
}

function codecRows({ videoCodecs, audioCodecs }: Limits, health: HealthReport | null): readonly LimitRow[] {
  const row = (name: string, allowed: readonly string[], sent: string | undefined): readonly LimitRow[] =>
    allowed.length === 0
      ? []
      : [
          {
            name,
            wanted: allowed.map(codecName).join(', '),
            sent: sent ?? null,
            verdict: verdict(sent, (codec) => allowed.some((one) => plain(one) === plain(codec))),
          },
        ];
  return [
    ...row(t('Video codec'), videoCodecs, health?.video?.codec),
    ...row(t('Audio codec'), audioCodecs, health?.audio?.codec),
  ];
}

function verdict<T>(sent: T | undefined, fits: (sent: T) => boolean): LimitVerdict {
  if (sent === undefined) return 'unknown';
  return fits(sent) ? 'ok' : 'over';
}

/** Codec names are written in several ways: "H.264", "h264", "AVC". */
function plain(codec: string): string {
  const letters = codec.toLowerCase().replace(/[^a-z0-9]/g, '');
  const same: Readonly<Record<string, string>> = { avc: 'h264', h265: 'hevc', aaclc: 'aac' };
  return same[letters] ?? letters;
}

function codecName(codec: string): string {
  const names: Readonly<Record<string, string>> = {
    h264: 'H.264',
    hevc: 'HEVC',
    av1: 'AV1',
    aac: 'AAC',
    opus: 'Opus',
  };
  return names[plain(codec)] ?? codec;
}
