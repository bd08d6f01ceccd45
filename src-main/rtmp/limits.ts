/**
 * What one connection may cost us, each with the reason for its number. Every length a peer names meets one of
 * these before a byte is reserved for it.
 * @module
 */

/** Largest media message. A 4K intra frame at 100 Mbit/s stays under 4 MiB; the field allows 16 MiB. */
export const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

/** Largest message before anything is published: commands are below 4 KiB, and a stranger gets no more memory. */
export const MAX_MESSAGE_BYTES_BEFORE_PUBLISH = 64 * 1024;

/** Half-read messages of all chunk streams together: one large keyframe and room for what is interleaved with it. */
export const MAX_HALF_READ_BYTES = 16 * 1024 * 1024;

/**
 * Bytes kept unread while the app has not answered connect, publish or play. It answers within milliseconds;
 * this is a second of an encoder that does not wait, at 8 Mbit/s, and all that a stranger can fill.
 */
export const MAX_HELD_BYTES = 1024 * 1024;

/** Largest messages that may be half read at once: audio, video, data and a command interleaved. */
export const HALF_READ_MESSAGES = 4;

/** Chunk streams a peer may start; real software uses under ten, each costs us a record. */
export const MAX_CHUNK_STREAMS = 64;

/** Message streams per connection; an encoder needs one, some players two. */
export const MAX_MESSAGE_STREAMS = 8;

/** Largest chunk size we take as it is; larger ones mean the same, since no message is longer (§5.4.1). */
export const MAX_CHUNK_SIZE = 0xff_ffff;

/** Chunk size we send with: what SRS and node-media-server use, so every peer copes; most frames fit into one chunk. */
export const OUT_CHUNK_SIZE = 60_000;

/** Window we ask peers to acknowledge by, bytes: FMS's own figure; about four seconds at 5 Mbit/s. */
export const WINDOW_ACKNOWLEDGEMENT_BYTES = 2_500_000;

/**
 * Window that a server we publish to is asked to acknowledge by, bytes. A system's buffers hold megabytes, and tell for
 * half a minute nothing of a line that is slow and moves: acknowledgements do, within 17 s also where nothing but sound
 * of 96 kbit/s gets through. Half of it costs twice as many reads, with twenty targets as many as all media.
 */
export const PUBLISHED_WINDOW_BYTES = 200_000;

/** Handshake, connect and the publish or play command must be done within this, ms: a slow mobile line needs two seconds. */
export const SET_UP_TIMEOUT_MS = 15_000;

/** A publisher that sends nothing at all for this long is gone, ms: encoders send audio every 20-30 ms. */
export const SILENT_PUBLISHER_TIMEOUT_MS = 30_000;

/** How often we ask for a sign of life, ms: often enough to measure the round trip, rare enough to cost nothing. */
export const PING_INTERVAL_MS = 5_000;

/**
 * Commands a connection may send at once: encoders send under 20 to go live, players under 100. Each costs us an AMF
 * tree and an answer of up to 200 bytes, so a burst of this many costs a millisecond and 40 KiB.
 */
export const MAX_COMMAND_BURST = 200;

/**
 * Commands per second that a connection may keep up: a person who pauses and seeks as fast as they can stays under
 * ten. A total would in the end throw out a player that does so all day; a rate throws out floods only.
 */
export const MAX_COMMANDS_PER_SECOND = 50;

/** Codecs remembered of what a peer says in connect: E-RTMP v2 names twelve. */
export const MAX_FOUR_CCS = 64;
