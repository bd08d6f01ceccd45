/**
 * Inputs for fuzzing: noise, and samples with something wrong.
 * @module
 */
import type { Random } from '../../../src-main/platform/random.ts';

/** Numbers at which lengths, counts and timestamps turn. */
const TURNS = [0, 1, 2, 3, 4, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x1_0000, 0xff_ffff, 0x100_0000, 0x7fff_ffff];
const TOP_TURNS = [0x8000_0000, 0xffff_fffe, 0xffff_ffff];
const NUMBERS = [...TURNS, ...TOP_TURNS];

/** What inputs are made from. */
export type Material = {
  readonly samples: readonly Uint8Array[];
  readonly maxBytes: number;
  /** Bytes at the front that nine of ten inputs keep. */
  readonly headBytes: number;
  readonly make: ((random: Random) => Uint8Array) | undefined;
};

/** The next input: noise (one in six), made by rule, or a sample; the latter two changed in up to eight places. */
export function inputFrom({ samples, maxBytes, headBytes, make }: Material, random: Random): Uint8Array {
  const below = (count: number): number => Math.floor(random.next() * count);
  if (make !== undefined && below(2) === 0) {
    let made = new Uint8Array(make(random));
    for (let changes = below(3) === 0 ? 1 + below(3) : 0; changes > 0; changes--) {
      made = changed(made, samples, random);
    }
    return made.subarray(0, maxBytes).slice();
  }
  const sample = samples[below(samples.length)] ?? new Uint8Array(0);
  const kept = below(10) === 0 ? 0 : Math.min(headBytes, sample.length);
  let bytes = new Uint8Array(sample.subarray(kept, maxBytes));
  if (below(6) === 0) bytes = new Uint8Array(random.bytes(below(below(4) === 0 ? maxBytes : 64)));
  else for (let changes = 1 + below(8); changes > 0; changes--) bytes = changed(bytes, samples, random);
  return joined(sample.subarray(0, kept), bytes).subarray(0, maxBytes).slice();
}

function changed(bytes: Uint8Array, samples: readonly Uint8Array[], random: Random): Uint8Array<ArrayBuffer> {
  const below = (count: number): number => Math.floor(random.next() * count);
  const at = below(bytes.length + 1);
  const end = Math.min(bytes.length, at + 1 + below(below(3) === 0 ? 256 : 8));
  const copy = new Uint8Array(bytes);
  switch (below(9)) {
    case 0: // one bit
      copy[at] = (copy[at] ?? 0) ^ (1 << below(8));
      return copy;
    case 1: // one byte
      copy[at] = below(256);
      return copy;
    case 2: // a number of 1 to 4 bytes, at one of its turns
      copy.set(
        numberBytes(NUMBERS[below(NUMBERS.length)] ?? 0, 1 + below(4)).subarray(0, copy.length - at),
        at,
      );
      return copy;
    case 3: // cut off
      return copy.slice(0, at);
    case 4: // left out
      return joined(bytes.subarray(0, at), bytes.subarray(end));
    case 5: // said twice
      return joined(bytes.subarray(0, end), bytes.subarray(at));
    case 6: // noise put in
      return joined(bytes.subarray(0, at), random.bytes(1 + below(16)), bytes.subarray(at));
    case 7: {
      // a piece of another sample put in
      const other = samples[below(samples.length)] ?? bytes;
      const from = below(other.length);
      const piece = other.subarray(from, from + 1 + below(512));
      return joined(bytes.subarray(0, at), piece, bytes.subarray(below(2) === 0 ? at : end));
    }
    default: // one byte more or less, as lengths are most often wrong
      copy[at] = (copy[at] ?? 0) + (below(2) === 0 ? 1 : -1);
      return copy;
  }
}

function numberBytes(value: number, width: number): Uint8Array {
  return Uint8Array.from({ length: width }, (_, n) => (value >>> (8 * (width - 1 - n))) & 0xff);
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(pieces));
}
