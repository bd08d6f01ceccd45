/**
 * Opens the history file; nothing that was saved is ever thrown away.
 * @module
 */
import { existsSync, rmSync, rmdirSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
// A CommonJS module that makes its names at run time: only the default import has them.
import sqlite, { type Database } from 'node-sqlite3-wasm';
import type { Clock } from '../platform/clock.ts';
import { errorCode, type Files } from '../platform/files.ts';
import { damagedName, setAside } from '../platform/set-aside.ts';
import { HistoryError, isDamage, whyNotWritten } from './history-error.ts';
import { HistoryStore } from './history-store.ts';
import { UPGRADES } from './schema.ts';

/** Name of the file in the data folder. */
export const HISTORY_FILE = 'history.db';

/** Marks a file as ours ("RlDk"): another program's database is set aside, not written into. */
const APPLICATION_ID = 0x526c446b;

/** Options of {@link openHistoryStore}. */
export type OpenStoreOptions = {
  /** Must exist, and be ours alone: whoever opens the store holds the lock of the data folder. */
  readonly dir: string;
  readonly files: Files;
  readonly clock: Clock;
  /** Steps to the newest form. */
  readonly upgrades?: readonly string[];
};

/**
 * Opens the history in `dir`, or begins a new one. A damaged file is moved aside and said in `notices`.
 * @throws {HistoryError} `newer-version`, `not-readable`: the file is left alone.
 */
export async function openHistoryStore(
  options: OpenStoreOptions,
): Promise<{ readonly store: HistoryStore; readonly notices: readonly string[] }> {
  const { dir, files, clock, upgrades = UPGRADES } = options;
  const path = join(dir, HISTORY_FILE);
  await checkAccess(path);
  clearLock(path);
  const store = (): HistoryStore => new HistoryStore(openDatabase(path, upgrades), { clock, path });
  try {
    return { store: store(), notices: [] };
  } catch (error) {
    if (!isDamage(error)) throw asHistoryError(path, error);
    const why = error instanceof Error ? error.message : String(error);
    const notice = await moveAside({ path, why, files, clock });
    try {
      return { store: store(), notices: [notice] };
    } catch (again) {
      throw new HistoryError('not-readable', notice, again);
    }
  }
}

/** A history that is gone with the program, for tests and for a data folder that cannot be written. */
export function memoryHistoryStore(clock: Clock): HistoryStore {
  return new HistoryStore(openDatabase(':memory:', UPGRADES), { clock, path: ':memory:' });
}

async function checkAccess(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw asHistoryError(path, error);
  }
}

/** SQLite's package locks with a folder, which a killed program leaves behind. */
function clearLock(path: string): void {
  try {
    rmdirSync(`${path}.lock`);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw asHistoryError(path, error);
  }
}

/** @throws SQLite's errors; the file is closed again. */
function openDatabase(path: string, upgrades: readonly string[]): Database {
  const database = new sqlite.Database(path);
  try {
    // First: one user is what lets SQLite keep a write-ahead log without shared memory, which the package lacks. Its
    // rollback journal is no choice: it takes its own lock for another's and never rolls back after a crash.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    // Before anything is written: a file that is not for us stays as it is.
    checkWhole(database);
    const version = checkVersion(database, path, upgrades.length);
    // The size of a file can shrink only when it was made so.
    if (version === 0) database.exec('PRAGMA auto_vacuum = INCREMENTAL');
    // A killed program loses nothing that was committed; a power cut may take the newest seconds, never the file.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
    // What was forgotten is overwritten, and the log does not stay large after a burst.
    database.exec('PRAGMA secure_delete = FAST; PRAGMA journal_size_limit = 8000000');
    upgrade(database, version, upgrades);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function checkWhole(database: Database): void {
  const result = database.get('PRAGMA quick_check(1)')?.['quick_check'];
  if (result !== 'ok') throw new Error(typeof result === 'string' ? `malformed: ${result}` : 'malformed');
}

/** Version of the file; 0: it is new. */
function checkVersion(database: Database, path: string, newest: number): number {
  const version = Number(database.get('PRAGMA user_version')?.['user_version']);
  const owner = Number(database.get('PRAGMA application_id')?.['application_id']);
  const tables = Number(database.get('SELECT count(*) AS n FROM sqlite_schema')?.['n']);
  if (owner !== APPLICATION_ID && (version !== 0 || tables > 0)) {
    throw new Error('it is not a database of Relaydeck');
  }
  if (version > newest) {
    throw new HistoryError(
      'newer-version',
      `The records of past shows in ${path} were written by a newer Relaydeck (version ${version} of the file; this one ` +
        `reads up to ${newest}). The file was not touched, and shows are not recorded. Start the newer Relaydeck.`,
    );
  }
  return version;
}

function upgrade(database: Database, version: number, upgrades: readonly string[]): void {
  if (version === upgrades.length) return;
  const steps = upgrades.slice(version).join(';\n');
  try {
    // In one transaction: a crash in the middle leaves the old form.
    database.exec(
      `BEGIN IMMEDIATE; PRAGMA application_id = ${APPLICATION_ID}; ${steps};
       PRAGMA user_version = ${upgrades.length}; COMMIT`,
    );
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Moves the file and its log, which belongs to it: next to a new file it would be taken for that one's. */
async function moveAside(options: {
  readonly path: string;
  readonly why: string;
  readonly files: Files;
  readonly clock: Clock;
}): Promise<string> {
  const { path, files, clock } = options;
  const aside = damagedName(path, clock.wallNow());
  const { moved, message } = await setAside({ what: 'records of past shows', ...options });
  if (!moved) return message;
  for (const tail of ['-wal', '-journal']) {
    if (!existsSync(path + tail)) continue;
    await files.rename(path + tail, aside + tail).catch(() => {
      rmSync(path + tail, { force: true });
    });
  }
  return message;
}

function asHistoryError(path: string, error: unknown): HistoryError {
  if (error instanceof HistoryError) return error;
  const message = `The records of past shows in ${path} cannot be opened: ${whyNotWritten(path, error)} Shows are not recorded until then.`;
  return new HistoryError('not-readable', message, error);
}
