/**
 * Why a file of targets could not be read.
 * @module
 */

/** `message` says what is wrong and the way out; it never quotes the file, which may hold a key. */
export class TargetFileError extends Error {
  readonly code: 'not-relaydeck-file' | 'newer-file' | 'damaged-file' | 'wrong-passphrase';
  /** What the caller gave that it is about. */
  readonly field: 'file' | 'passphrase';

  constructor(code: TargetFileError['code'], message: string, field: TargetFileError['field'] = 'file') {
    super(message);
    this.name = 'TargetFileError';
    this.code = code;
    this.field = field;
  }
}
