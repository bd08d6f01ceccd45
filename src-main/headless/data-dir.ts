/**
 * The folder that everything is saved in.
 * @module
 */
import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import envPaths from 'env-paths';
import { errorCode } from '../platform/files.ts';
import { whyFileFailed } from '../platform/why-file-failed.ts';
import { StartError } from './start-error.ts';

/** Only the owner: keys and recordings are in it. */
const DIR_MODE = 0o700;

/** The system's app-data folder for Relaydeck. */
export function defaultDataDir(): string {
  return envPaths('relaydeck', { suffix: '' }).data;
}

/**
 * Makes the folder where it is missing and checks that it can be used.
 *
 * @returns Its absolute path.
 * @throws {StartError}
 */
export async function makeDataDir(dir: string): Promise<string> {
  const path = resolve(dir);
  try {
    await makeFolders(path);
    if (!(await stat(path)).isDirectory())
      throw new StartError(notUsable(path, 'it is a file, not a folder.'));
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return path;
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    throw new StartError(notUsable(path, whyFileFailed(cause)), { cause });
  }
}

/**
 * Step by step: with `recursive`, Node 20 tries for ever below a folder that answers ENOENT to every mkdir (/proc).
 * Folders that were there keep their mode: their owner chose it.
 */
async function makeFolders(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: DIR_MODE });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return;
    // Windows answers EPERM for the root of a drive, which is there.
    if (code !== 'ENOENT' || dirname(path) === path || (await isFolder(dirname(path)))) throw error;
    await makeFolders(dirname(path));
    await mkdir(path, { mode: DIR_MODE });
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );

const notUsable = (path: string, why: string): string =>
  `The data folder ${path} (--data-dir) cannot be used: ${why}`;
