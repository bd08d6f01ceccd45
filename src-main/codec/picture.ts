/**
 * What the video parameter sets have in common: limits on size and frame rate.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import type { BitReader } from './bit-reader.ts';

/** Chroma sampling as people write it. */
export type ChromaFormat = '4:0:0' | '4:2:0' | '4:2:2' | '4:4:4';

/** A picture's size in luma samples, cropped. */
export type PictureSize = { readonly width: number; readonly height: number };

/** Above every level of every codec here; larger sides are nonsense and would spoil sums made from them. */
export const MAX_PICTURE_SIDE = 65_536;
/** Encoders with a variable frame rate write their clock's resolution (1000 Hz, 90 kHz) where the rate goes. */
const MAX_FPS = 480;
const CHROMA_FORMATS: readonly ChromaFormat[] = ['4:0:0', '4:2:0', '4:2:2', '4:4:4'];

/** chroma_format_idc 0 to 3 as text. */
export function chromaFormat(idc: number): ChromaFormat {
  return CHROMA_FORMATS[idc] ?? '4:2:0';
}

/** Frames per second; undefined when the numbers tell none. */
export function frameRate(ticksPerSecond: number, ticksPerFrame: number): number | undefined {
  const fps = ticksPerSecond / ticksPerFrame;
  return ticksPerFrame > 0 && fps > 0 && fps <= MAX_FPS ? fps : undefined;
}

/** The size without its cropped edges. @throws {ProtocolError} `codec-bad-size`: nothing left, or too large. */
export function croppedSize(
  coded: PictureSize,
  { left, right, top, bottom }: { readonly [side in 'left' | 'right' | 'top' | 'bottom']: number },
): PictureSize {
  const width = coded.width - left - right;
  const height = coded.height - top - bottom;
  if (width < 1 || height < 1 || coded.width > MAX_PICTURE_SIDE || coded.height > MAX_PICTURE_SIDE) {
    throw new ProtocolError('codec-bad-size', `${width}x${height} of ${coded.width}x${coded.height}`);
  }
  return { width, height };
}

/**
 * The beginning of H.264's and H.265's VUI, which is the same in both: aspect ratio, overscan, video signal
 * type, chroma location (H.264 §E.1.1, H.265 §E.2.1).
 */
export function skipVuiStart(bits: BitReader): void {
  if (bits.flag() && bits.bits(8) === 255) bits.skip(32);
  if (bits.flag()) bits.skip(1);
  if (bits.flag()) {
    bits.skip(4);
    if (bits.flag()) bits.skip(24);
  }
  if (bits.flag()) {
    bits.ue();
    bits.ue();
  }
}
