/**
 * HEVC: what HEVCDecoderConfigurationRecord and its first SPS say of the picture.
 * Spec: ISO/IEC 14496-15 §8.3.3.1; ITU-T H.265 §7.3.2.2, §7.3.3, §7.3.4, §7.3.7, §E.2.1, annex A.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { u16be, u8 } from '../bytes/read.ts';
import { BitReader, removeEmulationPrevention } from './bit-reader.ts';
import { MAX_PICTURE_SIDE, chromaFormat, croppedSize, frameRate, skipVuiStart } from './picture.ts';
import type { ChromaFormat } from './picture.ts';

/** What an HEVC stream is, by its SPS. */
export type HevcSps = {
  /** `Main`, `Main 10`, …, or `unknown:<general_profile_idc>`. */
  readonly profile: string;
  readonly tier: 'Main' | 'High';
  /** `5.1`. */
  readonly level: string;
  readonly width: number;
  readonly height: number;
  /** Frames per second; undefined when not told. */
  readonly fps: number | undefined;
  /** Whether the pictures are fields. */
  readonly interlaced: boolean;
  /** Pictures that may precede a picture in decoding and follow it in output: 0 = none are reordered. */
  readonly maxReorderFrames: number;
  readonly chroma: ChromaFormat;
  /** Bits of a luma sample. */
  readonly bitDepth: number;
};

/** The record: its SPS, and how NAL units are cut in the frames. */
export type HevcConfig = HevcSps & {
  /** Bytes of the length before each NAL unit: 1, 2 or 4. */
  readonly nalLengthBytes: number;
};

const PROFILES: readonly (string | undefined)[] = [
  undefined,
  'Main',
  'Main 10',
  'Main Still Picture',
  'Range Extensions',
  'High Throughput',
  'Multiview Main',
  'Scalable Main',
  '3D Main',
  'Screen Content',
  'Scalable Range Extensions',
  'High Throughput Screen Content',
];
const RECORD_HEADER_BYTES = 23;
const NAL_TYPE_SPS = 33;

/**
 * Reads the record at a video sequence header's data.
 *
 * @throws {ProtocolError} `codec-truncated`, `codec-bad-version`, `codec-no-parameter-set`, and those of
 *   `readHevcSps`.
 */
export function readHevcConfig(record: Uint8Array): HevcConfig {
  if (record.length < RECORD_HEADER_BYTES) {
    throw new ProtocolError('codec-truncated', `HEVC record of ${record.length} bytes`);
  }
  // Files made before the standard was final have version 0 and the same layout.
  if (u8(record, 0) > 1) throw new ProtocolError('codec-bad-version', `HEVC record version ${u8(record, 0)}`);
  const sps = readHevcSps(findSps(record));
  // avgFrameRate is in frames per 256 seconds.
  const fps = sps.fps ?? frameRate(u16be(record, 19), 256);
  return { ...sps, fps, nalLengthBytes: (u8(record, 21) & 3) + 1 };
}

function findSps(record: Uint8Array): Uint8Array {
  let at = RECORD_HEADER_BYTES;
  for (let arrays = u8(record, 22); arrays > 0; arrays--) {
    const type = u8(record, at) & 63;
    const count = u16be(record, at + 1);
    at += 3;
    for (let n = 0; n < count; n++) {
      const end = at + 2 + u16be(record, at);
      if (end > record.length) throw new ProtocolError('codec-truncated', 'NAL unit beyond the HEVC record');
      if (type === NAL_TYPE_SPS) return record.subarray(at + 2, end);
      at = end;
    }
  }
  throw new ProtocolError('codec-no-parameter-set', 'HEVC record without SPS');
}

/**
 * Reads an SPS NAL unit, its two header bytes included, emulation prevention still in.
 *
 * @throws {ProtocolError} `codec-truncated`, `codec-out-of-range`, `codec-bad-size`; `codec-no-parameter-set`:
 *   another kind of NAL unit.
 */
export function readHevcSps(nal: Uint8Array): HevcSps {
  if (((u8(nal, 0) >> 1) & 63) !== NAL_TYPE_SPS) {
    throw new ProtocolError('codec-no-parameter-set', `NAL unit type ${(u8(nal, 0) >> 1) & 63} is no SPS`);
  }
  const bits = new BitReader(removeEmulationPrevention(nal), 2);
  bits.skip(4);
  const maxSubLayers = bits.bits(3);
  bits.skip(1);
  const profile = readProfileTierLevel(bits, maxSubLayers);
  bits.ue(15);
  const chromaIdc = bits.ue(3);
  const chromaArrayType = chromaIdc === 3 && bits.flag() ? 0 : chromaIdc;
  const coded = { width: bits.ue(MAX_PICTURE_SIDE), height: bits.ue(MAX_PICTURE_SIDE) };
  const unitX = chromaArrayType === 1 || chromaArrayType === 2 ? 2 : 1;
  const unitY = chromaArrayType === 1 ? 2 : 1;
  const [left, right, top, bottom] = bits.flag()
    ? [bits.ue() * unitX, bits.ue() * unitX, bits.ue() * unitY, bits.ue() * unitY]
    : [0, 0, 0, 0];
  const { width, height } = croppedSize(coded, { left, right, top, bottom });
  const bitDepth = 8 + bits.ue(8);
  bits.ue(8);
  const orderCountBits = bits.ue(12) + 4;
  const maxReorderFrames = readReorder(bits, maxSubLayers);
  skipCodingTools(bits, orderCountBits);
  const vui = bits.flag() ? readVui(bits) : { fps: undefined, interlaced: false };
  return { ...profile, width, height, ...vui, maxReorderFrames, chroma: chromaFormat(chromaIdc), bitDepth };
}

function readProfileTierLevel(
  bits: BitReader,
  maxSubLayers: number,
): Pick<HevcSps, 'profile' | 'tier' | 'level'> {
  bits.skip(2);
  const tier = bits.flag() ? 'High' : 'Main';
  const profileIdc = bits.bits(5);
  bits.skip(80);
  const level = (bits.bits(8) / 30).toFixed(1);
  const present: { readonly profile: boolean; readonly level: boolean }[] = [];
  for (let n = 0; n < maxSubLayers; n++) present.push({ profile: bits.flag(), level: bits.flag() });
  if (maxSubLayers > 0) bits.skip(2 * (8 - maxSubLayers));
  for (const layer of present) bits.skip((layer.profile ? 88 : 0) + (layer.level ? 8 : 0));
  return { profile: PROFILES[profileIdc] ?? `unknown:${profileIdc}`, tier, level };
}

/** The highest sub-layer's sps_max_num_reorder_pics. */
function readReorder(bits: BitReader, maxSubLayers: number): number {
  let reorder = 0;
  const count = bits.flag() ? maxSubLayers + 1 : 1;
  for (let n = 0; n < count; n++) {
    bits.ue();
    reorder = bits.ue(16);
    bits.ue();
  }
  return reorder;
}

/** Everything between the reorder depth and the VUI. */
function skipCodingTools(bits: BitReader, orderCountBits: number): void {
  for (let n = 0; n < 6; n++) bits.ue();
  if (bits.flag() && bits.flag()) skipScalingLists(bits);
  bits.skip(2);
  if (bits.flag()) {
    bits.skip(8);
    bits.ue();
    bits.ue();
    bits.skip(1);
  }
  const setCount = bits.ue(64);
  let deltaCount = 0;
  for (let n = 0; n < setCount; n++) deltaCount = skipReferenceSet(bits, n, deltaCount);
  if (bits.flag()) {
    const longTermCount = bits.ue(32);
    bits.skip(longTermCount * (orderCountBits + 1));
  }
  bits.skip(2);
}

function skipScalingLists(bits: BitReader): void {
  for (let size = 0; size < 4; size++) {
    for (let matrix = 0; matrix < 6; matrix += size === 3 ? 3 : 1) {
      if (!bits.flag()) {
        bits.ue();
        continue;
      }
      if (size > 1) bits.se();
      for (let n = Math.min(64, 1 << (4 + (size << 1))); n > 0; n--) bits.se();
    }
  }
}

/** One st_ref_pic_set (§7.3.7). @returns How many pictures it has, which the next one may build on. */
function skipReferenceSet(bits: BitReader, index: number, previousCount: number): number {
  if (index > 0 && bits.flag()) {
    bits.skip(1);
    bits.ue();
    let count = 0;
    for (let n = 0; n <= previousCount; n++) {
      const isUsed = bits.flag();
      if (isUsed || bits.flag()) count += 1;
    }
    return count;
  }
  const count = bits.ue(16) + bits.ue(16);
  for (let n = 0; n < count; n++) {
    bits.ue();
    bits.skip(1);
  }
  return count;
}

function readVui(bits: BitReader): Pick<HevcSps, 'fps' | 'interlaced'> {
  skipVuiStart(bits);
  bits.skip(1);
  const interlaced = bits.flag();
  bits.skip(1);
  if (bits.flag()) for (let n = 0; n < 4; n++) bits.ue();
  if (!bits.flag()) return { fps: undefined, interlaced };
  const unitsInTick = bits.bits(32);
  // A tick is a picture's time here, not a field's as in H.264 (§E.3.1); of fields, two make a frame.
  return { fps: frameRate(bits.bits(32), unitsInTick * (interlaced ? 2 : 1)), interlaced };
}
