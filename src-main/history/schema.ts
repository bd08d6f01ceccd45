/**
 * The form of the history file. Every step stays as it is: files of all ages pass through those they lack.
 * @module
 */

/**
 * One step per version of the file, each in SQL. The first makes the tables.
 *
 * Minutes are ordered by time before target: what is written every second lies on one page of the file.
 */
export const UPGRADES: readonly string[] = [
  `
  CREATE TABLE show (
    id TEXT PRIMARY KEY, ingest_id TEXT NOT NULL, ingest_name TEXT NOT NULL, started_at INTEGER NOT NULL,
    ended_at INTEGER, last_seen_at INTEGER NOT NULL, encoder TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE show_target (
    show_id TEXT NOT NULL REFERENCES show (id) ON DELETE CASCADE, target_id TEXT NOT NULL, name TEXT NOT NULL,
    platform TEXT NOT NULL, first_live_at INTEGER, live_ms INTEGER NOT NULL, bytes INTEGER NOT NULL,
    bits INTEGER NOT NULL, rated_ms INTEGER NOT NULL, dropped_frames INTEGER NOT NULL, reconnects INTEGER NOT NULL,
    PRIMARY KEY (show_id, target_id)
  ) WITHOUT ROWID;
  CREATE TABLE minute (
    show_id TEXT NOT NULL REFERENCES show (id) ON DELETE CASCADE, minute INTEGER NOT NULL, target_id TEXT NOT NULL,
    at INTEGER NOT NULL, live_ms INTEGER NOT NULL, wanted_ms INTEGER NOT NULL, bits INTEGER NOT NULL,
    rated_ms INTEGER NOT NULL, fps REAL, dropped_frames INTEGER NOT NULL, queue_ms REAL, jitter_ms REAL,
    PRIMARY KEY (show_id, minute, target_id)
  ) WITHOUT ROWID;
  CREATE TABLE outage (
    show_id TEXT NOT NULL REFERENCES show (id) ON DELETE CASCADE, at INTEGER NOT NULL, target_id TEXT NOT NULL,
    ended_at INTEGER, code TEXT NOT NULL, cause TEXT NOT NULL,
    PRIMARY KEY (show_id, at, target_id)
  ) WITHOUT ROWID;
  CREATE TABLE event (
    show_id TEXT NOT NULL REFERENCES show (id) ON DELETE CASCADE, seq INTEGER NOT NULL, at INTEGER NOT NULL,
    level TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, ingest_id TEXT, target_id TEXT,
    PRIMARY KEY (show_id, seq)
  ) WITHOUT ROWID;
  `,
];
