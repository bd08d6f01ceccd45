/**
 * What the hub needs to know of each message, cheaply: is it remembered for late readers, does a GOP start.
 * Never throws; a plain legacy frame gets a shared constant and allocates nothing.
 *
 * Keyframes: the hub's GOP is the default track's (track 0). OBS sends track 0 without multitrack and only the
 * others as multitrack, so a keyframe counts as one only in a message that carries track 0.
 * Spec: FLV 10.1 annex E.4; Enhanced RTMP v2.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { u8 } from '../bytes/read.ts';
import { EX_SOUND_FORMAT, readAudioExHeader } from './audio-body.ts';
import { readExTracks } from './ex-header.ts';
import type { ExHeader } from './ex-header.ts';
import { dataMessageName } from './metadata.ts';
import { readVideoExHeader } from './video-body.ts';

/** What a message is to the hub. */
export type MediaRole =
  /** `onMetaData`. */
  | 'metadata'
  | 'sequence-header'
  /** Colour or channel layout. */
  | 'config'
  /** A GOP of the default track starts. */
  | 'keyframe'
  /** Any other video frame, also a keyframe of other tracks only. */
  | 'inter'
  | 'audio'
  | 'sequence-end'
  /** No bytes: silence. */
  | 'empty'
  /** Passed on, never remembered: commands, other data, what cannot be read. */
  | 'other';

/** A message's role, and what it fills. Often a shared constant: compare fields, not identity. */
export type MediaClass = {
  readonly role: MediaRole;
  /**
   * The places that this message fills for late readers, who get the newest of each: `metadata`,
   * `video:<track>:sequence`, `video:<track>:color`, `audio:<track>:sequence`, `audio:<track>:channels`.
   * Empty unless the role is metadata, sequence-header or config.
   */
  readonly slots: readonly string[];
};

const NO_SLOTS: readonly string[] = [];
const METADATA: MediaClass = { role: 'metadata', slots: ['metadata'] };
const VIDEO_SEQUENCE: MediaClass = { role: 'sequence-header', slots: ['video:0:sequence'] };
const AUDIO_SEQUENCE: MediaClass = { role: 'sequence-header', slots: ['audio:0:sequence'] };
const KEYFRAME: MediaClass = { role: 'keyframe', slots: NO_SLOTS };
const INTER: MediaClass = { role: 'inter', slots: NO_SLOTS };
const AUDIO: MediaClass = { role: 'audio', slots: NO_SLOTS };
const SEQUENCE_END: MediaClass = { role: 'sequence-end', slots: NO_SLOTS };
const EMPTY: MediaClass = { role: 'empty', slots: NO_SLOTS };
const OTHER: MediaClass = { role: 'other', slots: NO_SLOTS };

/** Frame types (E.4.3.1): 1 key, 2 inter, 3 disposable, 4 generated key, 5 command. */
const KEY = 1;
const COMMAND = 5;
const AAC = 10;

/** @param typeId Message type ID: 8, 9, 15 and 18 are told apart, all others are `other`. */
export function classifyMedia(typeId: number, payload: Uint8Array): MediaClass {
  if (payload.length === 0) return EMPTY;
  if (typeId === 9) return (u8(payload, 0) & 0x80) === 0 ? legacyVideo(payload) : enhanced(payload, exVideo);
  if (typeId === 8) {
    return u8(payload, 0) >> 4 === EX_SOUND_FORMAT ? enhanced(payload, exAudio) : legacyAudio(payload);
  }
  if (typeId === 18 || typeId === 15) return dataMessageName(payload) === 'onMetaData' ? METADATA : OTHER;
  return OTHER;
}

function legacyVideo(payload: Uint8Array): MediaClass {
  const frameType = u8(payload, 0) >> 4;
  const codecId = u8(payload, 0) & 15;
  if (frameType === COMMAND) return OTHER;
  // AVC, and HEVC in the same layout under 12, say in a second byte what they are.
  if (codecId === 7 || codecId === 12) {
    if (payload.length < 2) return OTHER;
    const packetType = u8(payload, 1);
    if (packetType === 2) return SEQUENCE_END;
    if (packetType > 2 || payload.length < 5) return OTHER;
    if (packetType === 0) return VIDEO_SEQUENCE;
  }
  return frameType === KEY ? KEYFRAME : INTER;
}

function legacyAudio(payload: Uint8Array): MediaClass {
  if (u8(payload, 0) >> 4 !== AAC) return AUDIO;
  if (payload.length < 2 || u8(payload, 1) > 1) return OTHER;
  return u8(payload, 1) === 0 ? AUDIO_SEQUENCE : AUDIO;
}

function enhanced(payload: Uint8Array, read: (payload: Uint8Array) => MediaClass): MediaClass {
  try {
    return read(payload);
  } catch (error) {
    if (error instanceof ProtocolError) return OTHER;
    throw error;
  }
}

function exVideo(payload: Uint8Array): MediaClass {
  const header = readVideoExHeader(payload);
  if (header.command !== undefined) return OTHER;
  switch (header.packetType) {
    case 0:
    case 5:
      return filling('sequence-header', slotsOf(payload, header, { media: 'video', slot: 'sequence' }));
    case 4:
      return filling('config', slotsOf(payload, header, { media: 'video', slot: 'color' }));
    case 2:
      return SEQUENCE_END;
    case 1:
    case 3: {
      const isKey = ((u8(payload, 0) >> 4) & 7) === KEY;
      return carriesTrack0(payload, header) && isKey ? KEYFRAME : INTER;
    }
    default:
      return OTHER;
  }
}

function exAudio(payload: Uint8Array): MediaClass {
  const header = readAudioExHeader(payload);
  switch (header.packetType) {
    case 0:
      return filling('sequence-header', slotsOf(payload, header, { media: 'audio', slot: 'sequence' }));
    case 4:
      return filling('config', slotsOf(payload, header, { media: 'audio', slot: 'channels' }));
    case 2:
      return SEQUENCE_END;
    case 1:
      carriesTrack0(payload, header);
      return AUDIO;
    default:
      return OTHER;
  }
}

function filling(role: MediaRole, slots: readonly string[]): MediaClass {
  return { role, slots };
}

function slotsOf(
  payload: Uint8Array,
  header: ExHeader,
  { media, slot }: { readonly media: 'video' | 'audio'; readonly slot: string },
): string[] {
  const slots = readExTracks(payload, header).map(({ trackId }) => `${media}:${trackId}:${slot}`);
  return [...new Set(slots)];
}

/** @throws {ProtocolError} When the tracks' sizes do not fit the message. */
function carriesTrack0(payload: Uint8Array, header: ExHeader): boolean {
  return header.multitrack === 'none' || readExTracks(payload, header).some(({ trackId }) => trackId === 0);
}
