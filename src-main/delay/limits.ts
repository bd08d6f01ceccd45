/**
 * What a delay may take, each with the reason for its number.
 * @module
 */

/** The longest delay, ms: ten minutes cover every platform's own and the time to stop a show that goes wrong. */
export const MAX_DELAY_MS = 600_000;

/** Bytes of one ingest's delays in memory before the disk is used: 85 s at 6 Mbit/s, more than most delays. */
export const DELAY_MEMORY_BYTES = 64 * 1024 * 1024;

/** How far memory may go beyond its limit while the disk does not take what it should, as a factor. */
export const HARD_LIMIT_FACTOR = 2;

/** Length of a segment, ms: one file a second is nothing to a disk, and little is loaded that is not needed yet. */
export const SEGMENT_MS = 1_000;

/** Bytes of a segment, overhead counted; only a single larger message goes beyond. Copying it takes about a millisecond. */
export const SEGMENT_BYTES = 2 * 1024 * 1024;

/** How long before it is due a segment is read from the disk, ms: a disk that sleeps needs seconds to wake. */
export const LOAD_AHEAD_MS = 3_000;

/** The same when memory is full, ms: longer than a segment, so that one is ready when the one before it ends. */
export const LOAD_AHEAD_FULL_MS = 1_500;

/** Wait before a disk that has failed is tried again, ms. */
export const DISK_RETRY_MS = 5_000;

/** A trouble that has been quiet for this long is a new one when it comes again, ms. */
export const TROUBLE_OVER_MS = 60_000;

/** Free bytes of the disk below which nothing more is put there: other programs fail in worse ways on a full disk. */
export const DISK_FLOOR_BYTES = 256 * 1024 * 1024;

/** Bytes of the disk that must stay free when a delay is allowed: the system, recordings and the encoder need room, too. */
export const DISK_RESERVE_BYTES = 1024 * 1024 * 1024;
