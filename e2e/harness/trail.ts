/**
 * A trail: every message of a stream in order, each with the hash of its payload. Two trails of one stream are laid
 * side by side to show that nothing was lost, added or moved on the way. Read apart from the product on purpose.
 * @module
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What a message is to the comparison. Headers may be sent again to late readers, so they are looked at apart. */
export type TrailKind = 'header' | 'keyframe' | 'frame' | 'sound' | 'data';

/** One message. */
export type TrailMessage = {
  /** 8 audio, 9 video, 18 data. */
  readonly typeId: number;
  readonly timestampMs: number;
  readonly kind: TrailKind;
  readonly hash: string;
  readonly bytes: number;
};

export type Trail = readonly TrailMessage[];

/** One message as it goes into a trail. */
export function trailMessage(typeId: number, timestampMs: number, payload: Uint8Array): TrailMessage {
  const hash = createHash('sha1').update(payload).digest('hex');
  return { typeId, timestampMs, kind: kindOf(typeId, payload), hash, bytes: payload.length };
}

/** The trail that an FLV file holds (FLV 10.1 annex E); a last tag that is not whole is left out. */
export function trailOf(file: string): Trail {
  const bytes = readFileSync(file);
  const trail: TrailMessage[] = [];
  let at = bytes.length < 13 ? bytes.length : bytes.readUInt32BE(5) + 4;
  while (at + 11 <= bytes.length) {
    const size = bytes.readUIntBE(at + 1, 3);
    const end = at + 11 + size;
    if (end > bytes.length) break;
    const timestamp = bytes.readUIntBE(at + 4, 3) + bytes.readUInt8(at + 7) * 0x100_0000;
    trail.push(trailMessage(bytes.readUInt8(at), timestamp, bytes.subarray(at + 11, end)));
    at = end + 4;
  }
  return trail;
}

/** How what came out stands to what went in. */
export type Verdict = {
  /** Audio and video messages that came out, headers not counted. */
  readonly came: number;
  /** Of these, how many stand where they should; `came` when all is well. */
  readonly inPlace: number;
  /** Messages of what went in that lie before the first one that came out. */
  readonly before: number;
  /** Keyframes among those: 0 when all came out from the first keyframe on. */
  readonly keyframesBefore: number;
  /** Messages of what went in behind the last one that came out. */
  readonly after: number;
  /** Headers that came out and never went in. */
  readonly foreignHeaders: number;
  /** Headers that went in before the first message that came out, and are not in front of it there. */
  readonly missingHeaders: number;
  /** Whether the first picture that came out is a keyframe; true where there are no pictures. */
  readonly beginsWithKeyframe: boolean;
  /** Largest and smallest difference of timestamps, ms: how far one message was moved against another. */
  readonly driftMs: number;
};

/** What a verdict says when nothing is wrong. */
export const WHOLE = {
  after: 0,
  foreignHeaders: 0,
  missingHeaders: 0,
  beginsWithKeyframe: true,
} as const;

/** The same for peers that take streams apart and write headers of their own. */
export const WHOLE_BUT_HEADERS = { after: 0, beginsWithKeyframe: true } as const;

/** Lays what came out along what went in. Payloads must be their own: a stream of equal frames has no places. */
export function follow(wentIn: Trail, cameOut: Trail): Verdict {
  const sent = wentIn.filter(isMedia);
  const came = cameOut.filter(isMedia);
  const before = bestStart(sent, came);
  let inPlace = 0;
  let [least, most] = [Infinity, -Infinity];
  came.forEach((message, index) => {
    const original = sent[before + index];
    if (original?.hash !== message.hash || original.typeId !== message.typeId) return;
    inPlace++;
    const moved = message.timestampMs - original.timestampMs;
    least = Math.min(least, moved);
    most = Math.max(most, moved);
  });
  const picture = came.find(({ typeId }) => typeId === 9);
  return {
    came: came.length,
    inPlace,
    before,
    keyframesBefore: sent.slice(0, before).filter(({ kind }) => kind === 'keyframe').length,
    after: sent.length - before - came.length,
    ...headersOf(wentIn, cameOut, sent[before]),
    beginsWithKeyframe: picture === undefined || picture.kind === 'keyframe',
    driftMs: inPlace === 0 ? 0 : most - least,
  };
}

/** The same for audio and for video alone, for peers that may put the one before the other. */
export function followApart(
  wentIn: Trail,
  cameOut: Trail,
): { readonly video: Verdict; readonly audio: Verdict } {
  const only = (trail: Trail, wanted: number): Trail => trail.filter(({ typeId }) => typeId === wanted);
  return {
    video: follow(only(wentIn, 9), only(cameOut, 9)),
    audio: follow(only(wentIn, 8), only(cameOut, 8)),
  };
}

function isMedia({ kind }: TrailMessage): boolean {
  return kind === 'keyframe' || kind === 'frame' || kind === 'sound';
}

/** Among the places where the first message may stand, the one with the most agreement behind it. */
function bestStart(sent: Trail, came: Trail): number {
  let best = { start: 0, agree: -1 };
  sent.forEach((message, start) => {
    if (message.hash !== came[0]?.hash) return;
    const agree = came.findIndex((other, index) => other.hash !== sent[start + index]?.hash);
    const length = agree < 0 ? came.length : agree;
    if (length > best.agree) best = { start, agree: length };
  });
  return best.start;
}

function headersOf(
  wentIn: Trail,
  cameOut: Trail,
  first: TrailMessage | undefined,
): Pick<Verdict, 'foreignHeaders' | 'missingHeaders'> {
  const headers = (trail: Trail): Trail => trail.filter(({ kind }) => kind === 'header');
  const known = new Set(headers(wentIn).map(({ hash }) => hash));
  const firstIn = first === undefined ? wentIn.length : wentIn.indexOf(first);
  const firstOut = cameOut.findIndex(isMedia);
  const given = new Set(
    headers(cameOut.slice(0, firstOut < 0 ? undefined : firstOut)).map(({ hash }) => hash),
  );
  const due = new Set(headers(wentIn.slice(0, firstIn)).map(({ hash }) => hash));
  return {
    foreignHeaders: headers(cameOut).filter(({ hash }) => !known.has(hash)).length,
    missingHeaders: [...due].filter((hash) => !given.has(hash)).length,
  };
}

function kindOf(typeId: number, payload: Uint8Array): TrailKind {
  const first = payload[0] ?? 0;
  if (typeId === 9) return (first & 0x80) === 0 ? legacyVideo(payload) : enhancedVideo(payload);
  if (typeId !== 8) return 'data';
  if (first >> 4 === 10) return payload[1] === 0 ? 'header' : 'sound';
  if (first >> 4 !== 9) return 'sound';
  // E-RTMP v2: 0 SequenceStart, 1 CodedFrames, 4 MultichannelConfig, 5 Multitrack with the real type behind it.
  const type = (first & 15) === 5 ? (payload[1] ?? 0) & 15 : first & 15;
  return type === 1 ? 'sound' : 'header';
}

function legacyVideo(payload: Uint8Array): TrailKind {
  const first = payload[0] ?? 0;
  if ((first & 15) === 7 && payload[1] === 0) return 'header';
  return first >> 4 === 1 && payload[1] !== 2 ? 'keyframe' : 'frame';
}

function enhancedVideo(payload: Uint8Array): TrailKind {
  const first = payload[0] ?? 0;
  // 1 CodedFrames and 3 CodedFramesX are pictures, 2 SequenceEnd stays in its place, 6 Multitrack; the rest are headers.
  const multitrack = (first & 15) === 6;
  const type = multitrack ? (payload[1] ?? 0) & 15 : first & 15;
  if (type === 2) return 'frame';
  if (type !== 1 && type !== 3) return 'header';
  // One track per message is all that FFmpeg writes; keyframes count on the default track only.
  return ((first >> 4) & 7) === 1 && (!multitrack || payload[6] === 0) ? 'keyframe' : 'frame';
}
