/**
 * AAC: what AudioSpecificConfig says of the sound. Spec: ISO/IEC 14496-3 §1.6.2.1, §1.6.5, §4.4.1.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { BitReader } from './bit-reader.ts';

/** What an AAC stream is. */
export type AacConfig = {
  /** MPEG-4 audio object type of the core: 2 = LC. */
  readonly objectType: number;
  /** `LC`, `HE-AAC`, `HE-AACv2`, `Main`, …, or `unknown:<objectType>`. */
  readonly profile: string;
  /** Hz that come out, after SBR. */
  readonly sampleRateHz: number;
  /** Hz of the core, half of the above with SBR. */
  readonly coreSampleRateHz: number;
  /** Channels that come out, after parametric stereo. */
  readonly channels: number;
  /** Samples per channel and frame at the core's rate: 1024 or 960; undefined for object types without it. */
  readonly frameSamples: number | undefined;
  /** Whether the config says that there is SBR; it may also come unannounced, in the frames. */
  readonly hasSbr: boolean;
  /** Whether the config says that there is parametric stereo. */
  readonly hasPs: boolean;
};

const SAMPLE_RATES_HZ = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
] as const;
/** Channels by channelConfiguration; 0 stands for "see the program config element". */
const CHANNELS: { readonly [configuration: number]: number } = {
  1: 1,
  2: 2,
  3: 3,
  4: 4,
  5: 5,
  6: 6,
  7: 8,
  11: 7,
  12: 8,
  13: 24,
  14: 8,
};
const PROFILES: { readonly [objectType: number]: string } = {
  1: 'Main',
  2: 'LC',
  3: 'SSR',
  4: 'LTP',
  23: 'LD',
  39: 'ELD',
  42: 'xHE-AAC',
};
const SBR = 5;
const PS = 29;
const ER_BSAC = 22;
/** Object types with a GASpecificConfig (§1.6.2.1). */
const GENERAL_AUDIO: ReadonlySet<number> = new Set([1, 2, 3, 4, 6, 7, 17, 19, 20, 21, 22, 23]);
const SYNC_SBR = 0x2b7;
const SYNC_PS = 0x548;

/**
 * Reads the config at an AAC sequence header's data.
 *
 * @throws {ProtocolError} `codec-truncated`; `codec-out-of-range`: a sample rate or channel layout that does
 *   not exist.
 */
export function readAacConfig(config: Uint8Array): AacConfig {
  const bits = new BitReader(config);
  let objectType = readObjectType(bits);
  const coreSampleRateHz = readSampleRate(bits);
  const configuration = bits.bits(4);
  let sampleRateHz = coreSampleRateHz;
  let hasPs = objectType === PS;
  let hasSbr = objectType === SBR || hasPs;
  if (hasSbr) {
    // Explicit and hierarchical: the core's object type comes second.
    sampleRateHz = readSampleRate(bits);
    objectType = readObjectType(bits);
    if (objectType === ER_BSAC) bits.skip(4);
  }
  const general = GENERAL_AUDIO.has(objectType)
    ? readGeneralAudio(bits, objectType, configuration)
    : undefined;
  if (!hasSbr && general !== undefined) {
    const extension = readExtension(bits, coreSampleRateHz);
    ({ sampleRateHz, hasSbr, hasPs } = extension);
  }
  const coreChannels = general?.channels ?? CHANNELS[configuration];
  if (coreChannels === undefined)
    throw new ProtocolError('codec-out-of-range', `channel layout ${configuration}`);
  const name = PROFILES[objectType] ?? `unknown:${objectType}`;
  return {
    objectType,
    profile: hasPs ? 'HE-AACv2' : hasSbr ? 'HE-AAC' : name,
    sampleRateHz,
    coreSampleRateHz,
    channels: hasPs && coreChannels === 1 ? 2 : coreChannels,
    frameSamples: general?.frameSamples,
    hasSbr,
    hasPs,
  };
}

function readObjectType(bits: BitReader): number {
  const type = bits.bits(5);
  return type === 31 ? 32 + bits.bits(6) : type;
}

function readSampleRate(bits: BitReader): number {
  const index = bits.bits(4);
  const rate = index === 15 ? bits.bits(24) : SAMPLE_RATES_HZ[index];
  if (rate === undefined || rate === 0)
    throw new ProtocolError('codec-out-of-range', `sample rate index ${index}`);
  return rate;
}

/** GASpecificConfig (§4.4.1). `channels` is told only when the configuration is 0. */
function readGeneralAudio(
  bits: BitReader,
  objectType: number,
  configuration: number,
): { readonly frameSamples: number; readonly channels: number | undefined } {
  const frameSamples = bits.flag() ? 960 : 1024;
  if (bits.flag()) bits.skip(14);
  const hasExtension = bits.flag();
  const channels = configuration === 0 ? readProgramConfig(bits) : undefined;
  if (objectType === 6 || objectType === 20) bits.skip(3);
  if (hasExtension) {
    if (objectType === ER_BSAC) bits.skip(16);
    else if (objectType === 17 || objectType === 19 || objectType === 20 || objectType === 23) bits.skip(3);
    bits.skip(1);
  }
  // epConfig of the error resilient types.
  if (objectType >= 17) bits.skip(2);
  return { frameSamples, channels };
}

/** program_config_element (§4.4.1.1). @returns Its channels. */
function readProgramConfig(bits: BitReader): number {
  bits.skip(10);
  const elementCount = bits.bits(4) + bits.bits(4) + bits.bits(4);
  const lfeCount = bits.bits(2);
  const dataCount = bits.bits(3);
  const couplingCount = bits.bits(4);
  if (bits.flag()) bits.skip(4);
  if (bits.flag()) bits.skip(4);
  if (bits.flag()) bits.skip(3);
  let channels = lfeCount;
  for (let n = 0; n < elementCount; n++) {
    channels += bits.flag() ? 2 : 1;
    bits.skip(4);
  }
  bits.skip(4 * lfeCount + 4 * dataCount + 5 * couplingCount);
  bits.align();
  bits.skip(8 * bits.bits(8));
  return channels;
}

/** The backward compatible signalling behind the config (§1.6.2.1, syncExtensionType). */
function readExtension(
  bits: BitReader,
  coreSampleRateHz: number,
): Pick<AacConfig, 'sampleRateHz' | 'hasSbr' | 'hasPs'> {
  const none = { sampleRateHz: coreSampleRateHz, hasSbr: false, hasPs: false };
  if (bits.remaining < 16 || bits.bits(11) !== SYNC_SBR || readObjectType(bits) !== SBR) return none;
  if (bits.remaining < 1 || !bits.flag()) return none;
  const sampleRateHz = readSampleRate(bits);
  const hasPs = bits.remaining >= 12 && bits.bits(11) === SYNC_PS && bits.flag();
  return { sampleRateHz, hasSbr: true, hasPs };
}
