/**
 * Reads the FLV of one picture: the video header and the keyframe, legacy or with an enhanced header.
 * @module
 */
import { codecString, type CodecTag } from './codec-string.ts';

/** A keyframe and what a decoder wants to know before it. */
export type Still = {
  readonly codec: string;
  /** Undefined where the codec's frames say it themselves. */
  readonly description: Uint8Array<ArrayBuffer> | undefined;
  readonly keyframe: Uint8Array<ArrayBuffer>;
};

const FILE_HEADER_BYTES = 13;
const TAG_HEADER_BYTES = 11;
const VIDEO = 9;
const ENHANCED = 0x80;
const LEGACY: Readonly<Record<number, CodecTag>> = { 7: 'avc1', 12: 'hvc1' };
const TAGS: readonly CodecTag[] = ['avc1', 'hvc1', 'av01', 'vp09'];
/** Codecs whose frames begin with a composition time behind the header, three bytes. */
const WITH_COMPOSITION: readonly CodecTag[] = ['avc1', 'hvc1'];

/** Null: it holds no picture in a form that is known here. */
export function readStill(flv: Uint8Array<ArrayBuffer>): Still | null {
  let record: Body | undefined;
  let frame: Body | undefined;
  for (const payload of videoTags(flv)) {
    const body = readBody(payload);
    if (body?.isHeader === true) record = body;
    else if (body !== null) frame = body;
  }
  if (record === undefined || frame === undefined || record.tag !== frame.tag) return null;
  const codec = codecString(record.tag, record.bytes);
  if (codec === null) return null;
  const description = WITH_COMPOSITION.includes(record.tag) ? record.bytes : undefined;
  return { codec, description, keyframe: frame.bytes };
}

function videoTags(flv: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const tags: Uint8Array<ArrayBuffer>[] = [];
  for (let at = FILE_HEADER_BYTES; at + TAG_HEADER_BYTES <= flv.length;) {
    const size = ((flv[at + 1] ?? 0) << 16) | ((flv[at + 2] ?? 0) << 8) | (flv[at + 3] ?? 0);
    const from = at + TAG_HEADER_BYTES;
    if (flv[at] === VIDEO) tags.push(flv.subarray(from, from + size));
    // The size of each tag stands behind it once more.
    at = from + size + 4;
  }
  return tags;
}

type Body = {
  readonly tag: CodecTag;
  readonly isHeader: boolean;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

function readBody(payload: Uint8Array<ArrayBuffer>): Body | null {
  const [first = 0, type = 0] = payload;
  if ((first & ENHANCED) !== 0) return readEnhanced(payload, first & 0x0f);
  const tag = LEGACY[first & 0x0f];
  if (tag === undefined || type > 1) return null;
  return { tag, isHeader: type === 0, bytes: payload.subarray(5) };
}

/** Packet types: 0 is the header, 1 a frame, 3 a frame without composition time. */
function readEnhanced(payload: Uint8Array<ArrayBuffer>, packetType: number): Body | null {
  const fourCc = String.fromCharCode(...payload.subarray(1, 5));
  const tag = TAGS.find((known) => known === fourCc);
  if (tag === undefined || ![0, 1, 3].includes(packetType)) return null;
  const skipped = packetType === 1 && WITH_COMPOSITION.includes(tag) ? 3 : 0;
  return { tag, isHeader: packetType === 0, bytes: payload.subarray(5 + skipped) };
}
