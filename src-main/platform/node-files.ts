/**
 * The real files.
 * @module
 */
import { open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode, type Files } from './files.ts';

/** Waits between tries, ms: on Windows a virus scanner holds a new file open for a moment. */
const RENAME_RETRY_MS = [20, 100, 500] as const;

/**
 * Files of the system. `writeWhole` writes beside the file, forces it to disk and renames it into place.
 *
 * `write-file-atomic` does the same but takes a short write for a whole one: on a full disk it puts a cut file in
 * place of the good one and reports no error. `FileHandle.writeFile` writes on until all is there or fails.
 */
export const nodeFiles: Files = {
  read: async (path) => {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  },

  writeWhole: async (path, text, mode) => {
    // A settings file may be a link into a folder of dotfiles: the link stays, its aim is replaced.
    const target = await realpath(path).catch(() => path);
    const beside = `${target}.${process.pid}.new`;
    try {
      await rm(beside, { force: true });
      const file = await open(beside, 'wx', mode);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await renamePatiently(beside, target);
    } catch (error) {
      await rm(beside, { force: true }).catch(() => undefined);
      throw error;
    }
    await syncFolder(dirname(target));
  },

  rename: renamePatiently,
};

async function renamePatiently(from: string, to: string): Promise<void> {
  for (const waitMs of RENAME_RETRY_MS) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const busy =
        process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '');
      if (!busy) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  await rename(from, to);
}

/** Makes the rename itself survive a power cut; Windows and some network disks cannot, and need not. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // The text is in place; only its safety against a power cut in this very moment is less.
  }
}
