/**
 * Reads the test signal's file.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { readSignalLoop, type SignalLoop } from './test-signal.ts';

/** @throws When the file is missing or is no FLV: the installation is damaged. */
export async function loadSignalLoop(path: string): Promise<SignalLoop> {
  return readSignalLoop(new Uint8Array(await readFile(path)));
}
