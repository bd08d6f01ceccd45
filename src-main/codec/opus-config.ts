/**
 * Opus: the ID header ("OpusHead") that an enhanced sequence header carries. Spec: RFC 7845 §5.1.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { u16be, u32le, u8 } from '../bytes/read.ts';

/** What an Opus stream is. It always decodes at 48000 Hz. */
export type OpusConfig = {
  readonly channels: number;
  /** Hz. */
  readonly sampleRateHz: 48_000;
  /** Hz of the sound before it was encoded; 0 when not told. */
  readonly inputSampleRateHz: number;
  /** Samples at 48 kHz to throw away at the start. */
  readonly preSkip: number;
  /** dB to apply to the output. */
  readonly outputGainDb: number;
  /** 0 mono or stereo, 1 surround in Vorbis order, 255 no meaning. */
  readonly mappingFamily: number;
};

const MAGIC = [0x4f, 0x70, 0x75, 0x73, 0x48, 0x65, 0x61, 0x64] as const;
const HEADER_BYTES = 19;

/**
 * Reads the header at an Opus sequence header's data; undefined when it is empty, which E-RTMP allows.
 *
 * @throws {ProtocolError} `codec-truncated`; `codec-bad-version`: no OpusHead, or a version that is not
 *   compatible; `codec-out-of-range`: a channel count or mapping that does not exist.
 */
export function readOpusConfig(head: Uint8Array): OpusConfig | undefined {
  if (head.length === 0) return undefined;
  if (head.length < HEADER_BYTES)
    throw new ProtocolError('codec-truncated', `OpusHead of ${head.length} bytes`);
  // The version's upper four bits are the major number, 0 in all that exist.
  if (MAGIC.some((byte, at) => head[at] !== byte) || u8(head, 8) > 15) {
    throw new ProtocolError('codec-bad-version', 'no OpusHead of version 0.x');
  }
  const channels = u8(head, 9);
  const mappingFamily = u8(head, 18);
  if (channels === 0 || (mappingFamily === 0 && channels > 2)) {
    throw new ProtocolError('codec-out-of-range', `${channels} channels in family ${mappingFamily}`);
  }
  // Every family but 0 has stream counts and one byte for each channel.
  if (mappingFamily !== 0 && head.length < HEADER_BYTES + 2 + channels) {
    throw new ProtocolError('codec-truncated', 'OpusHead without its channel mapping');
  }
  return {
    channels,
    sampleRateHz: 48_000,
    inputSampleRateHz: u32le(head, 12),
    preSkip: u16le(head, 10),
    outputGainDb: ((u16le(head, 16) << 16) >> 16) / 256,
    mappingFamily,
  };
}

/** Opus alone counts in little-endian here. */
function u16le(bytes: Uint8Array, at: number): number {
  const swapped = u16be(bytes, at);
  return (swapped >> 8) | ((swapped & 255) << 8);
}
