/**
 * What a delay line holds, in the order in which it came.
 * @module
 */
import type { MediaClass } from '../flv/classify.ts';
import { MAX_SLOTS, MESSAGE_OVERHEAD_BYTES } from '../hub/limits.ts';

/** A message at its place on the source's timeline. Not the hub's own: that one may carry its chunks, a second copy. */
export type HeldHeader = {
  readonly typeId: number;
  /** ms on the source's timeline. */
  readonly timeMs: number;
  readonly payload: Uint8Array;
  readonly media: MediaClass;
};

/** A message, and when it came. */
export type HeldMessage = HeldHeader & {
  readonly type: 'message';
  /** When it came, ms, monotonic. */
  readonly atMs: number;
  /** A keyframe, or sound where there is no picture: a reader may begin here. */
  readonly isStart: boolean;
};

/** Where a source begins, with the headers it brings, or the show ends. Kept in memory always: it must not be lost. */
export type Marker =
  | { readonly type: 'began'; readonly atMs: number; readonly headers: readonly HeldHeader[] }
  | { readonly type: 'ended'; readonly atMs: number };

/** One thing that happened to the source. */
export type LineEntry = HeldMessage | Marker;

/** What something with a payload takes in memory, bytes. */
export function costOf({ payload }: { readonly payload: Uint8Array }): number {
  return payload.length + MESSAGE_OVERHEAD_BYTES;
}

/** The newest header of each slot, as the hub keeps them. */
export class HeaderSlots {
  readonly #slots = new Map<string, HeldHeader>();
  #list: readonly HeldHeader[] | undefined;

  /** Oldest first. The same array until a header comes. */
  get list(): readonly HeldHeader[] {
    this.#list ??= [...new Set(this.#slots.values())];
    return this.#list;
  }

  /** Takes note of a header; of any other message nothing. */
  take({ typeId, timeMs, payload, media }: HeldHeader): void {
    if (media.slots.length === 0) return;
    this.#list = undefined;
    const header: HeldHeader = { typeId, timeMs, payload, media };
    for (const slot of media.slots) {
      this.#slots.delete(slot);
      if (this.#slots.size < MAX_SLOTS) this.#slots.set(slot, header);
    }
  }

  /** Forgets all, and begins with these. */
  reset(headers: readonly HeldHeader[] = []): void {
    this.#slots.clear();
    this.#list = undefined;
    for (const header of headers) this.take(header);
  }
}
