/**
 * AV1: what AV1CodecConfigurationRecord (av1C) and its sequence header say of the picture.
 * Spec: AV1 Codec ISO Media File Format Binding §2.3.3; AV1 bitstream §5.3, §5.5.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { u8 } from '../bytes/read.ts';
import { BitReader } from './bit-reader.ts';
import { frameRate } from './picture.ts';
import type { ChromaFormat, PictureSize } from './picture.ts';

/** What an AV1 stream is, by its configuration record. */
export type Av1Config = {
  /** `Main`, `High`, `Professional`, or `unknown:<seq_profile>`. */
  readonly profile: string;
  readonly tier: 'Main' | 'High';
  /** `4.0`; `max` when no level applies. */
  readonly level: string;
  readonly chroma: ChromaFormat;
  /** Bits of a luma sample. */
  readonly bitDepth: number;
  /** Largest picture; undefined when the record has no sequence header in it, which is allowed. */
  readonly size: PictureSize | undefined;
  /** Frames per second; undefined when not told, as is usual. */
  readonly fps: number | undefined;
};

const PROFILES: readonly string[] = ['Main', 'High', 'Professional'];
const OBU_SEQUENCE_HEADER = 1;
const LEVEL_MAX = 31;
/** A size of an OBU has at most 8 bytes of seven bits, and must fit 32 bits (§4.10.5). */
const MAX_LEB128_BYTES = 8;

/**
 * Reads the record at a video sequence header's data.
 *
 * @throws {ProtocolError} `codec-truncated`, `codec-bad-version`, `codec-out-of-range`.
 */
export function readAv1Config(record: Uint8Array): Av1Config {
  if (record.length < 4) throw new ProtocolError('codec-truncated', `av1C of ${record.length} bytes`);
  if (u8(record, 0) !== 0x81) {
    throw new ProtocolError('codec-bad-version', `av1C begins with ${u8(record, 0)}`);
  }
  const flags = u8(record, 2);
  const sequence = findSequenceHeader(record, 4);
  const profile = u8(record, 1) >> 5;
  return {
    profile: PROFILES[profile] ?? `unknown:${profile}`,
    tier: (flags & 0x80) !== 0 ? 'High' : 'Main',
    level: levelName(u8(record, 1) & 31),
    chroma: chromaOf(flags),
    bitDepth: (flags & 0x40) === 0 ? 8 : (flags & 0x20) !== 0 ? 12 : 10,
    ...(sequence === undefined ? { size: undefined, fps: undefined } : readSequenceHeader(sequence)),
  };
}

function findSequenceHeader(bytes: Uint8Array, start: number): Uint8Array | undefined {
  let at = start;
  while (at < bytes.length) {
    const header = u8(bytes, at);
    at += (header & 4) !== 0 ? 2 : 1;
    let size = Math.max(0, bytes.length - at);
    if ((header & 2) !== 0) {
      const read = readLeb128(bytes, at);
      size = read.value;
      at = read.next;
    }
    if (at + size > bytes.length) throw new ProtocolError('codec-truncated', 'OBU goes beyond av1C');
    if (((header >> 3) & 15) === OBU_SEQUENCE_HEADER) return bytes.subarray(at, at + size);
    at += size;
  }
  return undefined;
}

function readLeb128(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let n = 0; n < MAX_LEB128_BYTES; n++) {
    if (at + n >= bytes.length) throw new ProtocolError('codec-truncated', 'OBU size cut off');
    const byte = u8(bytes, at + n);
    value += (byte & 127) * 2 ** (7 * n);
    if (byte < 128) return { value, next: at + n + 1 };
  }
  throw new ProtocolError('codec-out-of-range', 'OBU size over 8 bytes');
}

/** sequence_header_obu (§5.5.1) up to the size. */
function readSequenceHeader(obu: Uint8Array): Pick<Av1Config, 'size' | 'fps'> {
  const bits = new BitReader(obu);
  bits.skip(4);
  let fps: number | undefined;
  if (bits.flag()) bits.skip(5);
  else fps = readOperatingPoints(bits);
  const widthBits = bits.bits(4) + 1;
  const heightBits = bits.bits(4) + 1;
  return { size: { width: bits.bits(widthBits) + 1, height: bits.bits(heightBits) + 1 }, fps };
}

/** Timing and operating points. @returns Frames per second if told. */
function readOperatingPoints(bits: BitReader): number | undefined {
  let fps: number | undefined;
  let delayBits = 0;
  if (bits.flag()) {
    const unitsInTick = bits.bits(32);
    const timeScale = bits.bits(32);
    // uvlc() is read like ue(v); only pictures at equal intervals have a rate.
    if (bits.flag()) fps = frameRate(timeScale, unitsInTick * (bits.ue() + 1));
    if (bits.flag()) {
      delayBits = bits.bits(5) + 1;
      bits.skip(42);
    }
  }
  const hasDisplayDelay = bits.flag();
  const count = bits.bits(5) + 1;
  for (let n = 0; n < count; n++) {
    bits.skip(12);
    if (bits.bits(5) > 7) bits.skip(1);
    if (delayBits > 0 && bits.flag()) bits.skip(2 * delayBits + 1);
    if (hasDisplayDelay && bits.flag()) bits.skip(4);
  }
  return fps;
}

function chromaOf(flags: number): ChromaFormat {
  if ((flags & 0x10) !== 0) return '4:0:0';
  return (flags & 8) === 0 ? '4:4:4' : (flags & 4) === 0 ? '4:2:2' : '4:2:0';
}

function levelName(index: number): string {
  return index === LEVEL_MAX ? 'max' : `${2 + (index >> 2)}.${index & 3}`;
}
