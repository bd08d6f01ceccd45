/**
 * Our flags among those of Electron and Chromium.
 * @module
 */
import { FLAG_NAMES } from '../headless/flags.ts';

/** Flags that take no value. */
const BARE = new Set(['json', 'help', 'version']);

/** Only the arguments that `parseFlags` knows: Chromium's own switches stand in the same line. */
export function shellArgs(argv: readonly string[]): string[] {
  const ours: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const arg = argv[at] ?? '';
    const [, name, value] = /^--([a-z-]+)(=.*)?$/s.exec(arg) ?? [];
    if (name === undefined || !FLAG_NAMES.includes(name)) continue;
    ours.push(arg);
    const next = argv[at + 1];
    if (value === undefined && !BARE.has(name) && next !== undefined) {
      ours.push(next);
      at += 1;
    }
  }
  return ours;
}
