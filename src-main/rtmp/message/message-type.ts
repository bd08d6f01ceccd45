/**
 * Message type IDs (§5.4, §7.1).
 * @module
 */

/** What a message is, by the number on the wire. */
export const messageType = {
  setChunkSize: 1,
  abort: 2,
  acknowledgement: 3,
  userControl: 4,
  windowAcknowledgementSize: 5,
  setPeerBandwidth: 6,
  audio: 8,
  video: 9,
  dataAmf3: 15,
  sharedObjectAmf3: 16,
  commandAmf3: 17,
  dataAmf0: 18,
  sharedObjectAmf0: 19,
  commandAmf0: 20,
  aggregate: 22,
} as const;

/** One whole message, as read or to be written. */
export type RtmpMessage = {
  readonly typeId: number;
  /** ms, unsigned 32 bits. */
  readonly timestamp: number;
  /** Message stream ID; 0 is the connection itself. */
  readonly streamId: number;
  /** Shared from here on: nobody writes into it. */
  readonly payload: Uint8Array;
};
