/**
 * One message of a stream, shared by all readers.
 * @module
 */
import type { MediaClass } from '../flv/classify.ts';

/** The payload is read-only from the moment it is here; it goes out byte for byte. */
export type MediaMessage = {
  /** 8 audio, 9 video, 18 data. */
  readonly typeId: number;
  /** ms on the stream's own timeline: never goes back within audio or within video, goes on when the encoder changes. */
  readonly timeMs: number;
  readonly payload: Uint8Array;
  readonly media: MediaClass;
  /** The message in chunks: filled in by whoever sends it first, shared by all who send it after. */
  wire: readonly Uint8Array[] | undefined;
};

/** The same message at another time: for headers that are sent again to a late reader. */
export function atTime(message: MediaMessage, timeMs: number): MediaMessage {
  return message.timeMs === timeMs ? message : { ...message, timeMs, wire: undefined };
}
