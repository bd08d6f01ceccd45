/**
 * What of this computer a studio needs beside its ports: FFmpeg, room on the disk, its network.
 * @module
 */
import { rm, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findFfmpeg } from '../ffmpeg/find-ffmpeg.ts';
import { makeSlate } from '../ffmpeg/make-slate.ts';
import { wayOutAddresses } from '../net/shown-host.ts';
import { nodeScrypt } from '../platform/node-crypto.ts';
import { nodeSpill } from '../platform/node-spill.ts';
import { findObsProfiles } from '../portable/obs-profiles.ts';
import type { Computer } from '../portable/obs-places.ts';
import { nodeProfileFiles } from '../portable/profile-files.ts';
import type { StudioOptions } from '../studio/studio-options.ts';
import { tuneEngine } from './tune-engine.ts';

/** Folder in the data folder for delays that memory does not hold; a folder per ingest. */
const DELAY_DIR = 'delay';

/** @param slateFile The picture for a hold that comes with Relaydeck. */
export function studioSurroundings(
  dataDir: string,
  slateFile: string,
): Pick<
  StudioOptions,
  'ffmpeg' | 'openSpill' | 'freeDiskBytes' | 'networkAddresses' | 'scrypt' | 'findObsProfiles' | 'onShows'
> {
  return {
    ffmpeg: { find: findFfmpeg, makeSlate, builtInPicture: slateFile },
    openSpill: (ingestId) => nodeSpill(join(dataDir, DELAY_DIR, ingestId)),
    freeDiskBytes: async () => {
      const { bavail, bsize } = await statfs(dataDir);
      return bavail * bsize;
    },
    networkAddresses: wayOutAddresses,
    scrypt: nodeScrypt,
    findObsProfiles: () => findObsProfiles(thisComputer(), nodeProfileFiles),
    onShows: tuneEngine,
  };
}

/** Removes what a killed program has left of its delays. A folder that cannot be removed is told when it is needed. */
export async function clearDelays(dataDir: string): Promise<void> {
  await rm(join(dataDir, DELAY_DIR), { recursive: true, force: true }).catch(() => undefined);
}

/** Other systems keep their files as Linux does. */
function thisComputer(): Computer {
  const { platform, env } = process;
  const system = platform === 'win32' || platform === 'darwin' ? platform : 'linux';
  return { system, home: homedir(), env };
}
