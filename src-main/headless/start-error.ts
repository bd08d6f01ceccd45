/**
 * Why the studio could not start.
 * @module
 */

/** A flag, a setting or the computer's state stands in the way; `message` says which and what to do. Exit code 2. */
export class StartError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'StartError';
  }
}
