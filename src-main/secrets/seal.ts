/**
 * How keys are written to disk.
 * @module
 */

/** Locks text so that only this user (or nobody but this program) can read it. */
export type Seal = {
  /** Written into the file, so that another seal is noticed: `plain`, `electron-safe-storage`. */
  readonly name: string;
  /** @throws When the system's key store fails. */
  readonly seal: (text: string) => string;
  /** @throws When the text was sealed under another key. */
  readonly open: (sealed: string) => string;
};

/** No lock but the file's mode (owner only): without a desktop session there is no key store to ask. */
export const plainSeal: Seal = { name: 'plain', seal: (text) => text, open: (sealed) => sealed };
