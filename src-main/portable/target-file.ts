/**
 * The file that targets travel in.
 * @module
 */
import { z } from 'zod';
import type { Scrypt } from '../platform/crypto.ts';
import type { Random } from '../platform/random.ts';
import { lockedSchema, lockSchema, lockText, openText, type Lock } from './locked-part.ts';
import {
  portableSecretsSchema,
  portableTargetSchema,
  type PortableSecrets,
  type TravellingTarget,
} from './portable-target.ts';
import { TargetFileError } from './target-file-error.ts';

/** What tells such a file from any other JSON. */
const KIND = 'relaydeck-targets';
const VERSION = 1;
/** Far above what a computer can feed; the file's own size is bounded by the contract. */
const MAX_TARGETS = 1000;

const headSchema = z.object({ kind: z.literal(KIND), version: z.number() });
const fileSchema = z.strictObject({
  kind: z.literal(KIND),
  version: z.literal(VERSION),
  /** ISO 8601. */
  savedAt: z.string({ error: 'must be a time' }).max(40, 'is too long'),
  targets: z
    .array(portableTargetSchema, { error: 'must be a list' })
    .max(MAX_TARGETS, `are more than ${MAX_TARGETS}`),
  /** Null: the file holds no keys. */
  lock: lockSchema.nullable(),
  /** The secrets of all targets, in their order, locked. */
  locked: lockedSchema.nullable(),
});
type TargetFile = z.infer<typeof fileSchema>;

/** What a file holds. `keys`: there are none; they are locked; they are here. */
export type ReadTargets = {
  readonly keys: 'none' | 'locked' | 'open';
  readonly targets: readonly TravellingTarget[];
};

/** What writing and reading need of the computer. */
export type Locksmith = { readonly scrypt: Scrypt; readonly random: Random };

/**
 * The file's text.
 * @param options.passphrase Undefined: keys and other secrets stay here.
 */
export async function writeTargetFile(
  targets: readonly TravellingTarget[],
  options: Locksmith & { readonly savedAt: string; readonly passphrase: string | undefined },
): Promise<string> {
  const { passphrase, savedAt } = options;
  const open = {
    kind: KIND,
    version: VERSION,
    savedAt,
    targets: targets.map(({ target }) => target),
  } as const;
  if (passphrase === undefined) return textOf({ ...open, lock: null, locked: null });
  const secrets = JSON.stringify(targets.map((one) => one.secrets ?? NO_SECRETS));
  const beside = (lock: Lock): string => textBeside({ ...open, lock });
  const { lock, locked } = await lockText(secrets, passphrase, { ...options, beside });
  return textOf({ ...open, lock, locked });
}

/**
 * Reads a file's text. Without a passphrase what is locked stays so.
 * @throws {TargetFileError}
 */
export async function readTargetFile(
  text: string,
  passphrase: string | undefined,
  { scrypt }: Pick<Locksmith, 'scrypt'>,
): Promise<ReadTargets> {
  const raw = parsed(text);
  const { targets, lock, locked } = checked(raw);
  if (lock === null || locked === null) {
    if (lock !== null || locked !== null) throw damaged('its keys are there in part only');
    return { keys: 'none', targets: targets.map((target) => ({ target, secrets: null })) };
  }
  if (passphrase === undefined) {
    return { keys: 'locked', targets: targets.map((target) => ({ target, secrets: null })) };
  }
  const secrets = readSecrets(
    await openText({ lock, locked }, passphrase, { scrypt, beside: textBeside(raw) }),
  );
  if (secrets.length !== targets.length) throw damaged('it has another number of keys than of targets');
  return { keys: 'open', targets: targets.map((target, i) => ({ target, secrets: secrets[i] ?? null })) };
}

const NO_SECRETS: PortableSecrets = { streamKey: '', backupKey: '', password: '', proxy: '' };

const textOf = (file: TargetFile): string => `${JSON.stringify(file, null, 2)}\n`;

/** All of a file but its locked part, in one spelling. */
function textBeside(file: object): string {
  return JSON.stringify(Object.entries(file).filter(([name]) => name !== 'locked'));
}

function parsed(text: string): object {
  let raw: unknown;
  try {
    // Editors of Windows put a byte order mark in front.
    raw = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // A file that was cut off still begins as it should.
    if (text.slice(0, 200).includes(KIND)) throw damaged('it is cut off, or is no JSON any more');
    throw noneOfOurs();
  }
  const head = headSchema.safeParse(raw);
  if (!head.success || typeof raw !== 'object' || raw === null) throw noneOfOurs();
  if (head.data.version > VERSION) {
    const words =
      'This file is of a newer Relaydeck. Update Relaydeck on this computer, then import it again.';
    throw new TargetFileError('newer-file', words);
  }
  return raw;
}

function checked(raw: object): TargetFile {
  const file = fileSchema.safeParse(raw);
  if (file.success) return file.data;
  const [issue] = file.error.issues;
  const where = issue === undefined ? '' : issue.path.join('.');
  throw damaged(
    issue?.code === 'unrecognized_keys'
      ? `${where} has fields that are not known`
      : `${where} ${issue?.message ?? ''}`,
  );
}

function readSecrets(text: string): readonly PortableSecrets[] {
  const secrets = z.array(portableSecretsSchema).safeParse(JSON.parse(text));
  if (!secrets.success) throw damaged('its keys are not as they should be');
  return secrets.data;
}

function noneOfOurs(): TargetFileError {
  const words = 'This is no file of targets from Relaydeck. Choose the one that “Export targets” has saved.';
  return new TargetFileError('not-relaydeck-file', words);
}

function damaged(what: string): TargetFileError {
  return new TargetFileError('damaged-file', `This file is damaged: ${what.trim()}. Export it again.`);
}
