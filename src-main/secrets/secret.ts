/**
 * Text that must not be seen by accident.
 * @module
 */

const REDACTED = '<redacted>';

/** Holds a key. Printing, logging, JSON and crash reports show `<redacted>`; only `reveal` gives the text. */
export class Secret {
  // A private field, so that structured clones and object dumps do not see it.
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself: for the wire and for comparing, never for a log or a message. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  /** What `util.inspect` and `console.log` show. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED;
  }
}
