/**
 * `diagnose` of the command line: one file, from the running studio where there is one.
 * @module
 */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { whyFileFailed } from '../platform/why-file-failed.ts';
import { askForDiagnosis } from './diagnose-asking.ts';
import { diagnoseFiles } from './diagnose-files.ts';
import { StartError } from './start-error.ts';

/** What is printed. */
export type DiagnoseResult = {
  readonly path: string;
  /** For the person at the terminal; empty: nothing to say. */
  readonly words: string;
};

/**
 * Writes it, or has it written. A folder that is missing is not made: its name is most likely mistyped.
 * @throws {StartError} There is no such folder.
 * @throws {CommandRefused} `diagnosis-not-written`
 */
export async function diagnoseCommand(options: {
  readonly dataDir: string;
  readonly version: string;
}): Promise<DiagnoseResult> {
  const dataDir = resolve(options.dataDir);
  await checkFolder(dataDir);
  const asked = await askForDiagnosis(dataDir);
  if (asked.type === 'written') return { path: asked.path, words: '' };
  const { path } = await diagnoseFiles({ dataDir, version: options.version });
  const words =
    asked.type === 'no-studio'
      ? 'No Relaydeck runs on this data folder: the diagnosis holds its settings, but no log, events or shows.'
      : `The Relaydeck that runs on this data folder wrote no diagnosis. ${asked.why} This one was made from the saved files alone. For what is going on right now, use its button in the window, or POST /api/v1/diagnosis.`;
  return { path, words };
}

async function checkFolder(dir: string): Promise<void> {
  let why: string;
  try {
    if ((await stat(dir)).isDirectory()) return;
    why = 'it is a file, not a folder.';
  } catch (error) {
    why = whyFileFailed(error);
  }
  throw new StartError(`The data folder ${dir} (--data-dir) cannot be read: ${why}`);
}
