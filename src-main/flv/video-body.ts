/**
 * Reads the body of a video message (type 9), legacy and enhanced.
 * Spec: FLV 10.1 annex E.4.3; Enhanced RTMP v2 "Enhanced Video". Payload bytes are never copied.
 * @module
 */
import { i24be, u8 } from '../bytes/read.ts';
import { codecOf, need, readExHeader, readExTracks } from './ex-header.ts';
import type { ExForm, ExHeader, Multitrack } from './ex-header.ts';

/** What a video message carries. `reserved`: a packet type that no specification defines yet. */
export type VideoKind =
  'sequence-start' | 'coded-frames' | 'sequence-end' | 'metadata' | 'mpeg2ts-sequence-start' | 'reserved';

/** Frame type of a video message (E.4.3.1); `generated-key` is for servers' own use. */
export type VideoFrameType = 'key' | 'inter' | 'disposable' | 'generated-key' | 'command' | 'reserved';

/** One track's part of a video message. */
export type VideoTrack = {
  /** 0 is the default track. */
  readonly trackId: number;
  /** A FourCC (`avc1`, `hvc1`, …), a legacy name (`h263`, `vp6`, …) or `unknown:…`. */
  readonly codec: string;
  /** ms from decoding to presentation, may be negative; 0 where the codec has none. */
  readonly compositionTimeMs: number;
  /** Config record, frame or AMF (`metadata`), without any header; a view into the payload. */
  readonly data: Uint8Array;
};

/** A video message, read. */
export type VideoBody =
  | { readonly type: 'empty' }
  | { readonly type: 'command'; readonly command: 'start-seek' | 'end-seek' | `unknown:${number}` }
  | {
      readonly type: 'media';
      readonly kind: VideoKind;
      /** Of the whole message; without meaning for `metadata`. */
      readonly frameType: VideoFrameType;
      /** Whether these are coded frames that decoding can start at, in every track of the message. */
      readonly isKeyframe: boolean;
      /** Whether the enhanced header was used. */
      readonly isEnhanced: boolean;
      /** ns to add to the message's time when presenting, 0 to 999999; never alters the RTMP time. */
      readonly nanosecondOffset: number;
      readonly multitrack: Multitrack;
      /** At least one; IDs imply neither order nor quality. */
      readonly tracks: readonly VideoTrack[];
    };

/** Frame type by its number (E.4.3.1, VideoFrameType). */
const FRAME_TYPES: readonly VideoFrameType[] = [
  'reserved',
  'key',
  'inter',
  'disposable',
  'generated-key',
  'command',
];
const LEGACY_CODECS: { readonly [codecId: number]: string } = {
  1: 'jpeg',
  2: 'h263',
  3: 'screen',
  4: 'vp6',
  5: 'vp6a',
  6: 'screen2',
  7: 'avc1',
  // Not Adobe's: Chinese CDNs and their encoders send HEVC under 12, laid out as AVC is under 7.
  12: 'hvc1',
};
const FOUR_CCS: ReadonlySet<string> = new Set(['vp08', 'vp09', 'av01', 'avc1', 'hvc1', 'vvc1']);
/** Only these have a composition time in CodedFrames. */
const WITH_COMPOSITION_TIME: ReadonlySet<string> = new Set(['avc1', 'hvc1', 'vvc1']);
const LEGACY_KINDS: readonly VideoKind[] = ['sequence-start', 'coded-frames', 'sequence-end'];
const EX_KINDS: readonly VideoKind[] = [
  'sequence-start',
  'coded-frames',
  'sequence-end',
  'coded-frames',
  'metadata',
  'mpeg2ts-sequence-start',
];
const CODED_FRAMES = 1;
const METADATA = 4;
const KEY = 1;
const COMMAND = 5;

/** The enhanced header of a message whose frame type is not, or is, "command". */
const EX_FORM: ExForm = { multitrackType: 6, isCommand: () => false };
const EX_COMMAND_FORM: ExForm = { multitrackType: 6, isCommand: (packetType) => packetType !== METADATA };

/**
 * Reads a video message. An unknown codec is no error: its bytes come as they are.
 *
 * @throws {ProtocolError} `flv-truncated`, `flv-bad-multitrack`, `flv-too-many-tracks`.
 */
export function readVideoBody(payload: Uint8Array): VideoBody {
  if (payload.length === 0) return { type: 'empty' };
  return (u8(payload, 0) & 0x80) !== 0 ? readEnhanced(payload) : readLegacy(payload);
}

/** The enhanced header alone; the payload's first byte has its top bit set. @throws As `readVideoBody`. */
export function readVideoExHeader(payload: Uint8Array): ExHeader {
  const isCommand = ((u8(payload, 0) >> 4) & 7) === COMMAND;
  return readExHeader(payload, isCommand ? EX_COMMAND_FORM : EX_FORM);
}

function readEnhanced(payload: Uint8Array): VideoBody {
  const header = readVideoExHeader(payload);
  if (header.command !== undefined) return commandBody(header.command);
  const kind = EX_KINDS[header.packetType] ?? 'reserved';
  const frameType = (u8(payload, 0) >> 4) & 7;
  const tracks = readExTracks(payload, header).map(({ trackId, fourCc, data }): VideoTrack => {
    const codec = codecOf(fourCc, FOUR_CCS);
    if (header.packetType !== CODED_FRAMES || !WITH_COMPOSITION_TIME.has(fourCc)) {
      return { trackId, codec, compositionTimeMs: 0, data };
    }
    need(data, 3);
    return { trackId, codec, compositionTimeMs: i24be(data, 0), data: data.subarray(3) };
  });
  return {
    type: 'media',
    kind,
    frameType: FRAME_TYPES[frameType] ?? 'reserved',
    isKeyframe: kind === 'coded-frames' && frameType === KEY,
    isEnhanced: true,
    nanosecondOffset: header.nanosecondOffset,
    multitrack: header.multitrack,
    tracks,
  };
}

function readLegacy(payload: Uint8Array): VideoBody {
  const frameType = u8(payload, 0) >> 4;
  const codecId = u8(payload, 0) & 15;
  if (frameType === COMMAND) {
    need(payload, 2);
    return commandBody(u8(payload, 1));
  }
  const codec = LEGACY_CODECS[codecId] ?? `unknown:${codecId}`;
  let kind: VideoKind = 'coded-frames';
  let compositionTimeMs = 0;
  let at = 1;
  if (WITH_COMPOSITION_TIME.has(codec)) {
    need(payload, 2);
    kind = LEGACY_KINDS[u8(payload, 1)] ?? 'reserved';
    // Some senders cut a sequence end down to its two meaningful bytes.
    if (kind !== 'sequence-end') need(payload, 5);
    if (kind === 'coded-frames') compositionTimeMs = i24be(payload, 2);
    at = 5;
  }
  return {
    type: 'media',
    kind,
    frameType: FRAME_TYPES[frameType] ?? 'reserved',
    isKeyframe: kind === 'coded-frames' && frameType === KEY,
    isEnhanced: false,
    nanosecondOffset: 0,
    multitrack: 'none',
    tracks: [{ trackId: 0, codec, compositionTimeMs, data: payload.subarray(at) }],
  };
}

function commandBody(command: number): VideoBody {
  return {
    type: 'command',
    command: command === 0 ? 'start-seek' : command === 1 ? 'end-seek' : `unknown:${command}`,
  };
}
