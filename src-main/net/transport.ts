/**
 * A connection as the rooms above see it, and how it fails.
 * @module
 */

/** Why a connection could not be made, or was lost. */
export type TransportErrorCode =
  | 'dns-failed'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'reset'
  | 'tls-certificate'
  | 'tls-failed'
  | 'proxy-failed'
  | 'network-error';

/** The network failed; the message names what the system said. Switch on `code`. */
export class TransportError extends Error {
  readonly code: TransportErrorCode;
  constructor(code: TransportErrorCode, message: string) {
    super(message);
    this.name = 'TransportError';
    this.code = code;
  }
}

/** What is written in one turn and is less is no backlog, bytes: nobody is told that it has gone. */
export const BACKLOG_BYTES = 64 * 1024;

/** Who listens to a transport: one owner, set once. */
export type TransportListener = {
  /** The bytes are lent: what is kept beyond the call must be copied. */
  readonly bytes: (bytes: Uint8Array) => void;
  /** `backlogBytes` has fallen to nothing, from {@link BACKLOG_BYTES} or from what the system did not take at once. */
  readonly drained: () => void;
  /** The line is gone, with an error or in order. Called once, last. */
  readonly closed: (error: TransportError | undefined) => void;
};

/** A two-way line of bytes. */
export type Transport = {
  /** Address and port of the other end. */
  readonly remoteAddress: string;
  /**
   * Takes pieces to send, in order. All that is written while received bytes are dealt with, or else in one turn of the
   * event loop, goes out as one write; where many lines are written to, it may wait a few ms for what follows.
   */
  readonly write: (pieces: readonly Uint8Array[]) => void;
  /** Written, and not yet taken by the system. */
  readonly backlogBytes: () => number;
  /** Bytes the system has taken. */
  readonly bytesSent: () => number;
  readonly listen: (listener: TransportListener) => void;
  /** Sends what waits, then closes; after `graceMs` at the latest. */
  readonly end: (graceMs: number) => void;
  /** Closes at once; what waits is lost. */
  readonly destroy: () => void;
};
