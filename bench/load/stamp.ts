/**
 * Number and time of sending, written into a message's payload: the receiver tells from it what is missing and how
 * long it took. Every byte has its top bit set, so that it is valid wherever a codec forbids runs of zeros.
 * @module
 */
import { messageType } from '../../src-main/rtmp/message/message-type.ts';

/** What a stamp says. */
export type Stamp = {
  /** Counts the messages of one type on one stream. */
  readonly sequence: number;
  /** µs on the clock of this computer that all processes share. */
  readonly sentUs: number;
};

const MAGIC = [0xd2, 0xe1] as const;
const SEQUENCE_BYTES = 5;
const TIME_BYTES = 8;
/** Length of a stamp. */
export const STAMP_BYTES = MAGIC.length + SEQUENCE_BYTES + TIME_BYTES;
/** FLV header, NAL length, SEI header, UUID: see `show-media.ts`. */
const IN_VIDEO = 28;
/** FLV header, header of an AAC data element. */
const IN_AUDIO = 4;
/** Bytes from the start of a payload in which its stamp lies. */
export const STAMPED_HEAD_BYTES = IN_VIDEO + STAMP_BYTES;

/** µs on CLOCK_MONOTONIC, which all processes of a computer share; exact for 285 years of running. */
export function monotonicUs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000_000 + Math.floor(nanoseconds / 1000);
}

/** Where the stamp of a message lies; undefined: messages of this type carry none. */
export function stampOffset(typeId: number): number | undefined {
  if (typeId === messageType.video) return IN_VIDEO;
  return typeId === messageType.audio ? IN_AUDIO : undefined;
}

/** Writes a stamp in place. */
export function writeStamp(payload: Uint8Array, offset: number, { sequence, sentUs }: Stamp): void {
  payload.set(MAGIC, offset);
  putSevens(payload, offset + MAGIC.length, { value: sequence, count: SEQUENCE_BYTES });
  putSevens(payload, offset + MAGIC.length + SEQUENCE_BYTES, { value: sentUs, count: TIME_BYTES });
}

/** Reads the stamp of a message from the first bytes of its payload; undefined: it carries none. */
export function readStamp(typeId: number, head: Uint8Array): Stamp | undefined {
  const offset = stampOffset(typeId);
  if (offset === undefined || head.length < offset + STAMP_BYTES) return undefined;
  if (head[offset] !== MAGIC[0] || head[offset + 1] !== MAGIC[1]) return undefined;
  const at = offset + MAGIC.length;
  return {
    sequence: sevens(head, at, SEQUENCE_BYTES),
    sentUs: sevens(head, at + SEQUENCE_BYTES, TIME_BYTES),
  };
}

function putSevens(bytes: Uint8Array, at: number, { value, count }: { value: number; count: number }): void {
  let rest = value;
  for (let n = count - 1; n >= 0; n--) {
    bytes[at + n] = 0x80 | (rest % 128);
    rest = Math.floor(rest / 128);
  }
}

function sevens(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let n = 0; n < count; n++) value = value * 128 + ((bytes[at + n] ?? 0) & 0x7f);
  return value;
}
