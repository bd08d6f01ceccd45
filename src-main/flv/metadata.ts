/**
 * Data messages: `onMetaData` as publishers wrap it (`@setDataFrame`) and as players get it. Type 18 is AMF0;
 * type 15 is AMF0 behind a format byte 0. Spec: Adobe RTMP 1.0 §7.1.2; FLV 10.1 annex E.5.
 * @module
 */
import { joinBytes } from '../bytes/join.ts';
import { ProtocolError, unlessProtocolError } from '../bytes/protocol-error.ts';
import { u8 } from '../bytes/read.ts';
import { readAmf0, readAmf0All } from '../amf/amf0-read.ts';
import { encodeAmf0 } from '../amf/amf0-write.ts';
import type { AmfValue } from '../amf/amf-value.ts';

/** A data message's name and what follows it; for `onMetaData` one object or ECMA array. */
export type DataMessage = {
  readonly name: string;
  readonly values: readonly AmfValue[];
  /** Whether it came inside `@setDataFrame`. */
  readonly isSetDataFrame: boolean;
};

const SET_DATA_FRAME = '@setDataFrame';
const SET_DATA_FRAME_AMF0 = encodeAmf0(SET_DATA_FRAME);
/** AMF0 markers that a name can have: string, long string, and AMF3 in which a string may stand. */
const NAME_MARKERS: readonly number[] = [2, 12, 17];

/**
 * Reads a data message of type 15 or 18: its name and values, `@setDataFrame` taken off.
 *
 * @throws {ProtocolError} `flv-no-data-name`: it does not begin with a string; and those of `readAmf0`.
 */
export function readDataMessage(payload: Uint8Array): DataMessage {
  const values = readAmf0All(payload, amfStart(payload));
  const isSetDataFrame = values[0] === SET_DATA_FRAME;
  const name = values[isSetDataFrame ? 1 : 0];
  if (typeof name !== 'string') throw new ProtocolError('flv-no-data-name', 'data message without a name');
  return { name, values: values.slice(isSetDataFrame ? 2 : 1), isSetDataFrame };
}

/** The message's name without reading its values; undefined if it has none that can be read. */
export function dataMessageName(payload: Uint8Array): string | undefined {
  const first = readName(payload, amfStart(payload));
  return first?.name === SET_DATA_FRAME ? readName(payload, first.next)?.name : first?.name;
}

/** The payload as players want it: without `@setDataFrame`, else byte for byte. The same array if it has none. */
export function stripSetDataFrame(payload: Uint8Array): Uint8Array {
  const start = amfStart(payload);
  const first = readName(payload, start);
  if (first?.name !== SET_DATA_FRAME) return payload;
  return start === 0
    ? payload.subarray(first.next)
    : joinBytes([payload.subarray(0, start), payload.subarray(first.next)]);
}

/** The payload as publishing wants it: with `@setDataFrame`, else byte for byte. The same array if it has it. */
export function addSetDataFrame(payload: Uint8Array): Uint8Array {
  const start = amfStart(payload);
  if (readName(payload, start)?.name === SET_DATA_FRAME) return payload;
  return joinBytes([payload.subarray(0, start), SET_DATA_FRAME_AMF0, payload.subarray(start)]);
}

/**
 * Where AMF0 begins: behind type 15's format byte. Told from the bytes, as some senders of type 15 leave it
 * out: a name never begins with 0, which is AMF0's number.
 */
function amfStart(payload: Uint8Array): number {
  return payload.length > 0 && u8(payload, 0) === 0 ? 1 : 0;
}

function readName(
  payload: Uint8Array,
  at: number,
): { readonly name: string; readonly next: number } | undefined {
  if (at >= payload.length || !NAME_MARKERS.includes(u8(payload, at))) return undefined;
  // A relay passes on what it cannot read.
  const name = unlessProtocolError(() => readAmf0(payload, at));
  return typeof name?.value === 'string' ? { name: name.value, next: name.next } : undefined;
}
