/**
 * What the peers on this computer can, asked of them once: rows of the interop table that need more are skipped by
 * name, with the reason.
 * @module
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findTool, ROOT, type Gate, type ToolName } from './tools.ts';

/** What a row needs. */
export type Needs = {
  readonly tools?: readonly ToolName[];
  /** Encoders of the installed FFmpeg, as `ffmpeg -encoders` names them. */
  readonly ffmpegEncoders?: readonly string[];
  readonly gstElements?: readonly string[];
  /** Packages of node_modules. */
  readonly packages?: readonly string[];
};

const answers = new Map<string, boolean>();

/** Holds what a row needs against what is here. */
export function needsAll(needs: Needs): Gate {
  const missing = [
    ...(needs.tools ?? []).filter((name) => findTool(name) === undefined),
    ...(needs.ffmpegEncoders ?? []).filter((name) => !once(`ffmpeg ${name}`, () => ffmpegHas(name))),
    ...(needs.gstElements ?? []).filter((name) => !once(`gst ${name}`, () => gstHas(name))),
    ...(needs.packages ?? []).filter((name) => !existsSync(join(ROOT, 'node_modules', name))),
  ];
  if (missing.length === 0) return { missing: false, words: '' };
  return { missing: true, words: ` (skipped: ${missing.join(', ')} not here)` };
}

function once(key: string, ask: () => boolean): boolean {
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = ask();
  answers.set(key, answer);
  return answer;
}

let encoders: string | undefined;

function ffmpegHas(name: string): boolean {
  const path = findTool('ffmpeg');
  if (path === undefined) return false;
  encoders ??= execFileSync(path, ['-hide_banner', '-encoders'], { encoding: 'utf8', timeout: 10_000 });
  return encoders.split('\n').some((line) => line.trim().split(/\s+/)[1] === name);
}

function gstHas(name: string): boolean {
  const path = findTool('gst-inspect');
  if (path === undefined) return false;
  try {
    execFileSync(path, ['--exists', name], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}
