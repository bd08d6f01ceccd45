/**
 * Fuzzing with one promise for every wire reader: any bytes give a value, "need more" or ProtocolError, within the
 * limits of memory, within a second, and the same however the bytes are cut.
 *
 * FUZZ_SECONDS: time for each reader, default 3. FUZZ_SEED: default 1; the same seed goes the same way.
 * `crashers/<reader>/*.hex`: bytes that broke the promise once; they go first, on every run. To add one, put the hex
 * of a failure into a file there, named after what was wrong.
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { ProtocolError } from '../../../src-main/bytes/protocol-error.ts';
import type { Random } from '../../../src-main/platform/random.ts';
import { seededRandom } from '../../../src-main/platform/testing/seeded-random.ts';
import { inputFrom } from './mutate.ts';

/** A reader and what it is fed. */
export type FuzzedReader = {
  /** Folder of its crashers. */
  readonly name: string;
  /** Bytes of real software and of our own writers: mutations of them get further in than noise does. */
  readonly samples: readonly Uint8Array[];
  /** Longest input; longer samples are cut. Feeding one byte at a time makes long ones slow. */
  readonly maxBytes?: number;
  /** Bytes at the front of the samples that nine of ten inputs leave as they are: a handshake, mostly noise itself. */
  readonly headBytes?: number;
  /** Makes inputs by rule; given, half of all inputs begin as one of these. */
  readonly make?: (random: Random) => Uint8Array;
  /** Throws when the promise is broken. */
  readonly check: (bytes: Uint8Array) => void;
};

const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 3);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const CRASHERS = join(import.meta.dirname, '..', 'crashers');
/** One input may take this long, ms: a thousand times the usual, so that a busy machine is no fault. */
const SLOW_MS = 2_000;
/** Time to make a failing input smaller, ms. */
const SHRINK_MS = 2_000;

/** A vitest test of one reader: past crashers, the samples themselves, then inputs until the time is up. */
export function fuzzReader(reader: FuzzedReader): void {
  test(
    reader.name,
    () => {
      for (const { file, bytes } of crashersOf(reader.name)) attempt(reader, bytes, `crasher ${file}`);
      for (const [n, sample] of reader.samples.entries()) attempt(reader, sample, `sample ${n}`);
      const random = seededRandom(SEED);
      const { maxBytes = 2_048, headBytes = 0, samples, make } = reader;
      const until = performance.now() + SECONDS * 1_000;
      let run = 0;
      while (performance.now() < until) {
        attempt(
          reader,
          inputFrom({ samples, maxBytes, headBytes, make }, random),
          `seed ${SEED}, run ${run}`,
        );
        run += 1;
      }
      console.info(`${reader.name}: ${run} inputs`);
    },
    SECONDS * 1_000 + 60_000,
  );
}

function crashersOf(name: string): { readonly file: string; readonly bytes: Uint8Array }[] {
  const folder = join(CRASHERS, name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.hex'))
    .map((file) => ({ file, bytes: bytesOf(readFileSync(join(folder, file), 'utf8')) }));
}

/** The bytes that hex digits say; white space is for the eye. */
export function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
}

function attempt(reader: FuzzedReader, bytes: Uint8Array, what: string): void {
  const failure = failureOf(reader, bytes);
  if (failure === undefined) return;
  const small = shrink(reader, bytes);
  const hex = Buffer.from(small).toString('hex');
  throw new Error(
    `${reader.name}, ${what}: ${failure.message}\n${small.length} bytes (of ${bytes.length}): ${hex}`,
    { cause: failure },
  );
}

function failureOf(reader: FuzzedReader, bytes: Uint8Array): Error | undefined {
  const given = bytes.slice();
  const startedAt = performance.now();
  try {
    reader.check(given);
  } catch (error) {
    return error instanceof Error ? error : new Error(`thrown: ${String(error)}`);
  }
  const tookMs = performance.now() - startedAt;
  if (tookMs > SLOW_MS) return new Error(`took ${Math.round(tookMs)} ms`);
  return Buffer.compare(given, bytes) === 0 ? undefined : new Error('the reader wrote into its input');
}

/** Fewer bytes that fail too: halves, quarters, … are left out as long as that goes on failing. */
function shrink(reader: FuzzedReader, bytes: Uint8Array): Uint8Array {
  let best = bytes;
  const until = performance.now() + SHRINK_MS;
  for (let size = best.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at < best.length && performance.now() < until;) {
      const shorter = Buffer.concat([best.subarray(0, at), best.subarray(at + size)]);
      if (failureOf(reader, shorter) === undefined) at += size;
      else best = new Uint8Array(shorter);
    }
  }
  return best;
}

/** What reading gave: a value, or the code of a ProtocolError. Anything else thrown goes on up. */
export type Outcome = { readonly value: unknown } | { readonly refused: string };

/** Reads, and tells refusals from faults. */
export function outcomeOf(read: () => unknown): Outcome {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof ProtocolError) return { refused: error.code };
    throw error;
  }
}
