/**
 * Reads the settings at the start; nothing that was saved is ever thrown away.
 * @module
 */
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { Files } from '../platform/files.ts';
import { setAside } from '../platform/set-aside.ts';
import { whyFileFailed } from '../platform/why-file-failed.ts';
import { SettingsError } from './settings-error.ts';
import { SettingsStore } from './settings-store.ts';
import { FIRST_SETTINGS, SETTINGS_VERSION, type Settings } from './settings.ts';
import { upgradeSettings } from './upgrades/upgrade-settings.ts';

/** Name of the file in the data folder. */
export const SETTINGS_FILE = 'settings.json';

/**
 * Opens the settings in `dir`, or begins with the first ones. A damaged file is moved aside and said in `notices`.
 *
 * @param options.dir Must exist.
 * @param options.onSaveFailed Called for the first failed save in a row.
 * @throws {SettingsError} The file is from a newer version, or the system does not let us read it; it is left alone.
 */
export async function openSettings(options: {
  dir: string;
  files: Files;
  clock: Clock;
  onSaveFailed: (error: SettingsError) => void;
}): Promise<{ store: SettingsStore; notices: string[] }> {
  const { files, clock, onSaveFailed } = options;
  const path = join(options.dir, SETTINGS_FILE);
  const begin = (value: Settings): SettingsStore =>
    new SettingsStore(value, { path, files, clock, onSaveFailed });

  let text: string | undefined;
  try {
    text = await files.read(path);
  } catch (cause) {
    throw new SettingsError(
      'not-readable',
      `The settings in ${path} cannot be read: ${whyFileFailed(cause)}`,
      {
        path,
        cause,
      },
    );
  }
  if (text === undefined) {
    const store = begin(FIRST_SETTINGS);
    store.saveNow();
    return { store, notices: [] };
  }

  const read = readSettings(text, path);
  if (read.type === 'ok') return { store: begin(read.settings), notices: [] };
  const notice = await setAside({ what: 'settings', path, why: read.why, files, clock });
  const store = begin(FIRST_SETTINGS);
  if (notice.moved) store.saveNow();
  return { store, notices: [notice.message] };
}

/** @throws {SettingsError} `newer-version` */
function readSettings(
  text: string,
  path: string,
): { type: 'ok'; settings: Settings } | { type: 'damaged'; why: string } {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { type: 'damaged', why: error instanceof Error ? error.message : 'it is not JSON' };
  }
  const version = z.object({ version: z.number() }).safeParse(value);
  if (version.success && version.data.version > SETTINGS_VERSION) {
    throw new SettingsError(
      'newer-version',
      `The settings in ${path} were written by a newer Relaydeck (version ${version.data.version} of the file; this one ` +
        `reads up to ${SETTINGS_VERSION}). The file was not touched. Start the newer Relaydeck, or choose another folder with --data-dir.`,
      { path },
    );
  }
  const upgraded = upgradeSettings(value);
  if (upgraded.success) return { type: 'ok', settings: upgraded.data };
  const issue = upgraded.error.issues[0];
  return { type: 'damaged', why: `${issue?.path.join('.') || 'file'}: ${issue?.message ?? 'unknown form'}` };
}
