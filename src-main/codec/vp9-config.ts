/**
 * VP9: what VPCodecConfigurationRecord (vpcC) and the header of a keyframe say of the picture.
 * Spec: VP Codec ISO Media File Format Binding 1.0; VP9 bitstream §6.2, §7.2.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { u8 } from '../bytes/read.ts';
import { BitReader } from './bit-reader.ts';
import { chromaFormat } from './picture.ts';
import type { ChromaFormat, PictureSize } from './picture.ts';

/** What both tell. */
type Vp9Format = {
  /** `Profile 0` to `Profile 3`. */
  readonly profile: string;
  /** Undefined: 4:4:0, which has no name here. */
  readonly chroma: ChromaFormat | undefined;
  /** Bits of a luma sample. */
  readonly bitDepth: number;
};

/** What a VP9 stream is, by its configuration record, which does not tell its size. */
export type Vp9Config = Vp9Format & {
  /** `4.1`; undefined when not told. */
  readonly level: string | undefined;
};

/** What a VP9 stream is, by a keyframe. */
export type Vp9Keyframe = Vp9Format & { readonly size: PictureSize };

const RECORD_BYTES = 8;
/** Version and flags of the box, which muxers put before the record in RTMP as well. */
const BOX_HEADER_BYTES = 4;
const BIT_DEPTHS: ReadonlySet<number> = new Set([8, 10, 12]);
/** chromaSubsampling: 0 and 1 differ in where the samples lie. */
const CHROMA_IDCS: readonly number[] = [1, 1, 2, 3];
const SYNC_CODE = 0x49_83_42;
const COLOR_SPACE_RGB = 7;

/**
 * Reads the record at a video sequence header's data, with the box's version and flags before it or without them.
 *
 * @throws {ProtocolError} `codec-truncated`; `codec-out-of-range`: a profile, bit depth or chroma that does not exist.
 */
export function readVp9Config(record: Uint8Array): Vp9Config {
  const hasBoxHeader = record.length >= BOX_HEADER_BYTES + RECORD_BYTES && u8(record, 0) === 1;
  const at = hasBoxHeader ? BOX_HEADER_BYTES : 0;
  if (record.length < at + RECORD_BYTES) {
    throw new ProtocolError('codec-truncated', `vpcC of ${record.length} bytes`);
  }
  const profile = u8(record, at);
  const levelIdc = u8(record, at + 1);
  const bitDepth = u8(record, at + 2) >> 4;
  const subsampling = (u8(record, at + 2) >> 1) & 7;
  if (profile > 3 || !BIT_DEPTHS.has(bitDepth) || subsampling > 4) {
    throw new ProtocolError('codec-out-of-range', `vpcC of profile ${profile} with ${bitDepth} bits`);
  }
  const idc = CHROMA_IDCS[subsampling];
  return {
    profile: `Profile ${profile}`,
    level: levelIdc === 0 ? undefined : (levelIdc / 10).toFixed(1),
    chroma: idc === undefined ? undefined : chromaFormat(idc),
    bitDepth,
  };
}

/**
 * Reads the uncompressed header of a keyframe (§6.2) up to its size.
 *
 * @throws {ProtocolError} `codec-truncated`; `codec-bad-version`: no frame of VP9; `codec-out-of-range`: no keyframe,
 *   or a chroma that its profile does not have.
 */
export function readVp9Keyframe(frame: Uint8Array): Vp9Keyframe {
  const bits = new BitReader(frame);
  if (bits.bits(2) !== 2) throw new ProtocolError('codec-bad-version', 'no frame marker of VP9');
  const profile = bits.bits(1) + 2 * bits.bits(1);
  if (profile === 3) bits.skip(1);
  const showsExisting = bits.flag();
  if (showsExisting || bits.flag()) throw new ProtocolError('codec-out-of-range', 'no keyframe of VP9');
  bits.skip(2);
  if (bits.bits(24) !== SYNC_CODE) throw new ProtocolError('codec-bad-version', 'no sync code of VP9');
  const bitDepth = profile < 2 ? 8 : bits.flag() ? 12 : 10;
  const chroma = readChroma(bits, profile);
  const size = { width: bits.bits(16) + 1, height: bits.bits(16) + 1 };
  return { profile: `Profile ${profile}`, chroma, bitDepth, size };
}

/** color_config (§6.2.2) behind the bit depth. */
function readChroma(bits: BitReader, profile: number): ChromaFormat | undefined {
  const isRgb = bits.bits(3) === COLOR_SPACE_RGB;
  const canChoose = profile === 1 || profile === 3;
  if (!isRgb) bits.skip(1);
  if (!canChoose) {
    if (isRgb) throw new ProtocolError('codec-out-of-range', `RGB in profile ${profile}`);
    return '4:2:0';
  }
  if (isRgb) {
    bits.skip(1);
    return '4:4:4';
  }
  const [isHalfWidth, isHalfHeight] = [bits.flag(), bits.flag()];
  bits.skip(1);
  if (isHalfWidth && isHalfHeight)
    throw new ProtocolError('codec-out-of-range', `4:2:0 in profile ${profile}`);
  return isHalfWidth ? '4:2:2' : isHalfHeight ? undefined : '4:4:4';
}
