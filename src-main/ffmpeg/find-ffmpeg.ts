/**
 * Finds an FFmpeg that runs on this computer.
 * @module
 */
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { errorCode } from '../platform/files.ts';

/** An FFmpeg that was run and answered. */
export type FoundFfmpeg = {
  readonly path: string;
  /** As FFmpeg tells it: `6.1.1`, `5.1.9-0+deb12u1`, `n7.1`, `N-118-g0123abc`. */
  readonly version: string;
};

/** What came of the search. */
export type FfmpegSearch = {
  /** The first that works, wherever it was found; undefined: there is none. */
  readonly found: FoundFfmpeg | undefined;
  /**
   * For the streamer: the setting names a program that does not work, or there is no FFmpeg at all. There may be a
   * problem although one was found elsewhere.
   */
  readonly problem: string | undefined;
};

/** What the search asks of the computer. */
export type FfmpegPlaces = {
  /** Runs `<path> -version` and gives what it prints. Rejects when it cannot be run, fails or takes too long. */
  readonly versionText: (path: string) => Promise<string>;
  /** The program that comes with the package `ffmpeg-static`; undefined: the package or its program is missing. */
  readonly bundled: () => Promise<string | undefined>;
  /** Where the system has `ffmpeg`, in the order of its search path; undefined: nowhere. */
  readonly installed: () => Promise<string | undefined>;
};

/** Printing a version takes no time; what takes longer hangs, or is no FFmpeg. */
const TIME_LIMIT_MS = 5_000;
/** The version comes with one line on how it was built. */
const MAX_TEXT_BYTES = 64 * 1024;
/** Programs started from the Dock of macOS do not have these in their search path; Homebrew installs there. */
const MACOS_FOLDERS = ['/opt/homebrew/bin', '/usr/local/bin'] as const;

const COMPUTER: FfmpegPlaces = { versionText, bundled, installed };

/**
 * Searches in this order: the setting, the one that came with the program, the one installed on the computer. A
 * setting that does not work does not stop the search, but is told of.
 *
 * @param setting Path of the program; empty: none was chosen.
 * @param places For tests.
 */
export async function findFfmpeg(setting: string, places: FfmpegPlaces = COMPUTER): Promise<FfmpegSearch> {
  const chosen = setting.trim();
  let problem: string | undefined;
  if (chosen !== '') {
    const found = await tryOut(chosen, places);
    if (typeof found !== 'string') return { found, problem };
    problem = `The FFmpeg chosen in the settings, ${chosen}, does not work: ${found}. Choose the ffmpeg program itself, or clear the setting to use the one on this computer.`;
  }
  for (const place of [places.bundled, places.installed]) {
    const path = await place();
    if (path === undefined) continue;
    const found = await tryOut(path, places);
    if (typeof found !== 'string') return { found, problem };
  }
  const nowhere = 'There is no FFmpeg on this computer. Install it, or choose the program in the settings.';
  return { found: undefined, problem: problem ?? nowhere };
}

/** The program, or why it does not work. */
async function tryOut(path: string, places: FfmpegPlaces): Promise<FoundFfmpeg | string> {
  let text: string;
  try {
    text = await places.versionText(path);
  } catch (error) {
    return whyNot(error);
  }
  const version = /^ffmpeg version (\S+)/.exec(text)?.[1];
  return version === undefined ? 'this is another program, not FFmpeg' : { path, version };
}

function whyNot(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  // Windows says so of files that are no programs, Linux and macOS of those for another kind of computer too.
  if (code === 'ENOEXEC' || code === 'UNKNOWN' || code === 'EFTYPE')
    return 'it is no program for this computer';
  if (code === 'EACCES' || code === 'EPERM') return 'it is a folder, or may not be run';
  const isKilled = error instanceof Error && 'killed' in error && error.killed === true;
  if (isKilled) return `it gave no answer within ${TIME_LIMIT_MS / 1000} seconds`;
  return 'it ended with an error when asked for its version';
}

async function versionText(path: string): Promise<string> {
  const { stdout } = await promisify(execFile)(path, ['-version'], {
    timeout: TIME_LIMIT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_TEXT_BYTES,
    windowsHide: true,
  });
  return stdout;
}

async function bundled(): Promise<string | undefined> {
  // Optional: the name is no literal, so that building does not depend on the package.
  const name = 'ffmpeg-static';
  const module: unknown = await import(/* @vite-ignore */ name).catch(() => undefined);
  if (typeof module !== 'object' || module === null || !('default' in module)) return undefined;
  // The package gives null where it has no program for this computer.
  if (typeof module.default !== 'string') return undefined;
  // Inside an Electron archive nothing can be started; its programs lie unpacked beside it.
  return module.default.replace(/([\\/])app\.asar([\\/])/, '$1app.asar.unpacked$2');
}

async function installed(): Promise<string | undefined> {
  const isWindows = process.platform === 'win32';
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  if (process.platform === 'darwin') folders.push(...MACOS_FOLDERS);
  for (const folder of folders) {
    // A search path may name folders relative to wherever the program was started: anything might lie there.
    if (!isAbsolute(folder)) continue;
    const path = join(folder, isWindows ? 'ffmpeg.exe' : 'ffmpeg');
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}
