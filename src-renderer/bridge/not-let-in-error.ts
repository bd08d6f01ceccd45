/**
 * @module
 */

/** The studio is there, but this window's token is missing or out of date: trying again cannot help. */
export class NotLetInError extends Error {
  constructor() {
    super('The studio does not let this window in.');
    this.name = 'NotLetInError';
  }
}
