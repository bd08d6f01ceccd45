/**
 * The blocks of the handshake (§5.2.2 – §5.2.4).
 * @module
 */
import { joinBytes } from '../../bytes/join.ts';

/** C0 and S0: RTMP version 3 (§5.2.2). */
export const RTMP_VERSION = 3;
/** Bytes of C1, S1, C2, S2 each (§5.2.3, §5.2.4). */
export const BLOCK_BYTES = 1536;

/** Gathers exactly `needed` bytes and gives back what came after them. */
export class BlockGatherer {
  #pieces: Uint8Array[] = [];
  #length = 0;

  /** The first `needed` bytes and the rest, or undefined: more must come. What it keeps of `bytes` is a copy. */
  gather(
    bytes: Uint8Array,
    needed: number,
  ): { readonly block: Uint8Array; readonly rest: Uint8Array } | undefined {
    this.#length += bytes.length;
    if (this.#length < needed) {
      this.#pieces.push(bytes.slice());
      return undefined;
    }
    const all = joinBytes([...this.#pieces, bytes]);
    this.#pieces = [];
    this.#length = 0;
    return { block: all.subarray(0, needed), rest: all.subarray(needed) };
  }

  /** The first byte that has come, before the block is whole. */
  get firstByte(): number | undefined {
    return this.#pieces.find((piece) => piece.length > 0)?.[0];
  }
}
