/**
 * The history in one SQLite file. Works at once and blocks meanwhile: at home in a thread of its own.
 * @module
 */
import type { Database, JSValue, Statement } from 'node-sqlite3-wasm';
import type { ShowReport, ShowSummary } from '../../src-shared/model/show-report.ts';
import type { Clock } from '../platform/clock.ts';
import { buildReport } from './show-report.ts';
import type { HistoryBatch } from './history-batch.ts';
import { readShow, readShows } from './read-shows.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Shows in the list, newest first: more than anybody scrolls through, small enough for one message. */
const MOST_LISTED = 2_000;

/** Pages given back to the system in one go; at 4 kB each. */
const PAGES_AT_ONCE = 2_000;

const UPSERTS = {
  show: upsert(
    'show',
    ['id'],
    ['ingest_id', 'ingest_name', 'started_at', 'ended_at', 'last_seen_at', 'encoder'],
  ),
  target: upsert(
    'show_target',
    ['show_id', 'target_id'],
    [
      'name',
      'platform',
      'first_live_at',
      'live_ms',
      'bytes',
      'bits',
      'rated_ms',
      'dropped_frames',
      'reconnects',
    ],
  ),
  minute: upsert(
    'minute',
    ['show_id', 'minute', 'target_id'],
    ['at', 'live_ms', 'wanted_ms', 'bits', 'rated_ms', 'fps', 'dropped_frames', 'queue_ms', 'jitter_ms'],
  ),
  outage: upsert('outage', ['show_id', 'at', 'target_id'], ['ended_at', 'code', 'cause']),
  event: upsert('event', ['show_id', 'seq'], ['at', 'level', 'code', 'message', 'ingest_id', 'target_id']),
};

/** Owns the open database; `openHistoryStore` opens it. Every call throws SQLite's errors. */
export class HistoryStore {
  readonly #database: Database;
  /** Prepared once: SQLite takes longer to read a statement than to carry it out. */
  readonly #statements = new Map<string, Statement>();
  readonly #clock: Clock;
  /** Of the file. */
  readonly path: string;

  constructor(database: Database, options: { readonly clock: Clock; readonly path: string }) {
    this.#database = database;
    this.#clock = options.clock;
    this.path = options.path;
  }

  /**
   * Writes all rows or none. A show must be written before, or together with, what belongs to it. Rows of a show that
   * was forgotten meanwhile are left out.
   */
  write(batch: HistoryBatch): void {
    this.#together(() => {
      for (const row of batch.shows) {
        const { id, ingestId, ingestName, startedAt, endedAt, lastSeenAt, encoder } = row;
        this.#put(UPSERTS.show, [id, ingestId, ingestName, startedAt, endedAt, lastSeenAt, encoder]);
      }
      const known = this.#knownShows(batch);
      for (const row of batch.targets) if (known.has(row.showId)) this.#putTarget(row);
      for (const row of batch.minutes) if (known.has(row.showId)) this.#putMinute(row);
      for (const { showId, at, targetId, endedAt, code, cause } of batch.outages) {
        if (known.has(showId)) this.#put(UPSERTS.outage, [showId, at, targetId, endedAt, code, cause]);
      }
      for (const { showId, event } of batch.events) {
        const { seq, at, level, code, message, ingestId, targetId } = event;
        const values = [showId, seq, Date.parse(at), level, code, message, ingestId, targetId];
        if (known.has(showId)) this.#put(UPSERTS.event, values);
      }
    });
    // A show that is over is put where a power cut cannot reach it either.
    if (batch.shows.some(({ endedAt }) => endedAt !== null))
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** Newest first. */
  shows(): readonly ShowSummary[] {
    return readShows(this.#database, MOST_LISTED);
  }

  /** Undefined: there is no such show. */
  report(id: string): ShowReport | undefined {
    const kept = readShow(this.#database, id);
    return kept === undefined ? undefined : buildReport(kept);
  }

  /**
   * Forgets shows last seen before that many days, and the oldest ones while the file is larger than `maxBytes`. Of a
   * show that goes on, minutes and events are forgotten, its sums stay. Returns how many shows are gone.
   */
  forget(olderThanDays: number, maxBytes = Number.POSITIVE_INFINITY): number {
    const now = this.#clock.wallNow();
    const before = Math.floor(now - olderThanDays * DAY_MS);
    // What was seen this hour may go on, and would be written again.
    const surelyOver = Math.floor(now - HOUR_MS);
    const database = this.#database;
    const { changes: old } = database.run(
      'DELETE FROM show WHERE last_seen_at < ? AND (ended_at IS NOT NULL OR last_seen_at < ?)',
      [before, surelyOver],
    );
    this.#thin(Math.min(before, surelyOver));
    let gone = old;
    while (this.#usedBytes() > maxBytes) {
      const { changes } = database.run(
        `DELETE FROM show WHERE id = (
           SELECT id FROM show WHERE last_seen_at < ? ORDER BY last_seen_at LIMIT 1)`,
        [surelyOver],
      );
      gone += changes;
      if (changes === 0) {
        this.#thin(Math.floor(now - DAY_MS));
        break;
      }
    }
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    for (let free = this.#pragma('freelist_count'); free > 0;) {
      database.all(`PRAGMA incremental_vacuum(${PAGES_AT_ONCE})`);
      const left = this.#pragma('freelist_count');
      if (left >= free) break;
      free = left;
    }
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return gone;
  }

  /** What the file needs, bytes; room that is free again in it is not counted. */
  get bytes(): number {
    return this.#usedBytes();
  }

  /** For good. */
  close(): void {
    this.#forgetStatements();
    if (this.#database.isOpen) this.#database.close();
  }

  #putTarget(row: HistoryBatch['targets'][number]): void {
    const { showId, targetId, name, platform, firstLiveAt, liveMs, bytes, bits, ratedMs } = row;
    const sums = [liveMs, bytes, bits, ratedMs].map(Math.round);
    const values = [
      showId,
      targetId,
      name,
      platform,
      firstLiveAt,
      ...sums,
      row.droppedFrames,
      row.reconnects,
    ];
    this.#put(UPSERTS.target, values);
  }

  #putMinute(row: HistoryBatch['minutes'][number]): void {
    const { showId, minute, targetId, at, liveMs, wantedMs, bits, ratedMs } = row;
    const sums = [liveMs, wantedMs, bits, ratedMs].map(Math.round);
    const values = [
      showId,
      minute,
      targetId,
      at,
      ...sums,
      row.fps,
      row.droppedFrames,
      row.queueMs,
      row.jitterMs,
    ];
    this.#put(UPSERTS.minute, values);
  }

  #put(sql: string, values: JSValue[]): void {
    // One figure that is none must not keep a whole show from being written.
    const sound = values.map((value) => (typeof value === 'number' && !Number.isFinite(value) ? 0 : value));
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    statement.run(sound);
  }

  #forgetStatements(): void {
    const statements = [...this.#statements.values()];
    this.#statements.clear();
    for (const statement of statements) {
      try {
        statement.finalize();
      } catch {
        // It says once more what was wrong with its last step, and is gone all the same.
      }
    }
  }

  #together(work: () => void): void {
    const database = this.#database;
    database.exec('BEGIN IMMEDIATE');
    try {
      work();
      database.exec('COMMIT');
    } catch (error) {
      // A statement that has failed is of no more use.
      this.#forgetStatements();
      // Some failures have ended it already.
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  #knownShows(batch: HistoryBatch): ReadonlySet<string> {
    const ids = new Set(
      [batch.targets, batch.minutes, batch.outages, batch.events].flat().map((row) => row.showId),
    );
    const written = new Set(batch.shows.map(({ id }) => id));
    for (const id of ids) {
      if (written.has(id)) continue;
      if (this.#database.get('SELECT 1 FROM show WHERE id = ?', [id]) === null) ids.delete(id);
    }
    return ids;
  }

  #thin(before: number): void {
    for (const table of ['minute', 'event']) {
      this.#database.run(`DELETE FROM ${table} WHERE at < ?`, [before]);
    }
    this.#database.run('DELETE FROM outage WHERE ended_at < ?', [before]);
  }

  #usedBytes(): number {
    return (this.#pragma('page_count') - this.#pragma('freelist_count')) * this.#pragma('page_size');
  }

  #pragma(name: 'page_count' | 'freelist_count' | 'page_size'): number {
    return Number(this.#database.get(`PRAGMA ${name}`)?.[name] ?? 0);
  }
}

function upsert(table: string, keys: readonly string[], others: readonly string[]): string {
  const columns = [...keys, ...others];
  const marks = columns.map(() => '?').join(', ');
  const news = others.map((name) => `${name} = excluded.${name}`).join(', ');
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})
    ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${news}`;
}
