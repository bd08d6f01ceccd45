/**
 * What the system's file errors mean to a person, and what to do.
 * @module
 */
import { errorCode } from './files.ts';

const WAYS_OUT: Readonly<Record<string, string>> = {
  EACCES:
    'this user may not do that there. Change the permissions, or choose another folder with --data-dir.',
  EPERM: 'this user may not do that there. Change the permissions, or choose another folder with --data-dir.',
  EROFS: 'that disk is read-only. Choose another folder with --data-dir.',
  ENOSPC: 'the disk is full. Free some space.',
  EDQUOT: 'your disk quota is used up. Free some space.',
  EISDIR: 'there is a folder of that name. Move it away, or choose another folder with --data-dir.',
  ENOTDIR: 'part of that path is a file, not a folder. Choose another folder with --data-dir.',
  ENOENT: 'the folder is gone. Make it again, or choose another folder with --data-dir.',
  EMFILE: 'this computer has too many files open. Close some programs.',
  EIO: 'the disk reports a fault. Check it, or choose another folder with --data-dir.',
};

/** What went wrong and what to do, as the end of a sentence. */
export function whyFileFailed(error: unknown): string {
  const code = errorCode(error);
  const known = code === undefined ? undefined : WAYS_OUT[code];
  if (known !== undefined) return `${known} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

/** One sentence on a save that failed; `what` is a plural such as `settings`. */
export function whyNotSaved(what: string, path: string, error: unknown): string {
  return `The ${what} could not be saved to ${path}: ${whyFileFailed(error)} They are kept in memory and saved again as soon as that works.`;
}
