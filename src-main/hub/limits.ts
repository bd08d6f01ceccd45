/**
 * What the hub keeps, each with the reason for its number.
 * @module
 */

/** Bytes of the GOP kept for late readers: ten seconds at 50 Mbit/s. A longer GOP is let go; late readers wait for a keyframe. */
export const MAX_GOP_BYTES = 64 * 1024 * 1024;

/** Stream time a reader may lag before it loses whole GOPs, ms: a platform that far behind will not catch up by waiting. */
export const READER_QUEUE_MS = 5_000;

/** Bytes a reader may lag: 5 s at 50 Mbit/s, so that the time limit is met first by any sane stream. */
export const READER_QUEUE_BYTES = 32 * 1024 * 1024;

/** A timestamp that goes back by more than this, or ahead of the clock by more than it, is a jump and not a late message, ms. */
export const TIMESTAMP_JUMP_MS = 10_000;

/** Metadata, sequence headers and configs kept per stream; a 16-track stream needs under 60. */
export const MAX_SLOTS = 128;

/** A stream that has sent audio for this long and no video has none, ms: encoders start both within a second. */
export const AUDIO_ONLY_AFTER_MS = 2_000;
