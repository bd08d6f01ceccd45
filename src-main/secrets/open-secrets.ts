/**
 * Reads the keys at the start; a file we cannot open is never overwritten.
 * @module
 */
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { Files } from '../platform/files.ts';
import { setAside } from '../platform/set-aside.ts';
import { whyFileFailed } from '../platform/why-file-failed.ts';
import { plainSeal, type Seal } from './seal.ts';
import { SECRETS_VERSION, SecretStore } from './secret-store.ts';
import { Secret } from './secret.ts';
import { SecretsError } from './secrets-error.ts';

/** Name of the file in the data folder. */
export const SECRETS_FILE = 'secrets.json';

const fileSchema = z.object({
  version: z.literal(SECRETS_VERSION),
  sealedBy: z.string(),
  secrets: z.record(z.string(), z.string()),
});

/**
 * Opens the keys in `dir`, or begins without any. A damaged file is moved aside and said in `notices`.
 *
 * @param options.dir Must exist.
 * @param options.onSaveFailed Called for the first failed save in a row.
 * @throws {SecretsError} The file is from a newer version, sealed by another seal, or not readable; it is left alone.
 */
export async function openSecrets(options: {
  dir: string;
  files: Files;
  clock: Clock;
  seal: Seal;
  onSaveFailed: (error: SecretsError) => void;
}): Promise<{ store: SecretStore; notices: string[] }> {
  const { files, clock, seal, onSaveFailed } = options;
  const path = join(options.dir, SECRETS_FILE);
  const begin = (secrets: ReadonlyMap<string, Secret>): SecretStore =>
    new SecretStore(secrets, { path, files, clock, seal, onSaveFailed });

  let text: string | undefined;
  try {
    text = await files.read(path);
  } catch (cause) {
    throw new SecretsError('not-readable', `The keys in ${path} cannot be read: ${whyFileFailed(cause)}`, {
      path,
      cause,
    });
  }
  if (text === undefined) return { store: begin(new Map()), notices: [] };

  const read = readFile(text, path);
  if (read === undefined) {
    const why = 'it is not a file of keys';
    const notice = await setAside({ what: 'keys', path, why, files, clock });
    return { store: begin(new Map()), notices: [notice.message] };
  }
  const store = begin(openEach(read, seal, path));
  if (read.sealedBy === seal.name) return { store, notices: [] };
  // The plain text must not stay on disk once there is a better lock.
  store.saveNow();
  return {
    store,
    notices: [`The keys in ${path} were saved without a lock; from now on ${seal.name} locks them.`],
  };
}

/** Undefined: damaged. The reason is left out of messages: JSON errors quote the text, which holds keys. */
function readFile(text: string, path: string): z.infer<typeof fileSchema> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
  const version = z.object({ version: z.number() }).safeParse(value);
  if (version.success && version.data.version > SECRETS_VERSION) {
    throw new SecretsError(
      'newer-version',
      `The keys in ${path} were written by a newer Relaydeck (version ${version.data.version} of the file; this one reads ` +
        `up to ${SECRETS_VERSION}). The file was not touched. Start the newer Relaydeck, or choose another folder with --data-dir.`,
      { path },
    );
  }
  return fileSchema.safeParse(value).data;
}

/** What any seal can open: its own, and what has none. */
function openEach(file: z.infer<typeof fileSchema>, seal: Seal, path: string): Map<string, Secret> {
  const opener = file.sealedBy === plainSeal.name ? plainSeal : seal;
  const wayOut =
    'The file was not touched. Start Relaydeck the way it was started before (desktop or headless, same user), choose ' +
    'another folder with --data-dir, or move the file away to begin with new keys.';
  if (opener.name !== file.sealedBy) {
    throw new SecretsError(
      'sealed-by-another',
      `The keys in ${path} are locked by ${file.sealedBy}; this start of Relaydeck uses ${seal.name} and cannot open them. ${wayOut}`,
      { path },
    );
  }
  const secrets = new Map<string, Secret>();
  for (const [name, sealed] of Object.entries(file.secrets)) {
    try {
      secrets.set(name, new Secret(opener.open(sealed)));
    } catch (cause) {
      throw new SecretsError(
        'sealed-by-another',
        `The key ${name} in ${path} cannot be opened: it was locked under another key of ${seal.name}. ${wayOut}`,
        { path, cause },
      );
    }
  }
  return secrets;
}
