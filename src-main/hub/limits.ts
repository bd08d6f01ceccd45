/**
 * What the hub keeps, each with the reason for its number.
 * @module
 */

/** Bytes of the GOP kept for late readers: ten seconds at 50 Mbit/s. A longer GOP is let go; late readers wait for a keyframe. */
export const MAX_GOP_BYTES = 64 * 1024 * 1024;

/**
 * Stream time of the GOP kept for late readers, ms: twice the longest keyframe interval that encoders offer. Beyond
 * it a late reader would be that far behind; encoders with intra refresh send no second keyframe at all.
 */
export const MAX_GOP_MS = 20_000;

/** What a message costs beside its payload, bytes: empty messages must not fill memory uncounted. */
export const MESSAGE_OVERHEAD_BYTES = 200;

/** Stream time a reader may lag before it loses whole GOPs, ms: a platform that far behind will not catch up by waiting. */
export const READER_QUEUE_MS = 5_000;

/** Bytes a reader may lag: 5 s at 50 Mbit/s, so that the time limit is met first by any sane stream. */
export const READER_QUEUE_BYTES = 32 * 1024 * 1024;

/** A timestamp ahead of the clock by more than this is a jump and not an encoder that has caught up, ms. Sound and picture may be as far apart. */
export const TIMESTAMP_JUMP_MS = 10_000;

/** A timestamp behind the last one of its type by more than this is a jump and not a late message, ms: within a type messages are sent in order, give or take a few frames. */
export const TIMESTAMP_BACK_MS = 1_000;

/** How long after a jump messages from before it are known again, ms: far more than encoders send sound behind picture. */
export const EPOCH_KEPT_MS = 10_000;

/** Metadata, sequence headers and configs kept per stream; a 16-track stream needs under 60. */
export const MAX_SLOTS = 128;

/** A stream that has sent audio for this long and no video has none, ms: encoders start both within a second. */
export const AUDIO_ONLY_AFTER_MS = 2_000;
