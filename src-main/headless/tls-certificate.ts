/**
 * The certificate of the TLS ingest: the user's own, or one made on first use and kept in the data folder.
 * @module
 */
import { X509Certificate } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { errorCode, type Files } from '../platform/files.ts';
import { whyFileFailed } from '../platform/why-file-failed.ts';
import type { Flags } from './flags.ts';
import { StartError } from './start-error.ts';

/** Certificate chain and key, PEM. */
export type Certificate = { readonly cert: string; readonly key: string };

const DAY_MS = 86_400_000;
/** Encoders that were told to trust it should not have to be told again soon. */
const VALID_DAYS = 5 * 365;
/** One that ends within this is replaced, so that it does not end in mid-show. */
const RENEW_BEFORE_DAYS = 30;
const FOLDER_MODE = 0o700;
const KEY_MODE = 0o600;

/**
 * The certificate that the flags ask for.
 * @param flags The TLS ingest's flags.
 * @throws {StartError} Names the flag or the file, and the way out.
 */
export async function tlsCertificate(
  flags: NonNullable<Flags['rtmps']>,
  options: { dataDir: string; files: Files; now: number },
): Promise<Certificate> {
  if (flags.own === undefined) return keptCertificate(options);
  const { certFile, keyFile } = flags.own;
  const cert = await read('--tls-cert', certFile);
  const key = await read('--tls-key', keyFile);
  try {
    createSecureContext({ cert, key });
  } catch (cause) {
    throw new StartError(
      `--tls-cert ${certFile} and --tls-key ${keyFile} do not fit: both must be PEM, and the key that of the certificate.`,
      { cause },
    );
  }
  return { cert, key };
}

async function read(flag: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const why = errorCode(cause) === 'ENOENT' ? 'there is no such file.' : whyFileFailed(cause);
    throw new StartError(`${flag} ${path} cannot be read: ${why}`, { cause });
  }
}

/** The one in the data folder; made anew when there is none that is still good. */
async function keptCertificate(options: {
  dataDir: string;
  files: Files;
  now: number;
}): Promise<Certificate> {
  const { dataDir, files, now } = options;
  const folder = join(dataDir, 'tls');
  const certPath = join(folder, 'ingest-cert.pem');
  const keyPath = join(folder, 'ingest-key.pem');
  try {
    const [cert, key] = [await files.read(certPath), await files.read(keyPath)];
    if (cert !== undefined && key !== undefined && isGood(cert, key, now)) return { cert, key };
    const made = await makeCertificate(now);
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    await files.writeWhole(keyPath, made.key, KEY_MODE);
    await files.writeWhole(certPath, made.cert, KEY_MODE);
    return made;
  } catch (cause) {
    const words = `The certificate for --rtmps-port in ${folder} cannot be kept: ${whyFileFailed(cause)}`;
    throw new StartError(words, { cause });
  }
}

function isGood(cert: string, key: string, now: number): boolean {
  try {
    createSecureContext({ cert, key });
    return Date.parse(new X509Certificate(cert).validTo) - now > RENEW_BEFORE_DAYS * DAY_MS;
  } catch {
    // Whatever is wrong with it, a new one mends it.
    return false;
  }
}

async function makeCertificate(now: number): Promise<Certificate> {
  // Loaded here only: it takes longer to load than all the rest, and few ever need it.
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'Relaydeck ingest' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + VALID_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: ownNames() },
    ],
  });
  return { cert: made.cert, key: made.private };
}

/** All names and addresses under which encoders reach this computer. 2 is a DNS name, 7 an IP address. */
function ownNames(): { type: 2 | 7; value?: string; ip?: string }[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80'))
    .map(({ address }) => address);
  const names = [...new Set(['localhost', hostname()])].filter((name) => /^[A-Za-z0-9.-]+$/.test(name));
  return [
    ...names.map((value) => ({ type: 2 as const, value })),
    ...['127.0.0.1', '::1', ...addresses].map((ip) => ({ type: 7 as const, ip })),
  ];
}
