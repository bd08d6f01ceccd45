/**
 * MPEG audio (MP3): what the header of a frame says of the sound. Spec: ISO/IEC 11172-3 §2.4.1.3, ISO/IEC 13818-3
 * §2.4.2.3; version 2.5 by its common extension.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { BitReader } from './bit-reader.ts';

/** What a frame of MPEG audio is. */
export type Mp3Frame = {
  /** 3 is MP3 proper. */
  readonly layer: 1 | 2 | 3;
  /** Hz. */
  readonly sampleRateHz: number;
  readonly channels: 1 | 2;
};

const SYNC = 0x7ff;
/** By version bits: 2.5, reserved, 2, 1. */
const RATES_HZ: readonly (readonly number[])[] = [
  [11_025, 12_000, 8_000],
  [],
  [22_050, 24_000, 16_000],
  [44_100, 48_000, 32_000],
];
/** By layer bits: reserved, III, II, I. */
const LAYERS: readonly (1 | 2 | 3 | undefined)[] = [undefined, 3, 2, 1];
const MONO = 3;

/**
 * Reads the header that a frame begins with.
 *
 * @throws {ProtocolError} `codec-truncated`; `codec-bad-version`: no sync word; `codec-out-of-range`: a reserved
 *   version, layer or sample rate.
 */
export function readMp3Frame(frame: Uint8Array): Mp3Frame {
  const bits = new BitReader(frame);
  if (bits.bits(11) !== SYNC) throw new ProtocolError('codec-bad-version', 'no sync word of MPEG audio');
  const rates = RATES_HZ[bits.bits(2)] ?? [];
  const layer = LAYERS[bits.bits(2)];
  bits.skip(1 + 4);
  const sampleRateHz = rates[bits.bits(2)];
  bits.skip(2);
  const isMono = bits.bits(2) === MONO;
  if (layer === undefined || sampleRateHz === undefined) {
    throw new ProtocolError('codec-out-of-range', 'reserved version, layer or sample rate of MPEG audio');
  }
  return { layer, sampleRateHz, channels: isMono ? 1 : 2 };
}
