/**
 * From what is kept of a show to the report of it.
 * @module
 */
import type { ShowMinute, ShowOutage, ShowReport, ShowTarget } from '../../src-shared/model/show-report.ts';
import { ENCODER, type KeptMinute, type KeptOutage, type KeptTarget } from './history-batch.ts';
import { iso, shownShow, type KeptWhole } from './read-shows.ts';
import { worstMinute } from './worst-minute.ts';

const MINUTE_MS = 60_000;

/** Builds the report; rows must be in order of time. */
export function buildReport(kept: KeptWhole): ShowReport {
  const { show, targets, minutes, outages, events } = kept;
  const end = show.endedAt ?? show.lastSeenAt;
  const minutesOf = groupByTarget(minutes);
  const outagesOf = groupByTarget(outages);
  const encoder = { minutes: minutesOf.get(ENCODER) ?? [], outages: outagesOf.get(ENCODER) ?? [] };
  return {
    show: {
      ...shownShow(show),
      targets: targets.length,
      reconnects: targets.reduce((sum, { reconnects }) => sum + reconnects, 0),
    },
    seconds: seconds(end - show.startedAt),
    encoder: show.encoder,
    encoderOutages: encoder.outages.map(shownOutage),
    encoderWorstMinute: worstMinute('encoder', encoder),
    encoderMinutes: encoder.minutes.map(shownMinute),
    targets: targets.map((target) =>
      shownTarget(target, {
        end,
        minutes: minutesOf.get(target.targetId) ?? [],
        outages: outagesOf.get(target.targetId) ?? [],
      }),
    ),
    events,
  };
}

function shownTarget(
  target: KeptTarget,
  kept: {
    readonly end: number;
    readonly minutes: readonly KeptMinute[];
    readonly outages: readonly KeptOutage[];
  },
): ShowTarget {
  const { targetId, name, platform, firstLiveAt, liveMs, reconnects, droppedFrames, bytes } = target;
  const { end, minutes, outages } = kept;
  return {
    targetId,
    name,
    platform,
    liveSeconds: seconds(liveMs),
    uptime: firstLiveAt === null ? null : uptime(liveMs, end - firstLiveAt),
    reconnects,
    droppedFrames,
    bytesSent: bytes,
    meanKbps: kbps(target),
    outages: outages.map(shownOutage),
    worstMinute: worstMinute('target', { minutes, outages }),
    minutes: minutes.map(shownMinute),
  };
}

/** Samples are a second apart: the last one may lie behind the end, and a share is never more than the whole. */
function uptime(liveMs: number, wholeMs: number): number {
  if (wholeMs <= 0) return 1;
  return Math.round(Math.min(1, liveMs / wholeMs) * 10_000) / 10_000;
}

function shownMinute(minute: KeptMinute): ShowMinute {
  const { at, fps, droppedFrames, queueMs, jitterMs, liveMs } = minute;
  return {
    at: iso(at),
    kbps: kbps(minute),
    fps: rounded(fps, 10),
    droppedFrames,
    queueMs: rounded(queueMs, 1),
    jitterMs: rounded(jitterMs, 1),
    liveSeconds: seconds(Math.min(MINUTE_MS, liveMs)),
  };
}

function shownOutage({ at, endedAt, code, cause }: KeptOutage): ShowOutage {
  return { at: iso(at), seconds: endedAt === null ? null : seconds(endedAt - at), code, cause };
}

function kbps({ bits, ratedMs }: { readonly bits: number; readonly ratedMs: number }): number {
  // Bits in a millisecond are 1000 bits in a second.
  return ratedMs === 0 ? 0 : Math.round(bits / ratedMs);
}

const seconds = (ms: number): number => Math.round(Math.max(0, ms) / 100) / 10;

const rounded = (value: number | null, parts: number): number | null =>
  value === null ? null : Math.round(value * parts) / parts;

function groupByTarget<T extends { readonly targetId: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.targetId);
    if (group === undefined) groups.set(row.targetId, [row]);
    else group.push(row);
  }
  return groups;
}
