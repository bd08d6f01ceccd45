/**
 * The technical log (stderr), apart from the event log that a streamer reads.
 * @module
 */

/** How much a line matters. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Writes one line per call. Values are printed as JSON; a `Secret` prints as `<redacted>`. */
export type Log = {
  readonly write: (level: LogLevel, message: string, values?: Readonly<Record<string, unknown>>) => void;
};
