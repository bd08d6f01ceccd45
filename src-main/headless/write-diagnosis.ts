/**
 * Writes a diagnosis into the data folder.
 * @module
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Diagnosis } from '../../src-shared/model/studio-state.ts';
import type { DiagnosisFacts } from '../diagnosis/diagnosis-facts.ts';
import { makeDiagnosis } from '../diagnosis/make-diagnosis.ts';
import { errorCode } from '../platform/files.ts';
import { nodeFiles } from '../platform/node-files.ts';
import { whyFileFailed } from '../platform/why-file-failed.ts';
import { CommandRefused } from '../studio/studio-port.ts';
import { computerFacts, ffmpegFact } from './diagnose-computer.ts';

/** Folder in the data folder. */
export const DIAGNOSIS_DIR = 'diagnosis';
/** Files kept; each may have 4 MiB. */
export const KEPT_DIAGNOSES = 5;
/** Only the owner: keys are taken out, names and addresses of a show are not. */
const DIR_MODE = 0o700;
const FILE_MODE = 0o600;
const OURS = /^relaydeck-diagnosis-.+\.json$/;

/** What the writer is given; it adds what it sees of the computer. */
export type DiagnosisSources = Omit<
  DiagnosisFacts,
  'versions' | 'computer' | 'homeDir' | 'interfaces' | 'ffmpeg'
> & {
  /** Of Relaydeck. */
  readonly version: string;
  /** Path of the FFmpeg that was chosen; empty: none was. */
  readonly ffmpegPath: string;
};

/**
 * Takes the secrets out and writes the file, for its owner only. Older files go, all but the newest.
 * @param sources `dataDir` must exist.
 * @throws {CommandRefused} `diagnosis-not-written`, in words.
 */
export async function writeDiagnosis(sources: DiagnosisSources): Promise<Diagnosis> {
  const { version, ffmpegPath, ...facts } = sources;
  const ffmpeg = await ffmpegFact(ffmpegPath);
  const { fileName, summary, json } = makeDiagnosis({ ...facts, ...computerFacts(version), ffmpeg });
  const dir = join(sources.dataDir, DIAGNOSIS_DIR);
  const path = join(dir, fileName);
  try {
    await mkdir(dir, { mode: DIR_MODE }).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    });
    await nodeFiles.writeWhole(path, json, FILE_MODE);
  } catch (error) {
    const words = `The diagnosis could not be written to ${path}: ${whyFileFailed(error)}`;
    throw new CommandRefused('diagnosis-not-written', words);
  }
  await forgetOlder(dir, fileName);
  return { path, fileName, summary: summary.join('\n') };
}

/** The new file stays even where the clock was set back and others have later names. */
async function forgetOlder(dir: string, newest: string): Promise<void> {
  try {
    const others = (await readdir(dir)).filter((name) => OURS.test(name) && name !== newest);
    const tooOld = others.sort().slice(0, Math.max(0, others.length - (KEPT_DIAGNOSES - 1)));
    for (const name of tooOld) await rm(join(dir, name), { force: true });
  } catch {
    // What could not be removed is removed with the next one; this one was written.
  }
}
