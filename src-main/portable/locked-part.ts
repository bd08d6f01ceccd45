/**
 * Text locked by a passphrase, bound to the text beside it.
 * @module
 */
import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Scrypt, ScryptCost } from '../platform/crypto.ts';
import type { Random } from '../platform/random.ts';
import { TargetFileError } from './target-file-error.ts';

/** 64 MiB and about half a second on a small computer; what OWASP asks of scrypt at least. */
export const WRITTEN_COST: ScryptCost = { N: 2 ** 16, r: 8, p: 2 };
const SALT_BYTES = 16;
/** What GCM is made for (NIST SP 800-38D §5.2.1.1); a new key for each file, so that none is used twice. */
const NONCE_BYTES = 12;
const KEY_BYTES = 32;
/** Tells a wrong passphrase from a damaged file. */
const CHECK_BYTES = 16;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

const bytesOf = (length: number): z.ZodType<string> =>
  z
    .string({ error: 'must be Base64' })
    .refine(isBase64, 'must be Base64')
    .refine((text) => fromBase64(text).length === length, `must be ${length} bytes`);

/** The lock beside what it locks. Costs: no weaker than what can be guessed today, no dearer than 256 MiB. */
export const lockSchema = z
  .strictObject({
    kdf: z.literal('scrypt', { error: 'must be scrypt' }),
    N: z.literal([2 ** 15, 2 ** 16, 2 ** 17, 2 ** 18], { error: 'must be a power of two from 2^15 to 2^18' }),
    r: z.literal(8, { error: 'must be 8' }),
    p: z
      .number({ error: 'must be a number' })
      .int('must be whole')
      .min(1, 'must be 1 or more')
      .max(4, 'must be at most 4'),
    salt: bytesOf(SALT_BYTES),
    check: bytesOf(CHECK_BYTES),
    cipher: z.literal(CIPHER, { error: `must be ${CIPHER}` }),
    nonce: bytesOf(NONCE_BYTES),
  })
  .readonly();
export type Lock = z.infer<typeof lockSchema>;

/** What was locked: cipher text and tag, Base64 in the one spelling that Base64 has. */
export const lockedSchema = z.string({ error: 'must be Base64' }).refine(isBase64, 'must be Base64');

/** Locks texts; the passphrase is forgotten with the call. */
export async function lockText(
  text: string,
  passphrase: string,
  options: {
    readonly scrypt: Scrypt;
    readonly random: Random;
    /** What must stand beside it unchanged, for the lock that is written there. */
    readonly beside: (lock: Lock) => string;
  },
): Promise<{ readonly lock: Lock; readonly locked: string }> {
  const { scrypt, random, beside } = options;
  const salt = random.bytes(SALT_BYTES);
  const nonce = random.bytes(NONCE_BYTES);
  const { key, check } = await keyOf(passphrase, salt, { cost: WRITTEN_COST, scrypt });
  const lock: Lock = {
    kdf: 'scrypt',
    N: 2 ** 16,
    r: 8,
    p: WRITTEN_COST.p,
    salt: toBase64(salt),
    check: toBase64(check),
    cipher: CIPHER,
    nonce: toBase64(nonce),
  };
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(beside(lock), 'utf8'));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { lock, locked: toBase64(sealed) };
}

/** @throws {TargetFileError} `wrong-passphrase`; `damaged-file`: something is not as it was written. */
export async function openText(
  { lock, locked }: { readonly lock: Lock; readonly locked: string },
  passphrase: string,
  { scrypt, beside }: { readonly scrypt: Scrypt; readonly beside: string },
): Promise<string> {
  const { N, r, p } = lock;
  const { key, check } = await keyOf(passphrase, fromBase64(lock.salt), { cost: { N, r, p }, scrypt });
  if (!timingSafeEqual(check, fromBase64(lock.check))) {
    const words =
      'This passphrase does not open the file. Mind capital letters and the layout of the keyboard.';
    throw new TargetFileError('wrong-passphrase', words, 'passphrase');
  }
  const sealed = fromBase64(locked);
  try {
    const cipher = createDecipheriv(CIPHER, key, fromBase64(lock.nonce), { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(beside, 'utf8'));
    cipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([cipher.update(sealed.subarray(0, -TAG_BYTES)), cipher.final()]).toString('utf8');
  } catch {
    throw new TargetFileError(
      'damaged-file',
      'The passphrase fits, but the file is not as Relaydeck wrote it: it was changed or damaged. Export it again.',
    );
  }
}

async function keyOf(
  passphrase: string,
  salt: Uint8Array,
  { cost, scrypt }: { readonly cost: ScryptCost; readonly scrypt: Scrypt },
): Promise<{ readonly key: Uint8Array; readonly check: Uint8Array }> {
  const length = KEY_BYTES + CHECK_BYTES;
  const bytes = await scrypt(passphrase.normalize('NFKC'), salt, { cost, length });
  return { key: bytes.subarray(0, KEY_BYTES), check: bytes.subarray(KEY_BYTES) };
}

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const fromBase64 = (text: string): Buffer => Buffer.from(text, 'base64');

/** Node reads more spellings than it writes; the same bytes in another spelling would be a change nobody notices. */
function isBase64(text: string): boolean {
  return fromBase64(text).toString('base64') === text;
}
