/**
 * Finds the programs that the tests speak to. Nothing is brought here; run-all.mjs does that.
 * @module
 */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** The root of the repository. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** Programs, and the places beside PATH where distributions put them. */
const NAMES = {
  ffmpeg: ['ffmpeg'],
  ffprobe: ['ffprobe'],
  nginx: ['nginx'],
  rtmpdump: ['rtmpdump'],
  chromium: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  openssl: ['openssl'],
  gst: ['gst-launch-1.0'],
  'gst-inspect': ['gst-inspect-1.0'],
} as const;
const SBIN = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

export type ToolName = keyof typeof NAMES | 'nginx-rtmp';

/** Full path of a program (or of the RTMP module of nginx); undefined when it is not installed. */
export function findTool(name: ToolName): string | undefined {
  if (name === 'nginx-rtmp') return findNginxRtmpModule();
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...SBIN].filter(
    (folder) => folder !== '',
  );
  for (const file of NAMES[name]) {
    for (const folder of folders) {
      const path = join(folder, file);
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

/** Full path of a program that the caller has checked for with {@link needs}. */
export function tool(name: ToolName): string {
  const path = findTool(name);
  if (path === undefined) throw new Error(`${name} is not installed; ask needs('${name}') before`);
  return path;
}

/** What a test cannot run without: whether something is missing, and words to put behind the test's name. */
export type Gate = { readonly missing: boolean; readonly words: string };

/** Holds a list of programs against what is installed. */
export function needs(...names: readonly ToolName[]): Gate {
  const missing = names.filter((name) => findTool(name) === undefined);
  if (missing.length === 0) return { missing: false, words: '' };
  return { missing: true, words: ` (skipped: ${missing.join(', ')} not installed)` };
}

/** Why the desktop shell cannot be started here; undefined when it can. */
export function whyNoElectron(): string | undefined {
  const fetched = existsSync(join(ROOT, 'node_modules/electron/path.txt'));
  if (!fetched && process.env['ELECTRON_OVERRIDE_DIST_PATH'] === undefined) {
    return 'the Electron runtime is not on this computer';
  }
  const shown = process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
  return process.platform === 'linux' && !shown ? 'there is no display' : undefined;
}

function findNginxRtmpModule(): string | undefined {
  const folders = ['/usr/lib/nginx/modules', '/usr/lib64/nginx/modules', '/usr/share/nginx/modules'];
  for (const folder of folders) {
    if (existsSync(folder) && readdirSync(folder).includes('ngx_rtmp_module.so'))
      return join(folder, 'ngx_rtmp_module.so');
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
