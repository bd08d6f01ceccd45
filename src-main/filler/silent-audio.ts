/**
 * One frame of silence in the codec that a stream's sound has, written bit by bit: no encoder is needed for it.
 * Spec: ISO/IEC 14496-3 §4.4.2 (AAC), ISO/IEC 11172-3 §2.4.1 (MP3), RFC 6716 and 7845 (Opus), RFC 9639 (FLAC).
 * @module
 */
import { joinBytes } from '../bytes/join.ts';
import { unlessProtocolError } from '../bytes/protocol-error.ts';
import { u16be, u24be, u32be, u8 } from '../bytes/read.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { putU16be } from '../bytes/write.ts';
import { readAacConfig } from '../codec/aac-config.ts';
import { BitReader } from '../codec/bit-reader.ts';
import { readOpusConfig } from '../codec/opus-config.ts';
import { readAudioBody } from '../flv/audio-body.ts';
import type { AudioKind, LegacySound } from '../flv/audio-body.ts';

/** Silence of one frame: sent every `samples / sampleRateHz` seconds it is silence without gaps. */
export type SilentAudio = {
  /** A whole RTMP type 8 message body in the form of the stream's own (legacy or enhanced); read-only. */
  readonly payload: Uint8Array;
  /** Samples per channel, counted at `sampleRateHz`. */
  readonly samples: number;
  /** Hz in which `samples` counts; with SBR the core's, half of what comes out. Need not be whole. */
  readonly sampleRateHz: number;
};

/** The default track's part of a message. */
type Part = {
  readonly payload: Uint8Array;
  readonly kind: AudioKind;
  readonly codec: string;
  readonly isEnhanced: boolean;
  readonly legacySound: LegacySound | undefined;
  readonly data: Uint8Array;
};
/** What is known of the stream's sound. */
type Known = {
  /** The sequence header's data, of the frames' codec. */
  readonly config: Uint8Array | undefined;
  /** The newest frame's data. */
  readonly frame: Uint8Array | undefined;
  readonly legacySound: LegacySound | undefined;
};
/** A frame without its message header. */
type Silence = { readonly frame: Uint8Array; readonly samples: number; readonly sampleRateHz: number };

const EX_CODED_FRAMES = 0x91;
const AAC_RAW = 1;
/** Plain samples are cut into messages of this length: short enough to start and end a hold on time. */
const PCM_MS = 20;

const MAKERS: ReadonlyMap<string, (known: Known) => Silence | undefined> = new Map([
  ['mp4a', aacSilence],
  ['.mp3', mp3Silence],
  ['mp3-8k', mp3Silence],
  ['Opus', opusSilence],
  ['fLaC', flacSilence],
  // Sound of zeros is the same in every byte order.
  ['pcm', pcmSilence],
  ['pcm-le', pcmSilence],
  ['g711-a', (known: Known) => g711Silence(known, 0xd5)],
  ['g711-u', (known: Known) => g711Silence(known, 0xff)],
]);

/**
 * Silence that continues a stream's sound. Undefined: there is no sound, too little is known of it, or its codec is
 * one that silence cannot be written in here (AC-3, E-AC-3, Speex, Nellymoser, …).
 *
 * @param header Body of the newest audio sequence header message; only its default track counts.
 * @param lastAudio Body of the newest audio message with a frame. It decides on codec and form where both are given.
 */
export function silentAudioOf(
  header: Uint8Array | undefined,
  lastAudio: Uint8Array | undefined,
): SilentAudio | undefined {
  const start = partOf(header, 'sequence-start');
  const last = partOf(lastAudio, 'coded-frames');
  const newest = last ?? start;
  if (newest === undefined) return undefined;
  const { codec, legacySound } = newest;
  const config = start?.codec === codec ? start.data : undefined;
  const silence = MAKERS.get(codec)?.({ config, frame: last?.data, legacySound });
  if (silence === undefined) return undefined;
  const { frame, samples, sampleRateHz } = silence;
  return { payload: joinBytes([messageHeader(newest), frame]), samples, sampleRateHz };
}

function partOf(payload: Uint8Array | undefined, kind: AudioKind): Part | undefined {
  if (payload === undefined) return undefined;
  // What cannot be read is no reason to end the show: it goes on without sound.
  const body = unlessProtocolError(() => readAudioBody(payload));
  if (body?.type !== 'media' || body.kind !== kind) return undefined;
  const track = body.tracks.find(({ trackId }) => trackId === 0);
  return track === undefined ? undefined : { payload, ...body, ...track };
}

/** What stands before the frame. A legacy header says nothing of the frame but what its predecessor's said. */
function messageHeader({ payload, codec, isEnhanced }: Part): Uint8Array {
  if (isEnhanced) return joinBytes([Uint8Array.of(EX_CODED_FRAMES), encodeUtf8(codec)]);
  return codec === 'mp4a' ? Uint8Array.of(u8(payload, 0), AAC_RAW) : payload.slice(0, 1);
}

/** Main, LC and LTP: the object types whose frame is a raw_data_block in this form. */
const AAC_OBJECT_TYPES: ReadonlySet<number> = new Set([1, 2, 4]);
/** Syntactic elements by channelConfiguration (§1.6.3.5), as the three bits of id_syn_ele say them (§4.4.2.1). */
const AAC_ELEMENTS: { readonly [configuration: number]: readonly number[] } = {
  1: [0],
  2: [1],
  3: [0, 1],
  4: [0, 1, 0],
  5: [0, 1, 1],
  6: [0, 1, 1, 3],
  7: [0, 1, 1, 1, 3],
};
const AAC_PAIR = 1;
const AAC_END = 7;

function aacSilence({ config }: Known): Silence | undefined {
  const aac = config && unlessProtocolError(() => readAacConfig(config));
  if (config === undefined || aac?.frameSamples === undefined) return undefined;
  const elements = AAC_ELEMENTS[aacConfiguration(config)];
  if (elements === undefined || !AAC_OBJECT_TYPES.has(aac.objectType)) return undefined;
  const seen = new Map<number, number>();
  let bits = '';
  for (const element of elements) {
    const instance = seen.get(element) ?? 0;
    seen.set(element, instance + 1);
    bits += binary(element, 3) + binary(instance, 4) + (element === AAC_PAIR ? AAC_PAIR_BODY : AAC_BODY);
  }
  const frame = bytesOfBits(bits + binary(AAC_END, 3));
  return { frame, samples: aac.frameSamples, sampleRateHz: aac.coreSampleRateHz };
}

/**
 * ics_info (§4.4.2.1): one long window, sine shaped, of no scale factor bands at all (max_sfb 0), no prediction.
 * Without bands there are no sections, scale factors or spectrum: every sample is 0.
 */
const AAC_ICS = binary(0, 1) + binary(0, 2) + binary(0, 1) + binary(0, 6) + binary(0, 1);
/** No pulses, no noise shaping, no gain control. */
const AAC_TOOLS = '000';
/** individual_channel_stream; the gain is one that encoders write for silence and scales nothing. */
const AAC_BODY = binary(140, 8) + AAC_ICS + AAC_TOOLS;
/** channel_pair_element with one window for both, and no M/S mask. */
const AAC_PAIR_BODY = `1${AAC_ICS}00${binary(140, 8)}${AAC_TOOLS}${binary(140, 8)}${AAC_TOOLS}`;

/** channelConfiguration, which stands behind object type and sample rate (§1.6.2.1). */
function aacConfiguration(config: Uint8Array): number {
  const bits = new BitReader(config);
  if (bits.bits(5) === 31) bits.skip(6);
  if (bits.bits(4) === 15) bits.skip(24);
  return bits.bits(4);
}

function binary(value: number, bits: number): string {
  return value.toString(2).padStart(bits, '0');
}

function bytesOfBits(bits: string): Uint8Array {
  return Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
    Number.parseInt(bits.slice(at * 8, at * 8 + 8).padEnd(8, '0'), 2),
  );
}

const MP3_RATES_HZ = [44_100, 48_000, 32_000] as const;
/** kbit/s by bitrate_index, layer III; 0 is "free format", whose frames have no length of their own. */
const MP3_KBPS_MPEG_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320] as const;
const MP3_KBPS_MPEG_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160] as const;

/** The last frame's header over a frame of zeros, in which every granule has no bits and so no sound. */
function mp3Silence({ frame: last }: Known): Silence | undefined {
  const header = last === undefined ? 0 : u32be(last, 0);
  const version = (header >>> 19) & 3;
  // Sync word and layer III; version 1 does not exist.
  if (header >>> 21 !== 0x7ff || ((header >>> 17) & 3) !== 1 || version === 1) return undefined;
  const isMpeg1 = version === 3;
  const kbps = (isMpeg1 ? MP3_KBPS_MPEG_1 : MP3_KBPS_MPEG_2)[(header >>> 12) & 15];
  const mpeg1RateHz = MP3_RATES_HZ[(header >>> 10) & 3];
  if (kbps === undefined || kbps === 0 || mpeg1RateHz === undefined) return undefined;
  const sampleRateHz = isMpeg1 ? mpeg1RateHz : version === 2 ? mpeg1RateHz / 2 : mpeg1RateHz / 4;
  const samples = isMpeg1 ? 1152 : 576;
  const frame = new Uint8Array(Math.floor((samples * kbps * 125) / sampleRateHz));
  // No CRC, no padding, no private bit, no stereo coding between the channels; the rest as it was.
  const flags = header & 0xfffe_fccf;
  frame.set([flags >>> 24, ((flags >>> 16) & 255) | 1, (flags >>> 8) & 255, flags & 255]);
  return { frame, samples, sampleRateHz };
}

const OPUS_SAMPLES = 960;
const OPUS_STEREO = 4;
/** TOC: CELT, full band, one frame of 20 ms (RFC 6716 §3.1). */
const OPUS_TOC = 0xf8;
/** The range coder's shortest text that begins with the flag for silence (§4.3). */
const OPUS_SILENCE = [0xff, 0xfe] as const;
/** Stream count and coupled count in the header of every family but 0 (RFC 7845 §5.1.1). */
const OPUS_STREAMS_AT = 19;

/** Opus may come without a config, or with an empty one: then the last frame tells mono from stereo. */
function opusSilence({ config, frame: last }: Known): Silence | undefined {
  let streams = 1;
  let pairs: number;
  if (config === undefined || config.length === 0) {
    if (last === undefined) return undefined;
    pairs = (u8(last, 0) & OPUS_STEREO) === 0 ? 0 : 1;
  } else {
    const head = unlessProtocolError(() => readOpusConfig(config));
    if (head === undefined) return undefined;
    pairs = head.channels - 1;
    if (head.mappingFamily !== 0)
      [streams, pairs] = [u8(config, OPUS_STREAMS_AT), u8(config, OPUS_STREAMS_AT + 1)];
  }
  if (streams === 0 || pairs > streams) return undefined;
  return { frame: opusFrame(streams, pairs), samples: OPUS_SAMPLES, sampleRateHz: 48_000 };
}

/** The coupled streams come first (RFC 7845 §5.1.1); all but the last tell their length (RFC 6716 appendix B). */
function opusFrame(streams: number, pairs: number): Uint8Array {
  const parts = Array.from({ length: streams }, (_, n) => {
    const toc = OPUS_TOC | (n < pairs ? OPUS_STEREO : 0);
    return n < streams - 1 ? [toc, OPUS_SILENCE.length, ...OPUS_SILENCE] : [toc, ...OPUS_SILENCE];
  });
  return Uint8Array.from(parts.flat());
}

const FLAC_MARK = 0x664c_6143;
const STREAMINFO_BYTES = 34;
/** Header of a metadata block. */
const FLAC_BLOCK_BYTES = 4;
/** The smallest block that is allowed (RFC 9639 §8.2). */
const MIN_BLOCK_SAMPLES = 16;
const FLAC_SYNC = 0xfff8;

/**
 * One frame of constant subframes (RFC 9639 §9). Rate and bit depth are "as in STREAMINFO", which every receiver of
 * this stream has. The frame's number is always 0: in a container the container's time counts.
 */
function flacSilence({ config, frame: last }: Known): Silence | undefined {
  const streamInfo = config && streamInfoOf(config);
  if (streamInfo === undefined) return undefined;
  const samples = u16be(streamInfo, 2);
  const sampleRateHz = u24be(streamInfo, 10) >> 4;
  const channels = ((u8(streamInfo, 12) >> 1) & 7) + 1;
  const sampleBits = ((u16be(streamInfo, 12) >> 4) & 31) + 1;
  if (samples < MIN_BLOCK_SAMPLES || sampleRateHz === 0) return undefined;
  // Whether all blocks have one length must not change within a stream; then each has the largest.
  const isVariable =
    last !== undefined && u16be(last, 0) >> 1 === FLAC_SYNC >> 1
      ? (u8(last, 1) & 1) === 1
      : u16be(streamInfo, 0) !== samples;
  const header = Uint8Array.of(0, 0, 0x70, (channels - 1) << 4, 0, 0, 0, 0);
  putU16be(header, 0, FLAC_SYNC | (isVariable ? 1 : 0));
  putU16be(header, 5, samples - 1);
  header[7] = crc(header.subarray(0, 7), { polynomial: 0x07, bits: 8 });
  // A constant subframe of value 0 is nothing but zeros: 8 bits of header, then one sample.
  const body = new Uint8Array(Math.ceil((channels * (8 + sampleBits)) / 8));
  const check = new Uint8Array(2);
  putU16be(check, 0, crc(joinBytes([header, body]), { polynomial: 0x8005, bits: 16 }));
  return { frame: joinBytes([header, body, check]), samples, sampleRateHz };
}

/** STREAMINFO's own bytes, whether it comes behind "fLaC", as a metadata block, or bare. */
function streamInfoOf(config: Uint8Array): Uint8Array | undefined {
  if (config.length === STREAMINFO_BYTES) return config;
  const at = (u32be(config, 0) === FLAC_MARK ? 4 : 0) + FLAC_BLOCK_BYTES;
  // Its type, 0, below the bit for "the last block"; then its length.
  const block = u32be(config, at - FLAC_BLOCK_BYTES) & 0x7fff_ffff;
  if (block !== STREAMINFO_BYTES || config.length < at + STREAMINFO_BYTES) return undefined;
  return config.subarray(at, at + STREAMINFO_BYTES);
}

/** Most significant bit first, from 0 (RFC 9639 §9.1.8, §9.3). */
function crc(bytes: Uint8Array, { polynomial, bits }: { polynomial: number; bits: 8 | 16 }): number {
  const [top, mask] = [1 << (bits - 1), 2 ** bits - 1];
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << (bits - 8);
    for (let n = 0; n < 8; n++) sum = ((sum << 1) ^ ((sum & top) === 0 ? 0 : polynomial)) & mask;
  }
  return sum;
}

/** The rates that the legacy header rounds; 5.5 kHz is an eighth of 44.1 kHz. */
const LOWEST_RATE_HZ = 5_512.5;

function pcmSilence({ legacySound }: Known): Silence | undefined {
  if (legacySound === undefined) return undefined;
  const { channels, sampleBits } = legacySound;
  const sampleRateHz = Math.max(LOWEST_RATE_HZ, legacySound.sampleRateHz);
  const samples = Math.floor((sampleRateHz * PCM_MS) / 1000);
  const frame = new Uint8Array((samples * channels * sampleBits) / 8);
  // Samples of 8 bits have no sign: their middle is silence.
  if (sampleBits === 8) frame.fill(0x80);
  return { frame, samples, sampleRateHz };
}

/** G.711 in FLV is always 8 kHz, whatever the header says. */
function g711Silence({ legacySound }: Known, zero: number): Silence | undefined {
  const samples = 8 * PCM_MS;
  const frame = new Uint8Array(samples * (legacySound?.channels ?? 1)).fill(zero);
  return { frame, samples, sampleRateHz: 8_000 };
}
