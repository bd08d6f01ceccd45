/**
 * User control messages (§7.1.7): a 16-bit event type and its data.
 * @module
 */
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { u16be, u32be } from '../../bytes/read.ts';
import { putU16be, putU32be } from '../../bytes/write.ts';

/** Event types (§7.1.7). */
export const userEvent = {
  streamBegin: 0,
  streamEof: 1,
  streamDry: 2,
  setBufferLength: 3,
  streamIsRecorded: 4,
  pingRequest: 6,
  pingResponse: 7,
} as const;

/** One event: for pings `value` is the sender's time in ms, for the others the message stream ID. */
export type UserControl = { readonly event: number; readonly value: number };

/** The body of an event with one 32-bit value. */
export function writeUserControl(event: number, value: number): Uint8Array {
  const body = new Uint8Array(6);
  putU16be(body, 0, event);
  putU32be(body, 2, value);
  return body;
}

/** The body of Set Buffer Length: how many ms of a stream a player keeps. */
export function writeBufferLength(streamId: number, bufferMs: number): Uint8Array {
  const body = new Uint8Array(10);
  putU16be(body, 0, userEvent.setBufferLength);
  putU32be(body, 2, streamId);
  putU32be(body, 6, bufferMs);
  return body;
}

/**
 * Reads an event; events whose value is shorter than 32 bits read as 0, since we act on none of them.
 * @throws {ProtocolError} `user-control-too-short`
 */
export function readUserControl(body: Uint8Array): UserControl {
  if (body.length < 2)
    throw new ProtocolError('user-control-too-short', `user control of ${body.length} bytes`);
  return { event: u16be(body, 0), value: body.length >= 6 ? u32be(body, 2) : 0 };
}
