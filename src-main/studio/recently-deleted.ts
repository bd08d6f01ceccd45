/**
 * What was deleted a moment ago, so that it can be brought back.
 * @module
 */
import type { Clock, Timer } from '../platform/clock.ts';
import { CommandRefused } from './studio-port.ts';

/** How long a deletion can be taken back, ms: to see the mistake, reach for "Undo", and be interrupted once. */
export const UNDO_MS = 30_000;

/** Kept in memory and nowhere else: a deleted key must not outlive its deletion on the disk, not even by a crash. */
export class RecentlyDeleted<T> {
  readonly #clock: Clock;
  readonly #kind: 'ingest' | 'target';
  readonly #kept = new Map<string, { readonly what: T; readonly timer: Timer }>();

  constructor(clock: Clock, kind: 'ingest' | 'target') {
    this.#clock = clock;
    this.#kind = kind;
  }

  /** Holds `what` until it is forgotten or its time is over. */
  keep(id: string, what: T): void {
    this.forget(id);
    const timer = this.#clock.after(UNDO_MS, () => this.#kept.delete(id));
    this.#kept.set(id, { what, timer });
  }

  /** @throws {CommandRefused} `no-such-deleted-ingest`, `no-such-deleted-target` */
  get(id: string): T {
    const kept = this.#kept.get(id);
    if (kept !== undefined) return kept.what;
    const words = `No ${this.#kind} with the id "${id}" was deleted in the last ${UNDO_MS / 1000} seconds, so there is nothing to bring back. Add it anew.`;
    throw new CommandRefused(`no-such-deleted-${this.#kind}`, words);
  }

  forget(id: string): void {
    this.#kept.get(id)?.timer.cancel();
    this.#kept.delete(id);
  }

  /** The studio stops. */
  forgetAll(): void {
    for (const id of [...this.#kept.keys()]) this.forget(id);
  }
}

/** Where in a list something stood: the ids in front of it, nearest last. */
export type Place = readonly string[];

/** The place of `id` in the list. */
export function placeOf(list: readonly { readonly id: string }[], id: string): Place {
  return list
    .slice(
      0,
      Math.max(
        0,
        list.findIndex((entry) => entry.id === id),
      ),
    )
    .map((entry) => entry.id);
}

/** The list with `entry` behind the nearest of those it stood behind that is still there; at the top without one. */
export function insertedAt<T extends { readonly id: string }>(
  list: readonly T[],
  entry: T,
  place: Place,
): readonly T[] {
  const before = list.findLastIndex(({ id }) => place.includes(id));
  return list.toSpliced(before + 1, 0, entry);
}
