/**
 * H.264: what AVCDecoderConfigurationRecord and its first SPS and PPS say of the picture.
 * Spec: ISO/IEC 14496-15 §5.3.3.1; ITU-T H.264 §7.3.2.1.1, §7.3.2.2, §E.1.1, annex A.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { u16be, u8 } from '../bytes/read.ts';
import { BitReader, removeEmulationPrevention } from './bit-reader.ts';
import { MAX_PICTURE_SIDE, chromaFormat, croppedSize, frameRate, skipVuiStart } from './picture.ts';
import type { ChromaFormat } from './picture.ts';

/** What an H.264 stream is, by its SPS. */
export type AvcSps = {
  /** As people write it: `Constrained Baseline`, `High`, `High 10`, …, or `unknown:<profile_idc>`. */
  readonly profile: string;
  /** `4.2`; `1b` for that one. */
  readonly level: string;
  readonly width: number;
  readonly height: number;
  /** Frames per second; undefined when the SPS has no timing or only a clock's resolution. */
  readonly fps: number | undefined;
  /** Whether fields may occur. */
  readonly interlaced: boolean;
  /** Frames that may precede a frame in decoding and follow it in output: 0 = no B-frames; undefined = not told. */
  readonly maxReorderFrames: number | undefined;
  readonly chroma: ChromaFormat;
  /** Bits of a luma sample. */
  readonly bitDepth: number;
};

/** The record: its SPS and PPS, and how NAL units are cut in the frames. */
export type AvcConfig = AvcSps & {
  /** Whether entropy coding is CABAC, false: CAVLC; undefined: the record has no PPS. */
  readonly cabac: boolean | undefined;
  /** Bytes of the length before each NAL unit: 1, 2 or 4. */
  readonly nalLengthBytes: number;
};

const PROFILES: { readonly [idc: number]: string } = {
  44: 'CAVLC 4:4:4 Intra',
  66: 'Baseline',
  77: 'Main',
  83: 'Scalable Baseline',
  86: 'Scalable High',
  88: 'Extended',
  100: 'High',
  110: 'High 10',
  118: 'Multiview High',
  122: 'High 4:2:2',
  128: 'Stereo High',
  244: 'High 4:4:4 Predictive',
};
/** Profiles whose SPS tells chroma format, bit depth and scaling lists (§7.3.2.1.1). */
const HIGH_PROFILES: ReadonlySet<number> = new Set([
  44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244,
]);
/** Profiles that constraint_set3_flag makes intra-only. */
const WITH_INTRA: ReadonlySet<number> = new Set([110, 122, 244]);
const NAL_TYPE_SPS = 7;
const NAL_TYPE_PPS = 8;
const BASELINE = 66;

/**
 * Reads the record at a video sequence header's data.
 *
 * @throws {ProtocolError} `codec-truncated`, `codec-bad-version`, `codec-no-parameter-set`, and those of
 *   `readAvcSps`.
 */
export function readAvcConfig(record: Uint8Array): AvcConfig {
  if (record.length < 8) throw new ProtocolError('codec-truncated', `AVC record of ${record.length} bytes`);
  if (u8(record, 0) !== 1)
    throw new ProtocolError('codec-bad-version', `AVC record version ${u8(record, 0)}`);
  if ((u8(record, 5) & 31) === 0) throw new ProtocolError('codec-no-parameter-set', 'AVC record without SPS');
  const end = 8 + u16be(record, 6);
  if (end > record.length) throw new ProtocolError('codec-truncated', 'SPS goes beyond the AVC record');
  const sps = readAvcSps(record.subarray(8, end));
  return { ...sps, cabac: readCabac(record), nalLengthBytes: (u8(record, 4) & 3) + 1 };
}

/** entropy_coding_mode_flag of the record's first PPS (§7.3.2.2); undefined: it has none. */
function readCabac(record: Uint8Array): boolean | undefined {
  let at = 6;
  for (let count = u8(record, 5) & 31; count > 0; count--) {
    at += 2 + u16be(record, at);
    if (at > record.length) throw new ProtocolError('codec-truncated', 'SPS goes beyond the AVC record');
  }
  if (u8(record, at) === 0) return undefined;
  const end = at + 3 + u16be(record, at + 1);
  if (end > record.length) throw new ProtocolError('codec-truncated', 'PPS goes beyond the AVC record');
  const nal = record.subarray(at + 3, end);
  if ((u8(nal, 0) & 31) !== NAL_TYPE_PPS) {
    throw new ProtocolError('codec-no-parameter-set', `NAL unit type ${u8(nal, 0) & 31} is no PPS`);
  }
  const bits = new BitReader(removeEmulationPrevention(nal), 1);
  bits.ue(255);
  bits.ue(31);
  return bits.flag();
}

/**
 * Reads an SPS NAL unit, its header byte included, emulation prevention still in.
 *
 * @throws {ProtocolError} `codec-truncated`, `codec-out-of-range`, `codec-bad-size`; `codec-no-parameter-set`:
 *   another kind of NAL unit.
 */
export function readAvcSps(nal: Uint8Array): AvcSps {
  if ((u8(nal, 0) & 31) !== NAL_TYPE_SPS) {
    throw new ProtocolError('codec-no-parameter-set', `NAL unit type ${u8(nal, 0) & 31} is no SPS`);
  }
  const bits = new BitReader(removeEmulationPrevention(nal), 1);
  const profileIdc = bits.bits(8);
  const constraints = bits.bits(8);
  const levelIdc = bits.bits(8);
  bits.ue(31);
  const { chromaIdc, chromaArrayType, bitDepth } = readChroma(bits, profileIdc);
  bits.ue(12);
  const orderCountType = skipOrderCount(bits);
  bits.ue(16); // max_num_ref_frames
  bits.skip(1);
  const maxUnits = MAX_PICTURE_SIDE / 16;
  const widthInMbs = bits.ue(maxUnits) + 1;
  const heightInMapUnits = bits.ue(maxUnits) + 1;
  const framesOnly = bits.flag();
  if (!framesOnly) bits.skip(1);
  bits.skip(1);
  // Crop units (§7.4.2.1.1): chroma samples, and both fields' lines when there may be fields.
  const unitX = chromaArrayType === 1 || chromaArrayType === 2 ? 2 : 1;
  const unitY = (chromaArrayType === 1 ? 2 : 1) * (framesOnly ? 1 : 2);
  const [left, right, top, bottom] = bits.flag()
    ? [bits.ue() * unitX, bits.ue() * unitX, bits.ue() * unitY, bits.ue() * unitY]
    : [0, 0, 0, 0];
  const coded = { width: widthInMbs * 16, height: heightInMapUnits * (framesOnly ? 16 : 32) };
  const { width, height } = croppedSize(coded, { left, right, top, bottom });
  const vui = bits.flag() ? readVui(bits) : { fps: undefined, maxReorderFrames: undefined };
  // Baseline has no B slices, and order count type 2 means output order is decoding order (§8.2.1.3).
  const cannotReorder = profileIdc === BASELINE || orderCountType === 2;
  return {
    profile: profileName(profileIdc, constraints),
    level: levelName(levelIdc, profileIdc, constraints),
    width,
    height,
    fps: vui.fps,
    interlaced: !framesOnly,
    maxReorderFrames: cannotReorder ? 0 : vui.maxReorderFrames,
    chroma: chromaFormat(chromaIdc),
    bitDepth,
  };
}

function readChroma(
  bits: BitReader,
  profileIdc: number,
): { readonly chromaIdc: number; readonly chromaArrayType: number; readonly bitDepth: number } {
  if (!HIGH_PROFILES.has(profileIdc)) return { chromaIdc: 1, chromaArrayType: 1, bitDepth: 8 };
  const chromaIdc = bits.ue(3);
  const hasSeparatePlanes = chromaIdc === 3 && bits.flag();
  const bitDepth = 8 + bits.ue(6);
  bits.ue(6);
  bits.skip(1);
  if (bits.flag()) {
    for (let list = 0; list < (chromaIdc === 3 ? 12 : 8); list++) {
      if (bits.flag()) skipScalingList(bits, list < 6 ? 16 : 64);
    }
  }
  return { chromaIdc, chromaArrayType: hasSeparatePlanes ? 0 : chromaIdc, bitDepth };
}

function skipScalingList(bits: BitReader, size: number): void {
  let last = 8;
  for (let n = 0; n < size; n++) {
    last = (last + bits.se() + 256) & 255;
    // A scale of 0 ends the list: the last one stands for the rest (§7.3.2.1.1.1).
    if (last === 0) return;
  }
}

/** @returns pic_order_cnt_type. */
function skipOrderCount(bits: BitReader): number {
  const type = bits.ue(2);
  if (type === 0) bits.ue(12);
  if (type === 1) {
    bits.skip(1);
    bits.se();
    bits.se();
    const count = bits.ue(255);
    for (let n = 0; n < count; n++) bits.se();
  }
  return type;
}

/** The VUI up to its reorder depth. */
function readVui(bits: BitReader): Pick<AvcSps, 'fps' | 'maxReorderFrames'> {
  skipVuiStart(bits);
  let fps: number | undefined;
  if (bits.flag()) {
    const unitsInTick = bits.bits(32);
    // A tick is a field's time, two to a frame (§E.2.1).
    fps = frameRate(bits.bits(32), unitsInTick * 2);
    bits.skip(1);
  }
  const hasNalHrd = bits.flag();
  if (hasNalHrd) skipHrd(bits);
  const hasVclHrd = bits.flag();
  if (hasVclHrd) skipHrd(bits);
  if (hasNalHrd || hasVclHrd) bits.skip(1);
  bits.skip(1);
  if (!bits.flag()) return { fps, maxReorderFrames: undefined };
  bits.skip(1);
  for (let n = 0; n < 4; n++) bits.ue();
  return { fps, maxReorderFrames: bits.ue(16) };
}

function skipHrd(bits: BitReader): void {
  const count = bits.ue(31) + 1;
  bits.skip(8);
  for (let n = 0; n < count; n++) {
    bits.ue();
    bits.ue();
    bits.skip(1);
  }
  bits.skip(20);
}

function profileName(profileIdc: number, constraints: number): string {
  const name = PROFILES[profileIdc];
  if (name === undefined) return `unknown:${profileIdc}`;
  if (profileIdc === BASELINE && (constraints & 0x40) !== 0) return 'Constrained Baseline';
  return WITH_INTRA.has(profileIdc) && (constraints & 0x10) !== 0 ? `${name} Intra` : name;
}

function levelName(levelIdc: number, profileIdc: number, constraints: number): string {
  const hasFlagFor1b = !HIGH_PROFILES.has(profileIdc) && levelIdc === 11 && (constraints & 0x10) !== 0;
  return hasFlagFor1b || levelIdc === 9 ? '1b' : (levelIdc / 10).toFixed(1);
}
