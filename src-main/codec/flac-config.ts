/**
 * FLAC: what STREAMINFO says of the sound. Spec: RFC 9639 §8.1, §8.2; Enhanced RTMP v2 (FlacSequenceHeader).
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { u24be, u32be, u8 } from '../bytes/read.ts';
import { BitReader } from './bit-reader.ts';

/** What a FLAC stream is. */
export type FlacConfig = {
  /** Hz. */
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly bitsPerSample: number;
};

const MARKER = 0x66_4c_61_43;
const STREAMINFO_BYTES = 34;
const BLOCK_HEADER_BYTES = 4;

/**
 * Reads an audio sequence header's data: `fLaC` and the STREAMINFO block as the specification wants it, the block
 * alone, or its 34 bytes alone, as FFmpeg sends them.
 *
 * @throws {ProtocolError} `codec-truncated`; `codec-no-parameter-set`: another block comes first;
 *   `codec-out-of-range`: a sample rate of 0.
 */
export function readFlacConfig(header: Uint8Array): FlacConfig {
  const at = streamInfoAt(header);
  if (header.length < at + STREAMINFO_BYTES) {
    throw new ProtocolError('codec-truncated', `STREAMINFO cut off at ${header.length} bytes`);
  }
  const bits = new BitReader(header, at + 10);
  const sampleRateHz = bits.bits(20);
  if (sampleRateHz === 0) throw new ProtocolError('codec-out-of-range', 'FLAC without a sample rate');
  return { sampleRateHz, channels: bits.bits(3) + 1, bitsPerSample: bits.bits(5) + 1 };
}

function streamInfoAt(header: Uint8Array): number {
  const blockAt = u32be(header, 0) === MARKER ? 4 : 0;
  if (blockAt === 0 && header.length === STREAMINFO_BYTES) return 0;
  const type = u8(header, blockAt) & 127;
  if (type !== 0 || u24be(header, blockAt + 1) !== STREAMINFO_BYTES) {
    throw new ProtocolError('codec-no-parameter-set', `FLAC begins with a block of type ${type}`);
  }
  return blockAt + BLOCK_HEADER_BYTES;
}
