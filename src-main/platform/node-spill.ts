/**
 * The real spill: a folder of files.
 * @module
 */
import { chmod, mkdir, open, readdir, readFile, rm, rmdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './files.ts';
import type { Spill, SpillPiece } from './spill.ts';

/** Names of pieces. Nothing else is ever removed: a folder that was named by mistake keeps what is in it. */
const PIECE = /^\d+\.piece$/;

/** On Windows a virus scanner holds a new file open for a moment; these tries wait 1.5 s in all. `recursive` turns them on. */
const PATIENTLY = { force: true, recursive: true, maxRetries: 5, retryDelay: 100 } as const;

/** A folder that is not empty, or not there, in the systems' different words. */
const STAYS: readonly (string | undefined)[] = ['ENOENT', 'ENOTEMPTY', 'EEXIST'];

/**
 * Opens a spill with one file per piece in `dir`, which it makes, for this user alone. Pieces that a killed program
 * has left there are removed first: two programs must not share a folder.
 * @throws The system's errors.
 */
export async function nodeSpill(dir: string): Promise<Spill> {
  await clear(dir);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  // A folder that stayed for something strange in it may be open to others.
  await chmod(dir, 0o700);
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;
  let next = 0;

  const track = async <T>(call: () => Promise<T>): Promise<T> => {
    if (isClosed) throw new Error(`The spill in ${dir} is closed.`);
    const running = call();
    underWay.add(running);
    try {
      return await running;
    } finally {
      underWay.delete(running);
    }
  };
  const remove = (path: string): Promise<void> => rm(path, PATIENTLY);

  return {
    place: dir,
    write: (bytes) =>
      track(async (): Promise<SpillPiece> => {
        const path = join(dir, `${next++}.piece`);
        try {
          await writeNew(path, bytes);
        } catch (error) {
          await remove(path).catch(() => undefined);
          throw error;
        }
        return {
          read: () => track(() => readWhole(path, bytes.length)),
          drop: () => (isClosed ? Promise.resolve() : track(() => remove(path))),
        };
      }),
    close: async () => {
      isClosed = true;
      await Promise.allSettled(underWay);
      await clear(dir);
    },
    freeBytes: () =>
      track(async () => {
        const { bavail, bsize } = await statfs(dir);
        return bavail * bsize;
      }),
  };
}

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
}

async function readWhole(path: string, length: number): Promise<Uint8Array> {
  const bytes = await readFile(path);
  if (bytes.length !== length) throw new Error(`${path} holds ${bytes.length} bytes instead of ${length}.`);
  return bytes;
}

/** Removes the pieces, and the folder when nothing else is in it. */
async function clear(dir: string): Promise<void> {
  const names = await readdir(dir).catch((error: unknown): string[] => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) if (PIECE.test(name)) await rm(join(dir, name), PATIENTLY);
  await rmdir(dir).catch((error: unknown) => {
    if (!STAYS.includes(errorCode(error))) throw error;
  });
}
