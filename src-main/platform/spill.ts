/**
 * Room beside memory for bytes that are needed again soon, as an argument.
 * @module
 */

/** Bytes that have been put away. Both calls reject with the system's errors. */
export type SpillPiece = {
  /** All of the bytes, in an array of the caller's own. */
  readonly read: () => Promise<Uint8Array>;
  /** Gives the room back; once is enough, twice does no harm. */
  readonly drop: () => Promise<void>;
};

/** Pieces that are gone with the program: nothing in them is meant to last. Rejects with the system's errors. */
export type Spill = {
  /** Where the pieces lie, for people. */
  readonly place: string;
  /** Puts bytes away; they are not changed, and may be let go when the promise is kept. */
  readonly write: (bytes: Uint8Array) => Promise<SpillPiece>;
  /** Removes all pieces, after the calls that are under way; further calls reject. */
  readonly close: () => Promise<void>;
  /** Bytes that this user may still put where the pieces lie. */
  readonly freeBytes: () => Promise<number>;
};

/** Opens a spill when it is first needed. */
export type OpenSpill = () => Promise<Spill>;
