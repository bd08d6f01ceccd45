/**
 * Why settings could not be read or saved.
 * @module
 */

/** `message` names the file and the way out; a person can act on it. */
export class SettingsError extends Error {
  /** `newer-version`: written by a later Relaydeck. `not-readable`, `not-writable`: the system refused. */
  readonly code: 'newer-version' | 'not-readable' | 'not-writable';
  /** The file it is about. */
  readonly path: string;
  constructor(code: SettingsError['code'], message: string, options: { path: string; cause?: unknown }) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'SettingsError';
    this.code = code;
    this.path = options.path;
  }
}
