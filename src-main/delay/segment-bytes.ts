/**
 * A segment as bytes, for the disk: a table of headers and entries, then their payloads. Only this run of the program
 * reads it again, so that it needs no version; a damaged piece must be noticed all the same.
 *
 * Table: number of headers, number of entries (32 bits each), then for each a record of kind (8 bits), type ID
 * (8), length (32), arrival and time in ms (64-bit doubles).
 * @module
 */
import { classifyMedia } from '../flv/classify.ts';
import type { HeldHeader, LineEntry, Marker } from './line-entry.ts';
import type { SegmentContents } from './segment.ts';

const TABLE_BYTES = 8;
const RECORD_BYTES = 22;

const HEADER = 0;
const MESSAGE = 1;
/** A message that a reader may begin with. */
const START = 2;
/** The next of the markers, which stay in memory. */
const MARKER = 3;

type Record = {
  readonly kind: number;
  readonly typeId: number;
  readonly length: number;
  readonly atMs: number;
  readonly timeMs: number;
};

/** Copies everything into one new array. */
export function encodeSegment({ headers, entries }: SegmentContents): Uint8Array {
  let at = TABLE_BYTES + RECORD_BYTES * (headers.length + entries.length);
  let length = at;
  for (const { payload } of headers) length += payload.length;
  for (const entry of entries) if (entry.type === 'message') length += entry.payload.length;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, headers.length);
  view.setUint32(4, entries.length);
  let record = TABLE_BYTES;
  const put = (kind: number, atMs: number, held?: HeldHeader): void => {
    view.setUint8(record, kind);
    view.setFloat64(record + 6, atMs);
    if (held !== undefined) {
      view.setUint8(record + 1, held.typeId);
      view.setUint32(record + 2, held.payload.length);
      view.setFloat64(record + 14, held.timeMs);
      bytes.set(held.payload, at);
      at += held.payload.length;
    }
    record += RECORD_BYTES;
  };
  for (const header of headers) put(HEADER, 0, header);
  for (const entry of entries) {
    if (entry.type === 'message') put(entry.isStart ? START : MESSAGE, entry.atMs, entry);
    else put(MARKER, entry.atMs);
  }
  return bytes;
}

/**
 * The way back. Payloads are parts of `bytes`, which must not be changed any more.
 * @param markers Those of the segment, in their order.
 * @throws {Error} When the bytes are not those of a segment with these markers.
 */
export function decodeSegment(bytes: Uint8Array, markers: readonly Marker[]): SegmentContents {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < TABLE_BYTES) throw damaged();
  const records = view.getUint32(0) + view.getUint32(4);
  let at = TABLE_BYTES + RECORD_BYTES * records;
  if (at > bytes.length) throw damaged();
  const headers: HeldHeader[] = [];
  const entries: LineEntry[] = [];
  let nextMarker = 0;
  for (let index = 0; index < records; index++) {
    const record = recordAt(view, TABLE_BYTES + RECORD_BYTES * index);
    if (record.kind === MARKER) {
      const marker = markers[nextMarker++];
      if (marker === undefined) throw damaged();
      entries.push(marker);
      continue;
    }
    const { kind, typeId, timeMs, atMs, length } = record;
    const payload = bytes.subarray(at, at + length);
    at += length;
    const media = classifyMedia(typeId, payload);
    if (kind === HEADER) headers.push({ typeId, timeMs, payload, media });
    else entries.push({ type: 'message', atMs, isStart: kind === START, typeId, timeMs, payload, media });
  }
  if (at !== bytes.length || nextMarker !== markers.length) throw damaged();
  return { headers, entries };
}

function recordAt(view: DataView, at: number): Record {
  return {
    kind: view.getUint8(at),
    typeId: view.getUint8(at + 1),
    length: view.getUint32(at + 2),
    atMs: view.getFloat64(at + 6),
    timeMs: view.getFloat64(at + 14),
  };
}

function damaged(): Error {
  return new Error('A part of it is damaged.');
}
