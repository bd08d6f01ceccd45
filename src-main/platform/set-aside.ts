/**
 * Moves a damaged file out of the way, so that it can be looked at and nothing is lost silently.
 * @module
 */
import type { Clock } from './clock.ts';
import type { Files } from './files.ts';
import { whyFileFailed } from './why-file-failed.ts';

/** `settings.json` → `settings.damaged-20260101T000000000Z.json`; no colons: Windows refuses them in names. */
export function damagedName(path: string, wallNow: number): string {
  const stamp = new Date(wallNow).toISOString().replaceAll(/[-:.]/g, '');
  return path.replace(/(\.[a-z]+)$/, `.damaged-${stamp}$1`);
}

/** Moves the file and says so in a sentence; `moved` is false when the system refused, and the file stays. */
export async function setAside(options: {
  what: string;
  path: string;
  why: string;
  files: Files;
  clock: Clock;
}): Promise<{ moved: boolean; message: string }> {
  const { what, path, why, files, clock } = options;
  const aside = damagedName(path, clock.wallNow());
  try {
    await files.rename(path, aside);
  } catch (error) {
    return {
      moved: false,
      message: `The ${what} in ${path} are damaged (${why}) and could not be moved aside: ${whyFileFailed(error)} Relaydeck goes on with new ones; the next change replaces the file.`,
    };
  }
  return {
    moved: true,
    message: `The ${what} in ${path} were damaged (${why}). The file was kept as ${aside}; Relaydeck began with new ones.`,
  };
}
