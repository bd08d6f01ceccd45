/**
 * The diagnosis of a data folder without its studio. Nothing in the folder but the new file is changed.
 * @module
 */
import { join } from 'node:path';
import type { Diagnosis } from '../../src-shared/model/studio-state.ts';
import { nodeClock } from '../platform/node-clock.ts';
import { nodeFiles } from '../platform/node-files.ts';
import { SECRETS_FILE } from '../secrets/open-secrets.ts';
import { plainSeal } from '../secrets/seal.ts';
import { SETTINGS_FILE } from '../settings/open-settings.ts';
import { writeDiagnosis } from './write-diagnosis.ts';

/**
 * Reads what is saved, however damaged, and leaves out what cannot be read.
 * @param options.dataDir Must exist.
 * @throws {CommandRefused} `diagnosis-not-written`
 */
export async function diagnoseFiles(options: {
  readonly dataDir: string;
  readonly version: string;
}): Promise<Diagnosis> {
  const { dataDir, version } = options;
  const settings = await readJson(join(dataDir, SETTINGS_FILE));
  const secrets = plainSecrets(await readJson(join(dataDir, SECRETS_FILE)));
  const ffmpegPath = isObject(settings) ? settings['ffmpegPath'] : undefined;
  return writeDiagnosis({
    dataDir,
    version,
    wallNow: nodeClock.wallNow(),
    uptimeSeconds: null,
    settings: settings ?? null,
    ffmpegPath: typeof ffmpegPath === 'string' ? ffmpegPath : '',
    state: null,
    shows: [],
    log: [],
    listening: [],
    secrets: secrets ?? [],
    secretsKnown: secrets !== undefined,
  });
}

/** Undefined: there is no such file. Null: it cannot be read. */
async function readJson(path: string): Promise<unknown> {
  try {
    const text = await nodeFiles.read(path);
    return text === undefined ? undefined : (JSON.parse(text.replace(/^\uFEFF/, '')) as unknown);
  } catch {
    return null;
  }
}

/** Undefined: there are some, but they are locked or cannot be read. */
function plainSecrets(file: unknown): readonly string[] | undefined {
  if (file === undefined) return [];
  if (!isObject(file) || file['sealedBy'] !== plainSeal.name || !isObject(file['secrets'])) return undefined;
  const texts = Object.values(file['secrets']);
  const known = texts.filter((text) => typeof text === 'string');
  return known.length === texts.length ? known : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
