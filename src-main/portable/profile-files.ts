/**
 * Another program's files, read with care: they may be missing, huge, or no files at all.
 * @module
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { errorCode } from '../platform/files.ts';

/** `missing`: there is none. `too-large`: it is not looked at. `not-readable`: the system says no. */
export type ProfileText =
  { readonly text: string } | { readonly fault: 'missing' | 'too-large' | 'not-readable' };

/** What finding profiles asks of the computer. */
export type ProfileFiles = {
  /** Names of the folders in a folder; undefined when there is no such folder. Rejects with the system's errors. */
  readonly folders: (path: string) => Promise<readonly string[] | undefined>;
  readonly read: (path: string, maxBytes: number) => Promise<ProfileText>;
};

/** The real ones. */
export const nodeProfileFiles: ProfileFiles = {
  folders: async (path) => {
    try {
      const entries = await readdir(path, { withFileTypes: true });
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },

  read: async (path, maxBytes) => {
    try {
      const { size, isFile } = await stat(path).then((stats) => ({
        size: stats.size,
        isFile: stats.isFile(),
      }));
      // A pipe in place of a file would be waited for for ever.
      if (!isFile) return { fault: 'not-readable' };
      return size > maxBytes ? { fault: 'too-large' } : { text: await readFile(path, 'utf8') };
    } catch (error) {
      return { fault: isMissing(error) ? 'missing' : 'not-readable' };
    }
  },
};

const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
