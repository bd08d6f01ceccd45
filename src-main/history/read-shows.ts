/**
 * Rows of the history file as values.
 * @module
 */
import type { Database } from 'node-sqlite3-wasm';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import type { ShowSummary } from '../../src-shared/model/show-report.ts';
import type { KeptMinute, KeptOutage, KeptShow, KeptTarget } from './history-batch.ts';

/** All that is kept of one show; minutes, outages and events in order of time. */
export type KeptWhole = {
  readonly show: KeptShow;
  readonly targets: readonly KeptTarget[];
  readonly minutes: readonly KeptMinute[];
  readonly outages: readonly KeptOutage[];
  readonly events: readonly LogEvent[];
};

/** Minutes in one report, the newest: a week. A show that never ends must not fill the memory of whoever reads it. */
const MOST_MINUTES = 10_080;

type Row = Readonly<Record<string, unknown>>;

/** The list, newest first. */
export function readShows(database: Database, most: number): readonly ShowSummary[] {
  const rows = database.all(
    `SELECT show.*, count(show_target.target_id) AS targets, coalesce(sum(show_target.reconnects), 0) AS reconnects
     FROM show LEFT JOIN show_target ON show_target.show_id = show.id
     GROUP BY show.id ORDER BY show.started_at DESC, show.id LIMIT ?`,
    [most],
  );
  return rows.map((row) => ({ ...shownShow(showOf(row)), ...countsOf(row) }));
}

/** A show as the list has it, but for its counts. */
export function shownShow(show: KeptShow): Omit<ShowSummary, 'targets' | 'reconnects'> {
  const { id, ingestId, ingestName, startedAt, endedAt, lastSeenAt } = show;
  return {
    id,
    ingestId,
    ingestName,
    startedAt: iso(startedAt),
    endedAt: endedAt === null ? null : iso(endedAt),
    lastSeenAt: iso(lastSeenAt),
  };
}

/** One show; undefined when there is none of that id. */
export function readShow(database: Database, id: string): KeptWhole | undefined {
  const row = database.get('SELECT * FROM show WHERE id = ?', [id]);
  if (row === null) return undefined;
  const all = (sql: string, values: (string | number)[] = [id]): readonly Row[] => database.all(sql, values);
  const last = numberOf(
    database.get('SELECT coalesce(max(minute), 0) AS m FROM minute WHERE show_id = ?', [id]),
    'm',
  );
  return {
    show: showOf(row),
    targets: all('SELECT * FROM show_target WHERE show_id = ? ORDER BY name, target_id').map(targetOf),
    minutes: all('SELECT * FROM minute WHERE show_id = ? AND minute > ? ORDER BY minute, target_id', [
      id,
      last - MOST_MINUTES,
    ]).map(minuteOf),
    outages: all('SELECT * FROM outage WHERE show_id = ? ORDER BY at, target_id').map(outageOf),
    events: all('SELECT * FROM event WHERE show_id = ? ORDER BY seq').map(eventOf),
  };
}

const countsOf = (row: Row): Pick<ShowSummary, 'targets' | 'reconnects'> => ({
  targets: numberOf(row, 'targets'),
  reconnects: numberOf(row, 'reconnects'),
});

const showOf = (row: Row): KeptShow => ({
  id: textOf(row, 'id'),
  ingestId: textOf(row, 'ingest_id'),
  ingestName: textOf(row, 'ingest_name'),
  startedAt: numberOf(row, 'started_at'),
  endedAt: numberOrNull(row, 'ended_at'),
  lastSeenAt: numberOf(row, 'last_seen_at'),
  encoder: textOf(row, 'encoder'),
});

const targetOf = (row: Row): KeptTarget => ({
  showId: textOf(row, 'show_id'),
  targetId: textOf(row, 'target_id'),
  name: textOf(row, 'name'),
  platform: textOf(row, 'platform'),
  firstLiveAt: numberOrNull(row, 'first_live_at'),
  liveMs: numberOf(row, 'live_ms'),
  bytes: numberOf(row, 'bytes'),
  bits: numberOf(row, 'bits'),
  ratedMs: numberOf(row, 'rated_ms'),
  droppedFrames: numberOf(row, 'dropped_frames'),
  reconnects: numberOf(row, 'reconnects'),
});

const minuteOf = (row: Row): KeptMinute => ({
  showId: textOf(row, 'show_id'),
  targetId: textOf(row, 'target_id'),
  minute: numberOf(row, 'minute'),
  at: numberOf(row, 'at'),
  liveMs: numberOf(row, 'live_ms'),
  wantedMs: numberOf(row, 'wanted_ms'),
  bits: numberOf(row, 'bits'),
  ratedMs: numberOf(row, 'rated_ms'),
  fps: numberOrNull(row, 'fps'),
  droppedFrames: numberOf(row, 'dropped_frames'),
  queueMs: numberOrNull(row, 'queue_ms'),
  jitterMs: numberOrNull(row, 'jitter_ms'),
});

const outageOf = (row: Row): KeptOutage => ({
  showId: textOf(row, 'show_id'),
  targetId: textOf(row, 'target_id'),
  at: numberOf(row, 'at'),
  endedAt: numberOrNull(row, 'ended_at'),
  code: textOf(row, 'code'),
  cause: textOf(row, 'cause'),
});

const eventOf = (row: Row): LogEvent => {
  const level = textOf(row, 'level');
  return {
    seq: numberOf(row, 'seq'),
    at: iso(numberOf(row, 'at')),
    level: level === 'error' || level === 'warning' ? level : 'info',
    code: textOf(row, 'code'),
    message: textOf(row, 'message'),
    ingestId: textOrNull(row, 'ingest_id'),
    targetId: textOrNull(row, 'target_id'),
  };
};

/** Wall time, ms, as ISO 8601. */
export const iso = (wallMs: number): string => new Date(wallMs).toISOString();

function numberOf(row: Row | null, name: string): number {
  return Number(row?.[name] ?? 0);
}

function numberOrNull(row: Row, name: string): number | null {
  return row[name] === null ? null : numberOf(row, name);
}

function textOf(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

function textOrNull(row: Row, name: string): string | null {
  return row[name] === null ? null : textOf(row, name);
}
