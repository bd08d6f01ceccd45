/**
 * Why keys could not be read or saved.
 * @module
 */

/** `message` names the file and the way out; it never holds a key. */
export class SecretsError extends Error {
  /** `sealed-by-another`: by another program, or under another key of the system. */
  readonly code: 'newer-version' | 'not-readable' | 'not-writable' | 'sealed-by-another';
  /** The file it is about. */
  readonly path: string;
  constructor(code: SecretsError['code'], message: string, options: { path: string; cause?: unknown }) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'SecretsError';
    this.code = code;
    this.path = options.path;
  }
}
