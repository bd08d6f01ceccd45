/**
 * Why the history cannot be had.
 * @module
 */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../platform/files.ts';
import { whyFileFailed } from '../platform/why-file-failed.ts';

/** `away`: whoever keeps it has stopped; asking again later may help. The message is a sentence for the streamer. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
  readonly code: 'newer-version' | 'not-readable' | 'away';

  constructor(code: HistoryError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** Less than this left on a disk is full: SQLite wants a few pages and its log, bytes. */
const FULL_BELOW_BYTES = 1_000_000;

/** SQLite's words for a file that is no database, or no longer one. It tells errors apart by words only. */
const DAMAGED = /not a database|malformed|corrupt|no such table|no such column|has no column/;

/** Whether an error says that the file is damaged, rather than that the system refused. */
export const isDamage = (error: unknown): boolean => error instanceof Error && DAMAGED.test(error.message);

/** Why `path` cannot be opened or written, and what to do, as the end of a sentence. */
export function whyNotWritten(path: string, error: unknown): string {
  if (errorCode(error) !== undefined) return whyFileFailed(error);
  // SQLite says "disk I/O error" for most.
  if (isFull(path)) {
    return whyFileFailed(Object.assign(new Error('full', { cause: error }), { code: 'ENOSPC' }));
  }
  const words = error instanceof Error ? error.message : String(error);
  return `the system refused it (${words}). Check that disk, or choose another folder with --data-dir.`;
}

function isFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < FULL_BELOW_BYTES;
  } catch {
    return false;
  }
}
