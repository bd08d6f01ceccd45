/**
 * Chance, as an argument.
 * @module
 */

/** Real in the product, seeded in tests. */
export type Random = {
  /** 0 ≤ value < 1. */
  readonly next: () => number;
  /** `length` bytes, fit for keys in the product. */
  readonly bytes: (length: number) => Uint8Array;
};
