/**
 * The picture that stands in for the encoder, encoded: plain bytes, so that whoever publishes it need not know how
 * it was made.
 * @module
 */

/** One frame of the loop. */
export type SlateFrame = {
  /** A whole RTMP type 9 message body; read-only. */
  readonly payload: Uint8Array;
  /** ms from the loop's start, whole; within a loop never more than half a millisecond off. */
  readonly timeMs: number;
};

/** A closed GOP that can follow itself for ever. No B-frames: decoding order is the order of showing. */
export type SlateLoop = {
  /** The sequence header: a whole RTMP type 9 message body; read-only. */
  readonly header: Uint8Array;
  /** In order; the first is the loop's only keyframe, at 0 ms. */
  readonly frames: readonly SlateFrame[];
  /** ms from one loop's start to the next, exact: frames / frame rate, which need not be whole. */
  readonly durationMs: number;
};
