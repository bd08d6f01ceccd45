/**
 * What a session has to say, until it is taken.
 * @module
 */

const NOTHING: readonly never[] = [];

/** In order. */
export class OutputQueue<T> {
  #outputs: T[] | undefined;

  /** How many wait. */
  get length(): number {
    return this.#outputs?.length ?? 0;
  }

  readonly add = (output: T): void => {
    // Most reads bring one message: an array that grows would have room for many.
    if (this.#outputs === undefined) this.#outputs = [output];
    else this.#outputs.push(output);
  };

  /** All that wait, which wait no more. */
  take(): readonly T[] {
    const outputs = this.#outputs;
    this.#outputs = undefined;
    return outputs ?? NOTHING;
  }
}
