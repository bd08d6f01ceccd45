/**
 * Reads the body of an audio message (type 8), legacy and enhanced.
 * Spec: FLV 10.1 annex E.4.2; Enhanced RTMP v2 "Enhanced Audio". Payload bytes are never copied.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { u32be, u8 } from '../bytes/read.ts';
import { codecOf, need, readExHeader, readExTracks } from './ex-header.ts';
import type { ExForm, ExHeader, Multitrack } from './ex-header.ts';

/** What an audio message carries. `reserved`: a packet type that no specification defines yet. */
export type AudioKind =
  'sequence-start' | 'coded-frames' | 'sequence-end' | 'multichannel-config' | 'reserved';

/** One track's part of an audio message. */
export type AudioTrack = {
  /** 0 is the default track. */
  readonly trackId: number;
  /** A FourCC (`mp4a`, `Opus`, `.mp3`, …), a legacy name (`speex`, `g711-a`, …) or `unknown:…`. */
  readonly codec: string;
  /** Config record or frame, without any header; a view into the payload. */
  readonly data: Uint8Array;
};

/** What a legacy header says of the sound. AAC always says 44100 Hz stereo: its config tells the truth. */
export type LegacySound = {
  readonly sampleRateHz: number;
  readonly sampleBits: 8 | 16;
  readonly channels: 1 | 2;
};

/** An audio message, read. `empty` is silence, no error. */
export type AudioBody =
  | { readonly type: 'empty' }
  | {
      readonly type: 'media';
      readonly kind: AudioKind;
      /** Whether the enhanced header was used. */
      readonly isEnhanced: boolean;
      /** Of a legacy message only. */
      readonly legacySound: LegacySound | undefined;
      /** ns to add to the message's time when presenting, 0 to 999999; never alters the RTMP time. */
      readonly nanosecondOffset: number;
      readonly multitrack: Multitrack;
      /** At least one; IDs imply neither order nor quality. */
      readonly tracks: readonly AudioTrack[];
    };

/** Which loudspeaker each channel is for. */
export type MultichannelConfig =
  | { readonly order: 'unspecified'; readonly channelCount: number }
  /** One bit for each loudspeaker (AudioChannelMask). */
  | { readonly order: 'native'; readonly channelCount: number; readonly mask: number }
  /** One AudioChannel number for each channel; 0xfe unused, 0xff unknown. */
  | { readonly order: 'custom'; readonly channelCount: number; readonly mapping: readonly number[] };

const LEGACY_CODECS: { readonly [soundFormat: number]: string } = {
  0: 'pcm',
  1: 'adpcm',
  2: '.mp3',
  3: 'pcm-le',
  4: 'nellymoser-16k',
  5: 'nellymoser-8k',
  6: 'nellymoser',
  7: 'g711-a',
  8: 'g711-u',
  10: 'mp4a',
  11: 'speex',
  14: 'mp3-8k',
  15: 'native',
};
const SAMPLE_RATES_HZ = [5_500, 11_025, 22_050, 44_100] as const;
const FOUR_CCS: ReadonlySet<string> = new Set(['ac-3', 'ec-3', 'Opus', '.mp3', 'fLaC', 'mp4a']);
const EX_KINDS: readonly AudioKind[] = [
  'sequence-start',
  'coded-frames',
  'sequence-end',
  'reserved',
  'multichannel-config',
];
const AAC = 10;
/** The sound format that says "enhanced". */
export const EX_SOUND_FORMAT = 9;
const EX_FORM: ExForm = { multitrackType: 5, isCommand: () => false };

/**
 * Reads an audio message. An unknown codec is no error: its bytes come as they are.
 *
 * @throws {ProtocolError} `flv-truncated`, `flv-bad-multitrack`, `flv-too-many-tracks`.
 */
export function readAudioBody(payload: Uint8Array): AudioBody {
  if (payload.length === 0) return { type: 'empty' };
  return u8(payload, 0) >> 4 === EX_SOUND_FORMAT ? readEnhanced(payload) : readLegacy(payload);
}

/** The enhanced header alone; the payload's sound format is 9. @throws As `readAudioBody`. */
export function readAudioExHeader(payload: Uint8Array): ExHeader {
  return readExHeader(payload, EX_FORM);
}

/**
 * Reads the data of a `multichannel-config` track.
 *
 * @throws {ProtocolError} `flv-truncated`; `flv-bad-channel-order`: an order that does not exist.
 */
export function readMultichannelConfig(data: Uint8Array): MultichannelConfig {
  need(data, 2);
  const channelCount = u8(data, 1);
  switch (u8(data, 0)) {
    case 0:
      return { order: 'unspecified', channelCount };
    case 1:
      need(data, 6);
      return { order: 'native', channelCount, mask: u32be(data, 2) };
    case 2:
      need(data, 2 + channelCount);
      return { order: 'custom', channelCount, mapping: [...data.subarray(2, 2 + channelCount)] };
    default:
      throw new ProtocolError('flv-bad-channel-order', `channel order ${u8(data, 0)}`);
  }
}

function readEnhanced(payload: Uint8Array): AudioBody {
  const header = readAudioExHeader(payload);
  return {
    type: 'media',
    kind: EX_KINDS[header.packetType] ?? 'reserved',
    isEnhanced: true,
    legacySound: undefined,
    nanosecondOffset: header.nanosecondOffset,
    multitrack: header.multitrack,
    tracks: readExTracks(payload, header).map(({ trackId, fourCc, data }) => ({
      trackId,
      codec: codecOf(fourCc, FOUR_CCS),
      data,
    })),
  };
}

function readLegacy(payload: Uint8Array): AudioBody {
  const first = u8(payload, 0);
  const soundFormat = first >> 4;
  let kind: AudioKind = 'coded-frames';
  let at = 1;
  if (soundFormat === AAC) {
    need(payload, 2);
    const packetType = u8(payload, 1);
    kind = packetType === 0 ? 'sequence-start' : packetType === 1 ? 'coded-frames' : 'reserved';
    at = 2;
  }
  return {
    type: 'media',
    kind,
    isEnhanced: false,
    legacySound: {
      sampleRateHz: SAMPLE_RATES_HZ[(first >> 2) & 3] ?? 0,
      sampleBits: (first & 2) === 0 ? 8 : 16,
      channels: (first & 1) === 0 ? 1 : 2,
    },
    nanosecondOffset: 0,
    multitrack: 'none',
    tracks: [
      {
        trackId: 0,
        codec: LEGACY_CODECS[soundFormat] ?? `unknown:${soundFormat}`,
        data: payload.subarray(at),
      },
    ],
  };
}
