/**
 * Where OBS keeps its profiles.
 * @module
 */
import { posix, win32 } from 'node:path';

/** What of the computer decides that. */
export type Computer = {
  readonly system: 'win32' | 'darwin' | 'linux';
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Folders with a folder per profile, whether they are there or not. */
export function obsProfileFolders({ system, home, env }: Computer): readonly string[] {
  const profiles = ['obs-studio', 'basic', 'profiles'] as const;
  if (system === 'win32') {
    return [win32.join(set(env['APPDATA']) ?? win32.join(home, 'AppData', 'Roaming'), ...profiles)];
  }
  if (system === 'darwin') return [posix.join(home, 'Library', 'Application Support', ...profiles)];
  return [
    posix.join(set(env['XDG_CONFIG_HOME']) ?? posix.join(home, '.config'), ...profiles),
    // Flatpak gives a program a home of its own.
    posix.join(home, '.var', 'app', 'com.obsproject.Studio', 'config', ...profiles),
  ];
}

/** The path of a file or folder within a folder. */
export function joinOn(system: Computer['system'], ...parts: readonly string[]): string {
  return system === 'win32' ? win32.join(...parts) : posix.join(...parts);
}

/** A variable that is set to nothing counts as not set (XDG Base Directory Specification). */
const set = (value: string | undefined): string | undefined => (value === '' ? undefined : value);
