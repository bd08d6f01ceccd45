/**
 * The minutes of a report as CSV (RFC 4180): one line per minute of the encoder and of each target.
 * @module
 */
import type { ShowMinute, ShowReport } from '../../src-shared/model/show-report.ts';

const HEADER = [
  'who',
  'platform',
  'minute',
  'kbps',
  'fps',
  'dropped_frames',
  'queue_ms',
  'jitter_ms',
  'live_seconds',
] as const;

/** Text in which a spreadsheet would see a formula: it begins so, or behind spaces. */
const FORMULA = /^\s*[=+\-@\t\r]/;

/** Whole text, lines end with CRLF. Times are ISO 8601 in UTC; what was not measured is empty. */
export function reportCsv(report: ShowReport): string {
  const lines = [
    HEADER.map(field).join(','),
    ...report.encoderMinutes.map((minute) => line('Encoder', '', minute)),
    ...report.targets.flatMap(({ name, platform, minutes }) =>
      minutes.map((minute) => line(name, platform, minute)),
    ),
  ];
  return lines.map((text) => `${text}\r\n`).join('');
}

function line(who: string, platform: string, minute: ShowMinute): string {
  const { at, kbps, fps, droppedFrames, queueMs, jitterMs, liveSeconds } = minute;
  const figures = [kbps, fps, droppedFrames, queueMs, jitterMs, liveSeconds];
  return [field(who), field(platform), field(at), ...figures.map((figure) => figure ?? '')].join(',');
}

function field(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
