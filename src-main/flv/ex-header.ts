/**
 * What Enhanced RTMP's audio and video bodies have in common: ModEx, FourCC, multitrack.
 * Spec: Enhanced RTMP v2, "Enhanced Audio" and "Enhanced Video" (ExAudioTagHeader, ExVideoTagHeader).
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { u16be, u24be, u8 } from '../bytes/read.ts';

/** How tracks share one message; `none` is a message of the default track alone. */
export type Multitrack = 'none' | 'one-track' | 'many-tracks' | 'many-codecs';

/** What precedes the track or tracks. */
export type ExHeader = {
  /** The real packet type, once ModEx and multitrack are taken off. */
  readonly packetType: number;
  /** ns on top of the message's time, for this message only: 0 to 999999. */
  readonly nanosecondOffset: number;
  readonly multitrack: Multitrack;
  /** The FourCC's four bytes as text; empty in `many-codecs`, where each track has its own, and in commands. */
  readonly fourCc: string;
  /** A seek command (video only): its number, and nothing follows it. */
  readonly command: number | undefined;
  /** Where the body, or the first track, begins. */
  readonly bodyAt: number;
};

/** One track of a message, its own header taken off. */
export type ExTrack = { readonly trackId: number; readonly fourCc: string; readonly data: Uint8Array };

/** The numbers in which audio and video differ. */
export type ExForm = {
  /** The packet type that says "multitrack". */
  readonly multitrackType: number;
  /** Whether this message is a command unless its packet type says otherwise. */
  readonly isCommand: (packetType: number) => boolean;
};

/** Reserved in audio and video: more header follows before the packet type proper. */
export const MOD_EX = 7;
/** Track IDs have 8 bits, so more tracks than this repeat themselves. */
const MAX_TRACKS = 256;
const TIMESTAMP_OFFSET_NANO = 0;
const MAX_NANOSECONDS = 999_999;
const MULTITRACK: readonly Multitrack[] = ['one-track', 'many-tracks', 'many-codecs'];

/**
 * Reads the header; the first byte's low nibble is the packet type in audio and video alike.
 *
 * @throws {ProtocolError} `flv-truncated`; `flv-bad-multitrack`: a kind of multitrack that does not exist, or
 *   multitrack inside multitrack.
 */
export function readExHeader(payload: Uint8Array, form: ExForm): ExHeader {
  let packetType = u8(payload, 0) & 15;
  let at = 1;
  let nanosecondOffset = 0;
  while (packetType === MOD_EX) {
    let size = u8(payload, at) + 1;
    at += 1;
    if (size === 256) {
      size = u16be(payload, at) + 1;
      at += 2;
    }
    need(payload, at + size + 1);
    const last = u8(payload, at + size);
    // A type that we do not know is skipped by its size; so is an offset outside the spec's range.
    if (last >> 4 === TIMESTAMP_OFFSET_NANO && size >= 3) {
      const offset = u24be(payload, at);
      if (offset <= MAX_NANOSECONDS) nanosecondOffset = offset;
    }
    packetType = last & 15;
    at += size + 1;
  }
  if (form.isCommand(packetType)) {
    need(payload, at + 1);
    const command = u8(payload, at);
    return { packetType, nanosecondOffset, multitrack: 'none', fourCc: '', command, bodyAt: at + 1 };
  }
  let multitrack: Multitrack = 'none';
  if (packetType === form.multitrackType) {
    need(payload, at + 1);
    multitrack = multitrackOf(u8(payload, at) >> 4);
    packetType = u8(payload, at) & 15;
    at += 1;
    if (packetType === form.multitrackType || packetType === MOD_EX) {
      throw new ProtocolError('flv-bad-multitrack', `packet type ${packetType} inside multitrack`);
    }
  }
  if (multitrack === 'many-codecs') {
    return { packetType, nanosecondOffset, multitrack, fourCc: '', command: undefined, bodyAt: at };
  }
  need(payload, at + 4);
  const fourCc = readFourCc(payload, at);
  return { packetType, nanosecondOffset, multitrack, fourCc, command: undefined, bodyAt: at + 4 };
}

/**
 * The tracks after the header, in their order in the message; without multitrack one track with ID 0.
 *
 * @throws {ProtocolError} `flv-truncated`: a track's size goes beyond the message; `flv-too-many-tracks`.
 */
export function readExTracks(payload: Uint8Array, header: ExHeader): ExTrack[] {
  if (header.multitrack === 'none') {
    return [{ trackId: 0, fourCc: header.fourCc, data: payload.subarray(header.bodyAt) }];
  }
  const tracks: ExTrack[] = [];
  let at = header.bodyAt;
  do {
    if (tracks.length === MAX_TRACKS) {
      throw new ProtocolError('flv-too-many-tracks', `more than ${MAX_TRACKS} tracks in a message`);
    }
    let fourCc = header.fourCc;
    if (header.multitrack === 'many-codecs') {
      need(payload, at + 4);
      fourCc = readFourCc(payload, at);
      at += 4;
    }
    need(payload, at + 1);
    const trackId = u8(payload, at);
    at += 1;
    let end = payload.length;
    if (header.multitrack !== 'one-track') {
      need(payload, at + 3);
      // The size counts from behind itself.
      end = at + 3 + u24be(payload, at);
      at += 3;
      need(payload, end);
    }
    tracks.push({ trackId, fourCc, data: payload.subarray(at, end) });
    at = end;
  } while (at < payload.length);
  return tracks;
}

/** A codec's name: the FourCC if it is among the known ones, else `unknown:` and what was there. */
export function codecOf(fourCc: string, known: ReadonlySet<string>): string {
  return known.has(fourCc) ? fourCc : `unknown:${fourCc}`;
}

/** @throws {ProtocolError} `flv-truncated`: the message ends before `end`. */
export function need(payload: Uint8Array, end: number): void {
  if (end <= payload.length) return;
  throw new ProtocolError('flv-truncated', `${end} bytes needed in a message of ${payload.length}`);
}

function multitrackOf(nibble: number): Multitrack {
  const multitrack = MULTITRACK[nibble];
  if (multitrack === undefined) throw new ProtocolError('flv-bad-multitrack', `multitrack type ${nibble}`);
  return multitrack;
}

/** Four characters of Latin-1, so that every FourCC has its own text. */
function readFourCc(payload: Uint8Array, at: number): string {
  return String.fromCharCode(u8(payload, at), u8(payload, at + 1), u8(payload, at + 2), u8(payload, at + 3));
}
