/**
 * What one message may cost its reader, and the table of values that later ones refer back to.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import type { AmfValue } from './amf-value.ts';

/** Real messages nest 3 or 4 deep; 32 leaves room and keeps the recursion far from the end of the stack. */
export const MAX_AMF_DEPTH = 32;
/** onMetaData of a long recording holds two arrays of some thousand keyframes; ten times that is an attack. */
export const MAX_AMF_VALUES = 65_536;

/** Counts the values of one message, as many as there are once every reference is followed. */
export class AmfBudget {
  /** Values so far. */
  values = 0;
  /** The deepest level seen since it was last set. */
  deepest = 0;

  /** @throws {ProtocolError} `amf-too-deep`, `amf-too-many-values`. */
  spend(count: number, depth: number): void {
    this.values += count;
    if (depth > this.deepest) this.deepest = depth;
    if (depth > MAX_AMF_DEPTH) throw new ProtocolError('amf-too-deep', `more than ${MAX_AMF_DEPTH} levels`);
    if (this.values > MAX_AMF_VALUES) {
      throw new ProtocolError('amf-too-many-values', `more than ${MAX_AMF_VALUES} values`);
    }
  }
}

type Entry = { readonly value: AmfValue; readonly values: number; readonly height: number };

/**
 * Values by order of appearance. A reference costs as many values as what it refers to, so that a few bytes
 * cannot stand for a tree that nobody can walk; and a value cannot contain itself, so every tree ends.
 */
export class AmfReferences {
  readonly #entries: (Entry | undefined)[] = [];
  readonly #budget: AmfBudget;

  constructor(budget: AmfBudget) {
    this.#budget = budget;
  }

  /** Reads a value and keeps it under the next number; the number is taken before its parts are read. */
  keep<T extends AmfValue>(depth: number, read: () => T): T {
    const budget = this.#budget;
    const index = this.#entries.push(undefined) - 1;
    const valuesBefore = budget.values;
    const deepestBefore = budget.deepest;
    budget.deepest = depth;
    const value = read();
    this.#entries[index] = {
      value,
      values: budget.values - valuesBefore,
      height: budget.deepest - depth,
    };
    budget.deepest = Math.max(deepestBefore, budget.deepest);
    return value;
  }

  /** @throws {ProtocolError} `amf-bad-reference`: never seen; `amf-cycle`: not read to its end yet. */
  get(index: number, depth: number): AmfValue {
    if (index >= this.#entries.length) throw new ProtocolError('amf-bad-reference', `no value ${index}`);
    const entry = this.#entries[index];
    if (entry === undefined) throw new ProtocolError('amf-cycle', `value ${index} contains itself`);
    this.#budget.spend(entry.values, depth + entry.height);
    return entry.value;
  }
}
